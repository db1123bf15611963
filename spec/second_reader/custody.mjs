// Second reader of custody logs, written from spec/custody-v1.md alone.
import { sha256 as digest } from "@noble/hashes/sha2.js";
import { verifyLogSignature } from "./signing.mjs";

export class Refused extends Error {
  constructor(stage, reason) {
    super(`${stage}: ${reason}`);
    this.stage = stage;
  }
}

const refuse = (stage, reason) => {
  throw new Refused(stage, reason);
};
const require = (holds, stage, reason) => holds || refuse(stage, reason);

// --- canonical JSON and base64 (section 1) ---

export function readCanonical(bytes, stage = "form") {
  let text, value;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    refuse(stage, "not JSON in UTF-8");
  }
  require(writeCanonical(value, stage) === text, stage, "not canonical");
  return value;
}

export function writeCanonical(value, stage = "form") {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    require(Number.isSafeInteger(value) && !Object.is(value, -0), stage, "not an exact integer");
    return String(value);
  }
  if (typeof value === "string") {
    require(value.isWellFormed(), stage, "lone surrogate");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => writeCanonical(item, stage)).join(",")}]`;
  const keys = Object.keys(value).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const members = keys.map((key) => `${writeCanonical(key, stage)}:${writeCanonical(value[key], stage)}`);
  return `{${members.join(",")}}`;
}

export function readBase64(text, stage) {
  const bytes = Buffer.from(text, "base64");
  require(bytes.toString("base64") === text, stage, "not base64 in its one spelling");
  return bytes;
}

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const hasExactly = (value, keys) =>
  isObject(value) && Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key));

// --- entries (section 2) ---

const ACTS = new Set(
  `
    request.received request.read request.triaged request.assigned request.merged request.erased hold.placed hold.lifted message.sent message.read file.opened case.opened
    case.listed case.changed case.closed case.exported case.erased record.read record.written record.erased
    record.exported evidence.added evidence.read evidence.exported evidence.checked consent.given consent.withdrawn
    deletion.asked proof.signed
    grant.given grant.withdrawn key.rotated door.refused search.run screening.run screening.decided incidents.searched incident.decided
    interview.recorded statement.recorded claim.recorded prompt.answered evaluation.assigned evaluation.declared evaluation.signed evaluation.read
    evaluation.withdrawn evaluation.resealed names.shown question.asked question.answered
    facts.recorded review.opened decision.signed concern.raised concern.settled canary.placed canary.opened
    referral.sent referral.received dossier.composed
    dossier.attested dossier.approved dossier.released dossier.read dossier.withdrawn export.asked export.approved
    submission.recorded permit.recorded step.recorded checkin.agreed checkin.made checkin.missed
    alarm.raised alarm.answered figure.published member.invited member.joined member.removed role.given
    role.withdrawn session.opened session.closed session.refused credential.changed recovery.used
    recovery.drilled organisation.created setting.changed backup.made backup.restored log.read
    log.checked checkpoint.signed
  `.trim().split(/\s+/),
);
const PURPOSES = new Set(
  `
    handling triage conversation interview evaluation comparison decision verification referral dossier
    release submission pathway relatives legal-aid recording testimony story statistics keeping retention search
    listing keys safety security recovery administration audit applicant own
  `.trim().split(/\s+/),
);
const ENTRY_KEYS = ["v", "organisation", "index", "day", "act", "actor", "object", "purpose"];
const IDENTIFIER = /^[abcdefghjkmnpqrstuvwxyz23456789]{16}$/;
const isOrganisation = (text) => text.length >= 2 && text.length <= 40 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);

function isDay(text) {
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (!parts) return false;
  const [year, month, day] = parts.slice(1).map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

function isThing(text) {
  if (text === "none" || IDENTIFIER.test(text)) return true;
  const own = /^(?:organisation|desk|signing|recovery|log):([^]+)$/.exec(text);
  return own !== null && isOrganisation(own[1]);
}

export function checkEntry(entry) {
  require(hasExactly(entry, ENTRY_KEYS), "entry", "fields");
  require(entry.v === 1, "entry", "version");
  require(Number.isSafeInteger(entry.index) && entry.index >= 0 && entry.index < 2 ** 53 - 1, "entry", "index");
  for (const key of ENTRY_KEYS.filter((key) => key !== "v" && key !== "index"))
    require(typeof entry[key] === "string", "entry", key);
  require(isOrganisation(entry.organisation), "entry", "organisation");
  require(isDay(entry.day), "entry", "day");
  require(ACTS.has(entry.act), "entry", "act");
  require(PURPOSES.has(entry.purpose), "entry", "purpose");
  require(["applicant", "system"].includes(entry.actor) || IDENTIFIER.test(entry.actor), "entry", "actor");
  require(isThing(entry.object), "entry", "object");
  return entry;
}

export const readEntry = (bytes) => checkEntry(readCanonical(bytes));

// --- tree (section 3) ---

const sha256 = (...parts) => Buffer.from(digest(Buffer.concat(parts.map((part) => Buffer.from(part)))));
export const leafHash = (bytes) => sha256(Buffer.of(0), bytes);
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);
const EMPTY_ROOT = sha256();

export function readFrontier(bytes) {
  require(bytes.length >= 8, "form", "no size");
  const size = bytes.readBigUInt64BE(0);
  require(size < 2n ** 53n, "form", "size");
  const bits = size.toString(2).replaceAll("0", "").length;
  require(bytes.length === 8 + 32 * bits, "form", "length");
  const roots = Array.from({ length: bits }, (_, at) => bytes.subarray(8 + 32 * at, 40 + 32 * at));
  return { size, roots };
}

export const frontierRoot = ({ roots }) =>
  roots.length ? roots.reduceRight((right, left) => nodeHash(left, right)) : EMPTY_ROOT;

export function append({ size, roots }, leaf) {
  const kept = [...roots];
  for (let rest = size; rest & 1n; rest >>= 1n) leaf = nodeHash(kept.pop(), leaf);
  const head = Buffer.alloc(8);
  head.writeBigUInt64BE(size + 1n);
  return Buffer.concat([head, ...kept, leaf]);
}

// The largest power of two smaller than n.
function split(n) {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

// The root that a path gives for a leaf, top down as the path is defined: the last hash belongs to the highest split.
function rootFromPath(leaf, index, size, path) {
  if (size === 1) return path.length === 0 ? leaf : refuse("inclusion", "path too long");
  require(path.length > 0, "inclusion", "path too short");
  const [rest, sibling, at] = [path.slice(0, -1), path.at(-1), split(size)];
  return index < at
    ? nodeHash(rootFromPath(leaf, index, at, rest), sibling)
    : nodeHash(sibling, rootFromPath(leaf, index - at, size - at, rest));
}

export function checkInclusion({ leaf, index, size, path, root }) {
  require(index >= 0 && index < size && size < 2 ** 53, "inclusion", "index outside the tree");
  require(rootFromPath(leaf, index, size, path).equals(root), "inclusion", "another root");
}

// [root of the earlier tree, root of the later one] that a path gives, top down.
function rootsFromPath(earlier, size, path, earlierRoot, complete) {
  if (earlier === size) {
    if (complete) return path.length === 0 ? [earlierRoot, earlierRoot] : refuse("consistency", "path too long");
    return path.length === 1 ? [path[0], path[0]] : refuse("consistency", "path length");
  }
  require(path.length > 0, "consistency", "path too short");
  const [rest, sibling, at] = [path.slice(0, -1), path.at(-1), split(size)];
  if (earlier <= at) {
    const [old, now] = rootsFromPath(earlier, at, rest, earlierRoot, complete);
    return [old, nodeHash(now, sibling)];
  }
  const [old, now] = rootsFromPath(earlier - at, size - at, rest, earlierRoot, false);
  return [nodeHash(sibling, old), nodeHash(sibling, now)];
}

export function checkConsistency({ earlierSize, earlierRoot, size, root, path }) {
  require(earlierSize >= 0 && earlierSize <= size, "consistency", "the earlier tree is larger");
  if (earlierSize === 0) {
    require(path.length === 0 && earlierRoot.equals(EMPTY_ROOT), "consistency", "empty tree");
    return;
  }
  const [old, now] = rootsFromPath(earlierSize, size, path, earlierRoot, true);
  require(old.equals(earlierRoot) && now.equals(root), "consistency", "other roots");
}

// --- notes and checkpoints (section 4) ---

const originOf = (organisation) => `safeconduct/custody/${organisation}`;

function readNote(bytes) {
  require(bytes.length <= 65536, "note", "too large");
  let whole;
  try {
    whole = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    refuse("note", "not UTF-8");
  }
  require(!/[\u0000-\u0009\u000b-\u001f]/.test(whole), "note", "control character");
  const at = whole.lastIndexOf("\n\n");
  require(at > 0 && whole.endsWith("\n") && at + 2 < whole.length, "note", "no text or no signatures");
  const lines = whole.slice(at + 2, -1).split("\n");
  require(lines.length <= 64, "note", "too many signatures");
  return { text: whole.slice(0, at + 1), signatures: lines.map(readSignatureLine) };
}

function readSignatureLine(line) {
  require(line.startsWith("\u2014 "), "note", "no dash");
  const [name, encoded, ...more] = line.slice(2).split(" ");
  require(name && encoded !== undefined && more.length === 0 && !/[\s+]/u.test(name), "note", "signature line");
  const bytes = readBase64(encoded, "note");
  require(bytes.length > 4, "note", "short signature");
  return { name, hash: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

function holds(publicKey, message, signature) {
  try {
    verifyLogSignature(publicKey, message, signature);
    return true;
  } catch {
    return false;
  }
}

export function openCheckpoint(bytes, origin, publicKey) {
  const { text, signatures } = readNote(bytes);
  const hash = sha256(`${origin}\n`, Buffer.of(1), publicKey).subarray(0, 4);
  const ours = signatures.filter((line) => line.name === origin && line.hash.equals(hash));
  require(ours.length === 1, "signature", "not signed once by the log");
  const [{ signature }] = ours;
  require(signature.length === 64 && holds(publicKey, Buffer.from(text), signature), "signature", "does not hold");
  const lines = text.split("\n");
  require(lines.length === 4 && lines[3] === "", "checkpoint", "not three lines");
  require(lines[0] === origin, "checkpoint", "another log");
  require(/^(0|[1-9][0-9]{0,15})$/.test(lines[1]) && Number.isSafeInteger(Number(lines[1])), "checkpoint", "size");
  const [size, root] = [Number(lines[1]), readBase64(lines[2], "checkpoint")];
  require(root.length === 32 && (size > 0 || root.equals(EMPTY_ROOT)), "checkpoint", "root");
  return { size, root };
}

// --- proofs (section 6) ---

function readPath(value, longest) {
  require(Array.isArray(value) && value.length <= longest, "form", "path");
  return value.map((item) => {
    require(typeof item === "string" && /^[0-9a-f]{64}$/.test(item), "form", "hash");
    return Buffer.from(item, "hex");
  });
}

export function checkProof(bytes, publicKey) {
  const proof = readCanonical(bytes);
  require(hasExactly(proof, ["v", "entry", "path", "checkpoint", "earlier"]) && proof.v === 1, "form", "fields");
  const entry = checkEntry(proof.entry);
  const path = readPath(proof.path, 53);
  require(typeof proof.checkpoint === "string", "form", "checkpoint");
  const { earlier } = proof;
  const linked = earlier === null || (hasExactly(earlier, ["checkpoint", "path"]) && typeof earlier.checkpoint === "string");
  require(linked, "form", "earlier");
  const link = earlier && readPath(earlier.path, 106);
  const origin = originOf(entry.organisation);
  const { size, root } = openCheckpoint(Buffer.from(proof.checkpoint), origin, publicKey);
  checkInclusion({ leaf: leafHash(Buffer.from(writeCanonical(entry))), index: entry.index, size, path, root });
  if (earlier) {
    const old = openCheckpoint(Buffer.from(earlier.checkpoint), origin, publicKey);
    checkConsistency({ earlierSize: old.size, earlierRoot: old.root, size, root, path: link });
  }
  return { entry, size };
}
