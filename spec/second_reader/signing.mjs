// Second reader of signatures and of the keys that check them: spec/sealing-v1.md section 11.
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { shake256 } from "@noble/hashes/sha3.js";
import { ml_dsa65 } from "@noble/post-quantum/ml-dsa.js";
import { KIND, join, littleEndian, purpose, refuse, require, requireHeader, requireSecret } from "./sealing.mjs";

const { Point } = ed25519;
const FIELD_PRIME = 2n ** 255n - 19n;
const GROUP_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const ORDER_EIGHT = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;
const SMALL_ORDER = [0n, 1n, FIELD_PRIME - 1n, ORDER_EIGHT, FIELD_PRIME - ORDER_EIGHT];

function loadPoint(bytes) {
  const y = littleEndian(bytes) & (2n ** 255n - 1n);
  require(y < FIELD_PRIME && !SMALL_ORDER.includes(y), "key", "not a usable Ed25519 key");
  try {
    return Point.fromBytes(Uint8Array.from(bytes), false);
  } catch {
    return refuse("key", "not a point");
  }
}

function holdsEd25519(point, publicBytes, message, signature) {
  const s = littleEndian(signature.subarray(32));
  if (s >= GROUP_ORDER) return false;
  const k = littleEndian(sha512(join(signature.subarray(0, 32), publicBytes, message))) % GROUP_ORDER;
  const expected = (s === 0n ? Point.ZERO : Point.BASE.multiplyUnsafe(s)).subtract(point.multiplyUnsafe(k));
  return Buffer.from(expected.toBytes()).equals(signature.subarray(0, 32));
}

export function decodeSigningPublicKey(bytes) {
  requireHeader(bytes, KIND.signingPublicKey);
  require(bytes.length === 1986, "length", "not the size of a signing public key");
  const curve = bytes.subarray(2, 34);
  return { encoded: bytes, curve, point: loadPoint(curve), lattice: Uint8Array.from(bytes.subarray(34)) };
}

export function signingPublicKey(seed) {
  const seeds = shake256(join(purpose("signing-pair"), requireSecret(seed)), { dkLen: 64 });
  const lattice = ml_dsa65.keygen(seeds.slice(32)).publicKey;
  return join([1, KIND.signingPublicKey], ed25519.getPublicKey(seeds.slice(0, 32)), lattice);
}

export const fingerprint = (encoded) => Buffer.from(sha256(join(purpose("fingerprint"), encoded)));

export function verifySignature(publicBytes, purposeBytes, message, signature) {
  const key = decodeSigningPublicKey(publicBytes);
  requireHeader(signature, KIND.signature);
  require(signature.length === 3375, "length", "not the size of a signature");
  const name = purposeBytes.toString("latin1");
  require(/^[a-z0-9][a-z0-9/.-]{0,63}$/.test(name) && !name.endsWith("\n"), "context", "not a purpose name");
  const signed = purpose("signature", join([name.length], purposeBytes, fingerprint(key.encoded), sha512(message)));
  require(holdsEd25519(key.point, key.curve, signed, signature.subarray(2, 66)), "signature", "the Ed25519 half");
  require(holdsLattice(key.lattice, signed, signature.subarray(66)), "signature", "the ML-DSA half");
}

function holdsLattice(publicKey, message, signature) {
  try {
    return ml_dsa65.verify(Uint8Array.from(signature), Uint8Array.from(message), publicKey);
  } catch {
    return false;
  }
}

export function decodeLogPublicKey(bytes) {
  require(bytes.length === 32, "length", "not the size of a log's key");
  return loadPoint(bytes);
}

export function verifyLogSignature(publicBytes, message, signature) {
  const point = decodeLogPublicKey(publicBytes);
  require(signature.length === 64, "length", "not the size of a log's signature");
  require(holdsEd25519(point, publicBytes, message, signature), "signature", "the log's signature");
}
