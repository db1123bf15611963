// Second reader of the container: spec/dossier-v1.md section 2. Checks a ZIP file as a whole before anything in it is unpacked.
// `source` is {size, read(start, end)}, which gives a promise of bytes: a file on a disk or one that somebody dropped on a page.
import { Refused, require } from "./sealing.mjs";

const MOST_MEMBERS = 20_000;
const LARGEST_TOTAL = 2 ** 32;
const LARGEST_RATIO = 1100;
const PIECE = 1 << 20;
const [END, CENTRAL, LOCAL] = [22, 46, 30];
const [END_MARK, CENTRAL_MARK, LOCAL_MARK] = [0x06054b50, 0x02014b50, 0x04034b50];
const NAME = /^[A-Za-z0-9._/-]{1,200}$/;
const ENCRYPTED = 0x1;
const LATER_SIZES = 0x8;
const text = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
const view = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export async function openZip(source) {
  const { listing, count, start } = await readEnd(source);
  const members = await readMembers(source, listing, count);
  requireSane(members);
  requireContiguous(members, start);
  return { source, members, isAsWritten: await isAsWritten(source, members, listing, start) };
}

async function readEnd(source) {
  const from = Math.max(0, source.size - END - 65_535);
  const window = await source.read(from, source.size);
  const at = lastMark(window);
  require(window.length >= END && at >= 0, "not-zip", "no end record");
  require(at <= window.length - END, "damaged", "the end record is cut");
  const end = view(window.subarray(window.length - END));
  require(end.getUint32(0, true) === END_MARK && end.getUint16(20, true) === 0, "bytes-after", "something follows the end record");
  const [disk, first, here, count] = [4, 6, 8, 10].map((offset) => end.getUint16(offset, true));
  require(disk === 0 && first === 0 && here === count, "split", "several disks");
  const [size, start] = [end.getUint32(12, true), end.getUint32(16, true)];
  require(size !== 0xffffffff && start !== 0xffffffff && count !== 0xffff, "64-bit", "64-bit extensions");
  require(start + size + END === source.size, "hidden-bytes", "the directory does not end at the end record");
  require(count <= MOST_MEMBERS, "too-many", "files");
  return { listing: await source.read(start, start + size), count, start };
}

function lastMark(window) {
  for (let at = window.length - 4; at >= 0; at -= 1) {
    if (window[at] === 0x50 && view(window).getUint32(at, true) === END_MARK) return at;
  }
  return -1;
}

async function readMembers(source, listing, count) {
  const members = [];
  let at = 0;
  for (let number = 0; number < count; number += 1) {
    require(at + CENTRAL <= listing.length, "damaged", "the directory is cut");
    const entry = view(listing.subarray(at, at + CENTRAL));
    require(entry.getUint32(0, true) === CENTRAL_MARK, "damaged", "no directory entry");
    const [flags, method] = [entry.getUint16(8, true), entry.getUint16(10, true)];
    const [crc, packedSize, size] = [16, 20, 24].map((offset) => entry.getUint32(offset, true));
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => entry.getUint16(offset, true));
    const [outside, start] = [entry.getUint32(38, true), entry.getUint32(42, true)];
    const name = text(listing.subarray(at + CENTRAL, at + CENTRAL + nameLength));
    const parts = name.replace(/\/$/, "").split("/");
    require(NAME.test(name) && !parts.some((part) => ["", ".", ".."].includes(part)), "unsafe-name", "a name");
    at += CENTRAL + nameLength + extra + comment;
    const content = await contentStart(source, { start, name, flags, method });
    members.push({ name, flags, method, crc, packedSize, size, start, content, mode: outside >>> 16 });
  }
  require(at === listing.length, "hidden-bytes", "bytes in the directory");
  return members;
}

async function contentStart(source, { start, name, flags, method }) {
  const head = await source.read(start, start + LOCAL);
  require(head.length === LOCAL && view(head).getUint32(0, true) === LOCAL_MARK, "damaged", "no local header");
  const local = view(head);
  const [nameLength, extra] = [local.getUint16(26, true), local.getUint16(28, true)];
  const own = text(await source.read(start + LOCAL, start + LOCAL + nameLength));
  const agrees = own === name && local.getUint16(6, true) === flags && local.getUint16(8, true) === method;
  require(agrees, "two-names", "local and central header disagree");
  return start + LOCAL + nameLength + extra;
}

