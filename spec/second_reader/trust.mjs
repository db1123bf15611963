// Second reader of the forms of a dossier's parts: spec/dossier-v1.md sections 1 and 4 to 7, and notices of section 9.
import { readBase64, readCanonical, writeCanonical } from "./custody.mjs";
import { Refused, require } from "./sealing.mjs";
import { decodeLogPublicKey, decodeSigningPublicKey, fingerprint, verifySignature } from "./signing.mjs";
import { readSigned } from "./statements.mjs";

export const encode = (value) => Buffer.from(writeCanonical(value));
export const hex = (bytes) => Buffer.from(bytes).toString("hex");
const CONTROLS = "\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069";
const LINE = new RegExp(`^[^${CONTROLS}]{1,160}$`, "u");
const isString = (value) => typeof value === "string";
const matches = (pattern) => (value) => isString(value) && pattern.test(value) && !value.endsWith("\n");
const whole = (least) => (value) => Number.isSafeInteger(value) && value >= least;

export const is = {
  line: (value) => matches(LINE)(value) && /\P{White_Space}/u.test(value),
  words: (value) => is.line(value) && !/\p{Nd}/u.test(value),
  // eslint-disable-next-line no-control-regex
  text: (value) => isString(value) && /^[^\u0000-\u0009\u000b-\u001f\u007f]{0,20000}$/u.test(value),
  organisation: (value) => matches(/^[a-z0-9]+(-[a-z0-9]+)*$/)(value) && value.length >= 2 && value.length <= 40,
  identifier: matches(/^[a-hjkmnp-z2-9]{16}$/),
  reference: matches(/^[A-Z0-9][A-Za-z0-9./-]{2,39}$/),
  code: matches(/^[a-z][a-z0-9_-]{0,39}$/),
  digest: matches(/^[0-9a-f]{64}$/),
  longDigest: matches(/^[0-9a-f]{128}$/),
  day: (value) => matches(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)(value) && isDay(value),
  dayOrNull: (value) => value === null || is.day(value),
  minute: (value) => matches(/^[0-9-]{10}T([01][0-9]|2[0-3]):[0-5][0-9]Z$/)(value) && is.day(value.slice(0, 10)),
  count: whole(0),
  positive: whole(1),
  one: (value) => value === 1,
  outcome: (value) => ["recommended", "not_recommended", "insufficient"].includes(value),
  language: (value) => ["fr", "en", "ru"].includes(value),
  role: (value) => ["evaluator", "time"].includes(value),
  octets: (value) => isString(value) && holds(() => readBase64(value, "form")),
  key: (value) => isString(value) && holds(() => decodeSigningPublicKey(octets(value))),
  logKey: (value) => isString(value) && holds(() => decodeLogPublicKey(octets(value))),
};

function isDay(text) {
  const day = new Date(`${text}T00:00:00Z`);
  return !text.startsWith("0000") && !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text);
}

