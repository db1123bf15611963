// Second reader of statements, written from spec/statements-v1.md alone.
import { readBase64, readCanonical, writeCanonical } from "./custody.mjs";
import { Refused, require } from "./sealing.mjs";
import { decodeSigningPublicKey, verifySignature } from "./signing.mjs";

const ORGANISATION = /^[a-z0-9]+(-[a-z0-9]+)*$/;
// eslint-disable-next-line no-control-regex
const LINE = /^[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]{1,160}$/u;
const KEYS = ["v", "kind", "organisation", "name", "day", "says", "key", "signature"];

function requireKeys(value, keys) {
  const isObject = value !== null && typeof value === "object" && !Array.isArray(value);
  require(isObject && Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key)), "form", "keys");
}

function readDay(text) {
  require(typeof text === "string" && /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) && text.length === 10, "form", "a day");
  const day = new Date(`${text}T00:00:00Z`);
  require(!Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text), "form", "no such day");
  return day;
}

function readOctets(text) {
  require(typeof text === "string", "form", "base64");
  return readBase64(text, "form");
}

const kinds = {
  filing(says, signedOn) {
    requireKeys(says, ["filed_on", "number"]);
    const filedOn = readDay(says.filed_on);
    require(typeof says.number === "string" && /^[0-9a-f]{32}$/.test(says.number) && says.number.length === 32, "form", "number");
    require(filedOn <= signedOn, "form", "filed after it was signed");
    return { firstDay: filedOn, lastDay: null };
  },
};

const DIGEST = /^[0-9a-f]{64}$/;

function withdrawal(key, since, reasons) {
  return (says, signedOn) => {
    requireKeys(says, [key, since, "reason"]);
    require(typeof says[key] === "string" && says[key].length === 64 && DIGEST.test(says[key]), "form", key);
    require(reasons.includes(says.reason), "form", "reason");
    const firstDay = readDay(says[since]);
    require(firstDay <= signedOn, "form", "later than it was signed");
    return { firstDay, lastDay: null };
  };
}

kinds["dossier-withdrawal"] = withdrawal("manifest", "withdrawn_on", ["replaced", "mistaken", "consent", "evaluation", "security"]);
kinds["key-withdrawal"] = withdrawal("key", "withdrawn_from", ["stolen", "lost", "left", "replaced"]);

const DAY_MS = 86_400_000;
const LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
const ADDRESS = new RegExp(`^(https://(${LABEL}\\.)+${LABEL}(:[1-9][0-9]{0,4})?|https?://[a-z2-7]{56}\\.onion)/([A-Za-z0-9._~-]+/)*$`);

function requireList(list, isOne) {
  require(Array.isArray(list) && list.length >= 1 && list.length <= 12, "form", "a list of 1 to 12");
  require(list.every((each) => typeof each === "string" && isOne(each)), "form", "an entry");
  require(new Set(list).size === list.length, "form", "twice the same");
}

kinds["site-card"] = function siteCard(says, signedOn) {
  requireKeys(says, ["addresses", "fingerprints", "valid_from", "valid_until"]);
  requireList(says.addresses, (each) => each.length <= 200 && ADDRESS.test(each) && !/[^\x21-\x7e]/.test(each));
  requireList(says.fingerprints, (each) => each.length === 64 && /^[0-9a-f]{64}$/.test(each));
  const firstDay = readDay(says.valid_from);
  const lastDay = readDay(says.valid_until);
  require(signedOn <= lastDay && firstDay <= lastDay && lastDay - firstDay <= 400 * DAY_MS, "form", "days");
  return { firstDay, lastDay };
};

// Refusals of the custody reader are of another class; here they are all of one.
function asForm(read) {
  try {
    return read();
  } catch (error) {
    throw new Refused(error.stage ?? "form", error.message);
  }
}

export function readStatement(bytes) {
  require(bytes.length <= 65536, "form", "too long");
  const value = asForm(() => readCanonical(bytes));
  requireKeys(value, KEYS);
  require(value.v === 1 && Object.hasOwn(kinds, value.kind), "form", "version or kind");
  const { organisation, name } = value;
  require(typeof organisation === "string" && /^.{2,40}$/.test(organisation) && ORGANISATION.test(organisation), "form", "organisation");
  require(typeof name === "string" && LINE.test(name) && /\S/u.test(name), "form", "name");
  const day = readDay(value.day);
  const days = kinds[value.kind](value.says, day);
  const [key, signature] = asForm(() => [readOctets(value.key), readOctets(value.signature)]);
  try {
    decodeSigningPublicKey(key);
  } catch {
    throw new Refused("form", "not a signing key");
  }
  return { value, day, ...days, key, signature };
}

// A statement that the key it names signed, whatever the day.
export function readSigned(bytes) {
  const read = readStatement(bytes);
  const { value, key, signature } = read;
  const { signature: _, ...unsigned } = value;
  try {
    verifySignature(key, Buffer.from(`statement/${value.kind}`), Buffer.from(writeCanonical(unsigned)), signature);
  } catch {
    throw new Refused("not-signed", "not this key over this text");
  }
  return read;
}

export function verifyStatement(bytes, today) {
  const { value, day, firstDay, lastDay } = readSigned(bytes);
  const now = readDay(today);
  const tomorrow = new Date(now.valueOf() + 86_400_000);
  require(day <= tomorrow && firstDay <= tomorrow, "not-yet", "from the future");
  require(lastDay === null || now <= lastDay, "expired", "its last day is over");
  return value;
}