function requireSane(members) {
  const seen = new Set();
  for (const { name, flags, method, mode, size, packedSize } of members) {
    require(!seen.has(name.toLowerCase()), "duplicate-name", "a name");
    seen.add(name.toLowerCase());
    require(!(flags & ENCRYPTED), "encrypted", "a file");
    require(method === 0 || method === 8, "unknown-method", "a file");
    require([0, 0x8000, 0x4000].includes(mode & 0xf000), "special-file", "a link or device");
    require(size <= LARGEST_RATIO * Math.max(packedSize, 1), "bomb", "a ratio");
    require(method !== 0 || size === packedSize, "two-names", "a stored file of two sizes");
  }
  const total = members.reduce((sum, member) => sum + member.size, 0);
  require(total <= LARGEST_TOTAL, "too-large", "unpacked");
}

function requireContiguous(members, listingStart) {
  const starts = new Set([...members.map((member) => member.start), listingStart]);
  let at = 0;
  for (const member of [...members].sort((a, b) => a.start - b.start)) {
    require(member.start === at, "hidden-bytes", "between files");
    at = member.content + member.packedSize;
    if (member.flags & LATER_SIZES) at += [12, 16].find((length) => starts.has(at + length)) ?? 0;
  }
  require(at === listingStart, "hidden-bytes", "before the directory");
}

// --- the one archive that these files give ---

function header({ name, crc, size }) {
  const bytes = new Uint8Array(LOCAL + name.length);
  const fields = view(bytes);
  fields.setUint32(0, LOCAL_MARK, true);
  fields.setUint16(4, 20, true);
  fields.setUint16(12, 0x21, true);
  [crc, size, size].forEach((value, index) => fields.setUint32(14 + 4 * index, value, true));
  fields.setUint16(26, name.length, true);
  bytes.set(Array.from(name, (character) => character.charCodeAt(0)), LOCAL);
  return bytes;
}

function entry({ name, crc, size }, offset) {
  const bytes = new Uint8Array(CENTRAL + name.length);
  const fields = view(bytes);
  fields.setUint32(0, CENTRAL_MARK, true);
  fields.setUint16(4, (3 << 8) | 20, true);
  fields.setUint16(6, 20, true);
  fields.setUint16(14, 0x21, true);
  [crc, size, size].forEach((value, index) => fields.setUint32(16 + 4 * index, value, true));
  fields.setUint16(28, name.length, true);
  fields.setUint32(38, 0o100644 * 0x10000, true);
  fields.setUint32(42, offset, true);
  bytes.set(Array.from(name, (character) => character.charCodeAt(0)), CENTRAL);
  return bytes;
}

const same = (a, b) => a.length === b.length && a.every((byte, index) => byte === b[index]);

async function isAsWritten(source, members, listing, listingStart) {
  let [offset, at] = [0, 0];
  for (const [index, member] of members.entries()) {
    if (index > 0 && !(members[index - 1].name < member.name)) return false;
    const [local, central] = [header(member), entry(member, offset)];
    if (member.start !== offset || !same(local, await source.read(member.start, member.content))) return false;
    if (!same(central, listing.subarray(at, at + central.length))) return false;
    offset += local.length + member.size;
    at += central.length;
  }
  return at === listing.length && offset === listingStart;
}

// --- unpacking one file; it stops at the declared size ---

export class Unreadable extends Error {}

async function* packed(source, { content, packedSize }) {
  for (let at = content; at < content + packedSize; at += PIECE) {
    const piece = await source.read(at, Math.min(at + PIECE, content + packedSize));
    if (piece.length === 0) throw new Unreadable("cut short");
    yield piece;
  }
}

export async function* unpack(source, member) {
  let size = 0;
  const pieces = member.method === 0 ? packed(source, member) : inflate(packed(source, member));
  for await (const piece of pieces) {
    size += piece.length;
    if (size > member.size) throw new Unreadable("more than declared");
    yield piece;
  }
  if (size !== member.size) throw new Unreadable("less than declared");
}

async function* inflate(pieces) {
  const inflater = new DecompressionStream("deflate-raw");
  const writer = inflater.writable.getWriter();
  const fed = (async () => {
    for await (const piece of pieces) await writer.write(piece);
    await writer.close();
  })();
  fed.catch(() => {});
  const reader = inflater.readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    await fed;
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable("does not unpack");
  } finally {
    reader.cancel().catch(() => {});
  }
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

export class Crc {
  #value = 0xffffffff;

  update(bytes) {
    let value = this.#value;
    for (let at = 0; at < bytes.length; at += 1) value = (value >>> 8) ^ TABLE[(value ^ bytes[at]) & 255];
    this.#value = value;
  }

  get value() {
    return (this.#value ^ 0xffffffff) >>> 0;
  }
}

export const hazardOf = (error) => (error instanceof Refused ? error.stage : null);