function holds(read) {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

export const octets = (text) => readBase64(text, "form");
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

// `form` gives for each key of an object the test of its value: a function, or {list: form}, or {object: form}.
function requireForm(value, form) {
  require(isObject(value) && Object.keys(value).length === Object.keys(form).length, "form", "keys");
  for (const [key, test] of Object.entries(form)) {
    require(Object.hasOwn(value, key), "form", key);
    if (typeof test === "function") require(test(value[key]), "form", key);
    else if (test.list) requireList(value[key], test.list);
    else if (value[key] !== null || !test.orNull) requireForm(value[key], test.object);
  }
  return value;
}

function requireList(list, form) {
  require(Array.isArray(list) && list.length <= 20_000, "form", "a list");
  for (const each of list) typeof form === "function" ? require(form(each), "form", "an entry") : requireForm(each, form);
}

function requireOrder(keys) {
  require(keys.every((key, index) => index === 0 || keys[index - 1] < key), "form", "order");
}

export function read(bytes, form) {
  let value;
  try {
    value = readCanonical(bytes);
  } catch (error) {
    throw new Refused("form", error.message);
  }
  return requireForm(value, form);
}

// --- vouchers ---

const VOUCHER = {
  organisation: is.organisation,
  role: is.role,
  alias: is.line,
  key: is.key,
  first_day: is.day,
  last_day: is.day,
  signature: is.octets,
};

const known = new Map();

// The same signatures are looked at again and again; each is worked out once.
export function isSigned(key, purpose, message, signature) {
  const name = [key, purpose, hex(message), signature].join();
  if (!known.has(name)) {
    known.set(name, holds(() => verifySignature(octets(key), Buffer.from(purpose), message, octets(signature))));
  }
  return known.get(name);
}

export function isVouchedBy(voucher, key) {
  const { signature, ...unsigned } = voucher;
  return isSigned(key, `${voucher.role}-voucher`, encode({ v: 1, ...unsigned }), signature);
}

export const covers = (voucher, day) => voucher.first_day <= day && day <= voucher.last_day;
export const fingerprintOf = (key) => hex(fingerprint(octets(key)));

// --- manifest.json (section 4) ---

const PATH = /^data\/(dossier\.pdf|claims\.json|evaluations\.json|custody\/[0-9]{3}\.json|evidence\/[0-9]{3,5}-[a-z0-9]{1,20}\.[a-z0-9]{1,8})$/;
const FIXED = { "data/dossier.pdf": "document", "data/claims.json": "claims", "data/evaluations.json": "evaluations" };
const kindOf = (path) => FIXED[path] ?? (path.startsWith("data/custody/") ? "custody" : "evidence");

const MANIFEST = {
  v: is.one,
  kind: (value) => value === "dossier",
  reference: is.reference,
  version: is.positive,
  language: is.language,
  day: is.day,
  valid_until: is.day,
  organisation: is.organisation,
  recipient: is.line,
  organisations: { list: { id: is.organisation, name: is.line, key: is.key } },
  evaluators: { list: VOUCHER },
  time_stamper: { object: VOUCHER, orNull: true },
  logs: { list: { organisation: is.organisation, key: is.logKey } },
  objects: { list: is.identifier },
  items: {
    list: {
      path: matches(PATH),
      kind: isString,
      size: is.count,
      sha256: is.digest,
      sha512: is.longDigest,
    },
  },
};

export function readManifest(bytes) {
  const manifest = read(bytes, MANIFEST);
  requireOrder(manifest.organisations.map((each) => each.id));
  requireOrder(manifest.logs.map((each) => each.organisation));
  requireOrder(manifest.objects);
  requireOrder(manifest.items.map((each) => each.path));
  require(manifest.items.every((item) => item.kind === kindOf(item.path)), "form", "kind");
  require(manifest.evaluators.every((each) => each.role === "evaluator"), "form", "evaluators");
  require(manifest.time_stamper === null || manifest.time_stamper.role === "time", "form", "time_stamper");
  return manifest;
}

// --- evaluations and attestations (sections 5 and 6) ---

const PACK = { id: is.code, version: is.positive, digest: is.digest };
const CRITERION = { criterion: is.code, name: is.line, words: is.words, reasons: is.text };
const SHOWN = {
  evaluation: is.digest,
  pack: { object: PACK },
  organisation: is.organisation,
  alias: is.line,
  day: is.day,
  outcome: is.outcome,
  criteria: { list: CRITERION },
};

export const readEvaluations = (bytes) => read(bytes, { v: is.one, evaluations: { list: SHOWN } }).evaluations;

export function readEnvelope(bytes) {
  const envelope = read(bytes, {
    payload: is.octets,
    payloadType: is.line,
    signatures: { list: { keyid: is.digest, sig: is.octets } },
  });
  require(envelope.signatures.length === 1, "form", "signatures");
  return { type: envelope.payloadType, payload: octets(envelope.payload), ...envelope.signatures[0] };
}

export function readRelease(bytes) {
  const release = read(bytes, {
    v: is.one,
    manifest: is.digest,
    organisation: is.organisation,
    day: is.day,
    recipient: is.line,
    released_by: { list: is.line },
    attestations: { list: is.digest },
  });
  const [first, second, ...more] = release.released_by;
  require(second !== undefined && first !== second && more.length === 0, "form", "released_by");
  return release;
}

export const readTime = (bytes) =>
  read(bytes, { v: is.one, manifest: is.digest, release: is.digest, organisation: is.organisation, minute: is.minute });

// --- the trust file (section 7) and notices (section 9) ---

const DATED = { key: is.octets, first_day: is.day, last_day: is.dayOrNull, withdrawn_on: is.dayOrNull };
const TRUSTED = {
  id: is.organisation,
  name: is.line,
  keys: { list: DATED },
  logs: { list: DATED },
  vouchers: { list: VOUCHER },
  withdrawn_keys: { list: is.digest },
};

export function readNotice(bytes) {
  const { value } = readSigned(bytes);
  require(["dossier-withdrawal", "key-withdrawal"].includes(value.kind), "form", "it withdraws nothing");
  return value;
}

export function readTrust(bytes) {
  const form = { v: is.one, kind: (value) => value === "trust", day: is.day, organisations: { list: TRUSTED }, notices: Array.isArray };
  const trust = read(bytes, form);
  const ids = trust.organisations.map((each) => each.id);
  require(new Set(ids).size === ids.length, "form", "an organisation twice");
  for (const each of trust.organisations) {
    require(each.keys.length > 0 && each.keys.every((dated) => is.key(dated.key)), "form", "keys");
    require(each.logs.every((dated) => is.logKey(dated.key)), "form", "logs");
    const isItsOwn = (voucher) => voucher.organisation === each.id && each.keys.some((dated) => isVouchedBy(voucher, dated.key));
    require(each.vouchers.every(isItsOwn), "form", "vouchers");
  }
  require(trust.notices.length <= 10_000, "form", "notices");
  const notices = trust.notices.map((each) => asForm(() => readNotice(encode(each))));
  const isKnown = (notice) => standing(trust, notice.organisation, "keys", notice.key, notice.day) !== "unknown";
  require(notices.every(isKnown), "form", "notices");
  return { ...trust, notices };
}

export function asForm(run) {
  try {
    return run();
  } catch (error) {
    throw new Refused("form", error.message);
  }
}

// What a trust file says of a key for a day: valid, withdrawn, out-of-time or unknown.
export function standing(trust, organisation, list, key, day) {
  const found = trust.organisations
    .filter((each) => each.id === organisation)
    .flatMap((each) => each[list].filter((dated) => dated.key === key))
    .map(({ first_day, last_day, withdrawn_on }) => {
      if (withdrawn_on !== null) return "withdrawn";
      return day < first_day || (last_day !== null && day > last_day) ? "out-of-time" : "valid";
    });
  return ["withdrawn", "valid", "out-of-time"].find((each) => found.includes(each)) ?? "unknown";
}
