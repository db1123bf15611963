// Second reader of sealed bytes, written from spec/sealing-v1.md alone. Primitives are the noble packages';
// X-Wing, HPKE, Cobblestone and every layout are written here.
import { gcm } from "@noble/ciphers/aes.js";
import { x25519 } from "@noble/curves/ed25519.js";
import { argon2id } from "@noble/hashes/argon2.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { sha3_256, shake256 } from "@noble/hashes/sha3.js";
import { ml_kem768 } from "@noble/post-quantum/ml-kem.js";

export class Refused extends Error {
  constructor(stage, reason) {
    super(`${stage}: ${reason}`);
    this.stage = stage;
  }
}

export const refuse = (stage, reason) => {
  throw new Refused(stage, reason);
};
export const require = (holds, stage, reason) => holds || refuse(stage, reason);
export const ascii = (text) => Buffer.from(text, "ascii");
export const join = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));
export const equal = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0;

// --- sections 1 to 4: notation, kinds, contexts, sizes ---

export const KIND = {
  record: 0x01,
  grant: 0x02,
  passphraseWrap: 0x03,
  passkeyWrap: 0x04,
  file: 0x05,
  signature: 0x06,
  sealingPublicKey: 0x11,
  signingPublicKey: 0x12,
  memberKeys: 0x21,
};
const LARGEST_RECORD = 2 ** 26;

export const purpose = (name, rest = Buffer.alloc(0)) => join(ascii(`safeconduct/v1/${name}`), [0], rest);
export const derive = (secret, name, { context, salt } = {}) =>
  Buffer.from(hkdf(sha256, secret, salt, purpose(name, context), 32));

export function requireHeader(bytes, kind) {
  require(bytes.length >= 2, "length", "no version and kind");
  require(bytes[0] === 1, "header", "another version");
  require(bytes[1] === kind, "header", "another kind");
}

const text = (value, { empty }) => {
  require(value.isWellFormed(), "context", "not Unicode");
  const bytes = Buffer.from(value);
  require(bytes.length <= 255 && (empty || bytes.length > 0), "context", "a text of a wrong size");
  return join([bytes.length], bytes);
};

// `version` is a BigInt, so that numbers beyond doubles are told apart.
export function encodeContext({ organisation = "", subject = "", section = "", record = "", version }) {
  require(version >= 0n && version <= 2n ** 53n - 1n, "context", "a version out of range");
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(version);
  const texts = [
    text(organisation, { empty: false }),
    text(subject, { empty: false }),
    text(section, { empty: true }),
    text(record, { empty: true }),
  ];
  return join(...texts, number);
}

// BigInt, because sizes of files go beyond what bit operations on numbers hold.
export function paddedSize(size) {
  const s = BigInt(size);
  if (s <= 256n) return 256;
  const exponent = BigInt(s.toString(2).length - 1);
  const step = 1n << (exponent - BigInt(exponent.toString(2).length));
  return Number(((s + step - 1n) / step) * step);
}

const requireZeros = (bytes) => require(bytes.every((byte) => byte === 0), "padding", "padding is not zero");

// --- section 5: keys ---

const FIELD_PRIME = 2n ** 255n - 19n;
const SMALL_ORDER = [
  0n,
  1n,
  FIELD_PRIME - 1n,
  325606250916557431795983626356110631294008115727848805560023387167927233504n,
  39382357235489614581723060781553021112529911719440698176882885853963445705823n,
];
export const littleEndian = (bytes) => BigInt(`0x${Buffer.from(bytes).reverse().toString("hex") || "0"}`);

export function requireSecret(bytes, size = 32) {
  require(bytes.length === size, "key", "a secret of another size");
  return bytes;
}

export function sectionKey(caseKey, context) {
  return derive(requireSecret(caseKey), "section-key", { context: encodeContext({ ...context, record: "" }) });
}

export function sealingPair(seed) {
  const expanded = shake256(requireSecret(seed), { dkLen: 96 });
  const lattice = ml_kem768.keygen(expanded.slice(0, 64));
  const curve = expanded.slice(64);
  return { lattice, curve, curvePublic: x25519.getPublicKey(curve) };
}

export function sealingPublicKey(seed) {
  const { lattice, curvePublic } = sealingPair(seed);
  return join([1, KIND.sealingPublicKey], lattice.publicKey, curvePublic);
}

