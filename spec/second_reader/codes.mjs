// Second reader of what people type: spec/sealing-v1.md sections 10, 13 and 14.
import { readFileSync } from "node:fs";
import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import slip39 from "slip39/src/slip39_helper.js";
import { derive, join, purpose, refuse, require, stretch } from "./sealing.mjs";

const LISTS = ["ru", "fr", "en"].map((language) =>
  readFileSync(new URL(`../wordlists/${language}.txt`, import.meta.url), "utf8").trimEnd().split("\n").map(plainWord),
);

function plainWord(word) {
  return word.toLowerCase().replaceAll("œ", "oe").normalize("NFD").replace(/\p{Mn}/gu, "");
}

function fromWords(typed) {
  const words = typed.split(/[\t\r\n,.;\p{Zs}\p{Pd}]+/u).filter((word) => word !== "").map(plainWord);
  require(words.length === 11, "receipt", "not eleven words");
  for (const list of LISTS) {
    const places = words.map((word) => ([...word].length < 4 ? -1 : list.findIndex((entry) => entry.startsWith(word))));
    if (places.includes(-1)) continue;
    const all = places.reduce((number, place) => (number << 10n) | BigInt(place), 0n);
    const digits = (all >> 3n).toString().padStart(32, "0");
    if (digits.length !== 32) continue;
    const check = sha256(purpose("receipt-words", Buffer.from(digits)))[0] >> 5;
    if (BigInt(check) === (all & 7n)) return digits;
  }
  return refuse("receipt", "no list has these words");
}

export function parseReceipt(typed) {
  if (/\p{L}/u.test(typed)) {
    const digits = fromWords(typed);
    return { digits, locator: digits.slice(0, 7) };
  }
  const digits = typed.replace(/[\t\r\n\p{Zs}\p{Pd}]/gu, "");
  require(/^[0-9]{32}$/.test(digits), "receipt", "not 32 digits");
  return { digits, locator: digits.slice(0, 7) };
}

export function receiptPairSeed(digits, salt) {
  require(salt.length === 16, "length", "not the size of a receipt salt");
  return derive(stretch(Buffer.from(digits), salt, 2), "receipt-pair");
}

export function joinShares(typed) {
  const shares = [...new Set(typed.map((words) => words.toLowerCase().trim().split(/\s+/).join(" ")))];
  require(shares.length > 0, "share", "no shares");
  const numbers = shares.map((share) => share.split(" ").map((word) => slip39.WORD_LIST.indexOf(word)));
  for (const words of numbers) require(words.length === 33 && !words.includes(-1), "share", "not 33 words of the list");
  const threshold = (numbers[0][3] & 15) + 1;
  const combine = (some) => {
    try {
      return Buffer.from(slip39.combineMnemonics(some, "")).toString("hex");
    } catch {
      return refuse("share", "these shares make no key");
    }
  };
  const enough = shares.slice(0, threshold);
  const keys = new Set([combine(enough)]);
  for (const further of shares.slice(threshold)) keys.add(combine([...enough.slice(1), further]));
  require(keys.size === 1, "share", "shares of different splits");
  return Buffer.from([...keys][0], "hex");
}

export function parseToken(typed) {
  require(/^[A-Za-z0-9_-]{43}$/.test(typed) && typed.length === 43, "code", "not a token");
  const bytes = Buffer.from(typed, "base64url");
  require(bytes.toString("base64url") === typed, "code", "another spelling");
  return bytes;
}

export const tokenDigest = (token) => Buffer.from(sha256(join(purpose("token"), token)));

export function spokenDigest(typed, token) {
  const digits = typed.replace(/[\s-]/g, "");
  require(/^[0-9]{9}$/.test(digits), "code", "not nine digits");
  if (token) return Buffer.from(hmac(sha256, token, join(purpose("spoken-code"), Buffer.from(digits))));
  return Buffer.from(stretch(Buffer.from(digits), sha256(purpose("spoken-code")).slice(0, 16), 2));
}

function codeOf(secret, step) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = Buffer.from(hmac(sha1, secret, counter));
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1000000).padStart(6, "0");
}

export function oneTimeCodeStep(secret, typed, at, lastStep) {
  const digits = typed.replace(/[\s-]/g, "");
  require(/^[0-9]{6}$/.test(digits), "code", "not six digits");
  const now = Math.floor(at / 30);
  const step = [now - 1, now, now + 1].find(
    (candidate) => candidate >= 0 && (lastStep === null || candidate > lastStep) && codeOf(secret, candidate) === digits,
  );
  return step ?? refuse("code", "wrong or used");
}