export function decodeSealingPublicKey(bytes) {
  requireHeader(bytes, KIND.sealingPublicKey);
  require(bytes.length === 1218, "length", "not the size of a sealing public key");
  for (let at = 2; at < 1154; at += 3) {
    const first = bytes[at] | ((bytes[at + 1] & 15) << 8);
    const second = (bytes[at + 1] >> 4) | (bytes[at + 2] << 4);
    require(first < 3329 && second < 3329, "key", "a coefficient is not reduced");
  }
  const coordinate = littleEndian(bytes.subarray(1186));
  require(coordinate < FIELD_PRIME && !SMALL_ORDER.includes(coordinate), "key", "not a usable X25519 key");
  return { lattice: bytes.subarray(2, 1186), curve: bytes.subarray(1186) };
}

// --- section 6: the committed body ---

function decrypt(key, nonce, ciphertext, stage) {
  require(ciphertext.length >= 16, stage, "shorter than a tag");
  try {
    return Buffer.from(gcm(key, nonce).decrypt(ciphertext));
  } catch {
    return refuse(stage, "the tag does not hold");
  }
}

function requireBody(sealed, start) {
  const padded = sealed.length - start - 80;
  const exists = padded >= 256 && padded <= paddedSize(LARGEST_RECORD + 4) && paddedSize(padded) === padded;
  require(exists, "length", "no body has this size");
  return padded;
}

function openBody(sealed, start, secret, info) {
  const padded = requireBody(sealed, start);
  const salt = sealed.subarray(start, start + 32);
  const derived = hkdf(sha256, secret, salt, info, 64);
  require(equal(derived.slice(32), sealed.subarray(start + 32, start + 64)), "commitment", "another key or context");
  const plain = decrypt(derived.slice(0, 32), new Uint8Array(12), sealed.subarray(start + 64), "payload");
  const size = plain.readUInt32BE(padded - 4);
  require(size <= LARGEST_RECORD && paddedSize(size + 4) === padded, "padding", "size and padded size differ");
  requireZeros(plain.subarray(size, padded - 4));
  return plain.subarray(0, size);
}

// --- sections 7 to 9: records, grants, wraps, member keys ---

const RECORD_KEYS = ["case", "section", "keyring", "session"];

export function openRecord(keyType, key, context, sealed) {
  if (!RECORD_KEYS.includes(keyType)) throw new TypeError("no such key type");
  requireHeader(sealed, KIND.record);
  return openBody(sealed, 2, requireSecret(key), purpose(`record/${keyType}`, encodeContext(context)));
}

const SUITE = join(ascii("HPKE"), [0x64, 0x7a, 0, 1, 0, 2]);
const extract = (salt, label, content) =>
  hmac(sha256, salt ?? new Uint8Array(32), join(ascii("HPKE-v1"), SUITE, ascii(label), content));
const expand = (secret, label, context, size) =>
  hmac(sha256, secret, join([0, size], ascii("HPKE-v1"), SUITE, ascii(label), context, [1])).slice(0, size);

function unwrapContentKey(seed, sealed, info) {
  const { lattice, curve, curvePublic } = sealingPair(seed);
  const share = sealed.subarray(1090, 1122);
  let curveSecret;
  try {
    curveSecret = x25519.getSharedSecret(curve, share);
  } catch {
    refuse("wrap", "an X25519 share of small order");
  }
  require(curveSecret.some((byte) => byte !== 0), "wrap", "an X25519 share of small order");
  const latticeSecret = ml_kem768.decapsulate(sealed.subarray(2, 1090), lattice.secretKey);
  const label = [0x5c, 0x2e, 0x2f, 0x2f, 0x5e, 0x5c];
  const shared = sha3_256(join(latticeSecret, curveSecret, share, curvePublic, label));
  const nothing = new Uint8Array(0);
  const schedule = join([0], extract(null, "psk_id_hash", nothing), extract(null, "info_hash", info));
  const secret = extract(shared, "secret", nothing);
  const key = expand(secret, "key", schedule, 32);
  return decrypt(key, expand(secret, "base_nonce", schedule, 12), sealed.subarray(1122, 1170), "wrap");
}

export function openGrant(seed, context, sealed) {
  requireHeader(sealed, KIND.grant);
  requireBody(sealed, 1170);
  const encoded = encodeContext(context);
  const contentKey = unwrapContentKey(seed, sealed, purpose("grant", encoded));
  return openBody(sealed, 1170, contentKey, purpose("grant-payload", encoded));
}

export function normalPassphrase(typed) {
  const normal = typed.normalize("NFKC");
  require(!/[\p{Cc}\p{Cs}]/u.test(normal), "passphrase", "a control character");
  const bytes = Buffer.from(normal);
  require(bytes.length >= 1 && bytes.length <= 1024, "passphrase", "nothing, or too long");
  return bytes;
}

const COSTS = { 1: { m: 65536, t: 3, p: 4 }, 2: { m: 8192, t: 1, p: 1 } };
const stretched = new Map();

// Many vectors share a derivation that takes a second here.
export function stretch(content, salt, profile) {
  const name = [profile, Buffer.from(salt).toString("hex"), Buffer.from(content).toString("hex")].join();
  if (!stretched.has(name)) {
    stretched.set(name, argon2id(content, salt, { ...COSTS[profile], dkLen: 32, version: 0x13, maxmem: 2 ** 30 }));
  }
  return stretched.get(name);
}

export function openPassphraseWrap(typed, context, sealed) {
  const content = normalPassphrase(typed);
  requireHeader(sealed, KIND.passphraseWrap);
  requireBody(sealed, 19);
  require(sealed[2] === 1, "header", "another cost profile");
  const secret = stretch(content, sealed.subarray(3, 19), 1);
  return openBody(sealed, 19, secret, purpose("passphrase-wrap", encodeContext(context)));
}

export function openPasskeyWrap(secret, context, sealed) {
  requireHeader(sealed, KIND.passkeyWrap);
  return openBody(sealed, 2, requireSecret(secret), purpose("passkey-wrap", encodeContext(context)));
}

export function decodeMemberKeys(bytes) {
  requireHeader(bytes, KIND.memberKeys);
  require(bytes.length === 98, "length", "not the size of a bundle");
  return { sealing: bytes.subarray(2, 34), signing: bytes.subarray(34, 66), keyring: bytes.subarray(66) };
}

// --- section 12: files ---

const CHUNK = 16384;
const FULL_BLOCK = 65532;

function openChunks(key, baseNonce, sealed) {
  const plain = [];
  for (let at = 0, index = 0; ; at += CHUNK + 16, index += 1) {
    const isLast = sealed.length - at < CHUNK + 16;
    const nonce = Buffer.from(baseNonce);
    nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ index) >>> 0, 8);
    plain.push(decrypt(key, nonce, isLast ? sealed.subarray(at) : sealed.subarray(at, at + CHUNK + 16), "payload"));
    if (isLast) return Buffer.concat(plain);
  }
}

function readBlocks(plain) {
  const content = [];
  for (let at = 0; ; at += 4 + FULL_BLOCK) {
    require(plain.length - at >= 4, "padding", "a block without its length");
    const size = plain.readUInt32BE(at);
    const end = at + 4 + size;
    require(size <= FULL_BLOCK && end <= plain.length, "padding", "a block too large");
    content.push(plain.subarray(at + 4, end));
    if (size === FULL_BLOCK) continue;
    requireZeros(plain.subarray(end));
    require(paddedSize(end) === plain.length, "padding", "another padded size");
    return Buffer.concat(content);
  }
}

export function openFile(keyType, key, context, sealed) {
  if (!["section", "file"].includes(keyType)) throw new TypeError("no such key type");
  requireHeader(sealed, KIND.file);
  require(sealed.length >= 90, "length", "no commitment");
  const salt = sealed.subarray(2, 34);
  const secret = derive(requireSecret(key), `file/${keyType}`, { context: encodeContext(context), salt });
  const info = join(
    ascii("c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM"),
    [0],
    sealed.subarray(34, 58),
    ascii("safeconduct/v1/file-stream"),
  );
  // By hand: libraries insist on a secret as long as the hash. The first 64 bytes, then the next.
  const first = hmac(sha512, secret, join(info, [1]));
  const derived = join(first, hmac(sha512, secret, join(first, info, [2]))).subarray(0, 76);
  require(equal(derived.subarray(44), sealed.subarray(58, 90)), "commitment", "another key or context");
  return readBlocks(openChunks(derived.subarray(0, 32), derived.subarray(32, 44), sealed.subarray(90)));
}
