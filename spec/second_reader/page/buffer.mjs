// As much of Node's Buffer as the readers use, for a browser.
const utf8 = new TextEncoder();
const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const fromBase64 = (text) => {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array(0);
  }
};
const fromLatin = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const DECODERS = { hex: fromHex, base64: fromBase64, ascii: fromLatin, latin1: fromLatin };

export class Buffer extends Uint8Array {
  static from(content, encoding) {
    const bytes = typeof content === "string" ? (DECODERS[encoding] ?? ((text) => utf8.encode(text)))(content) : content;
    const made = new Buffer(bytes.length);
    made.set(bytes);
    return made;
  }

  static alloc(size) {
    return new Buffer(size);
  }

  static concat(parts) {
    const made = new Buffer(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      made.set(part, at);
      at += part.length;
    }
    return made;
  }

  static compare(a, b) {
    for (let at = 0; at < Math.min(a.length, b.length); at += 1) if (a[at] !== b[at]) return a[at] - b[at];
    return a.length - b.length;
  }

  equals(other) {
    return Buffer.compare(this, other) === 0;
  }

  toString(encoding) {
    if (encoding === "hex") return Array.from(this, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (encoding === "base64") return btoa(this.toString("latin1"));
    if (encoding === "latin1") return Array.from(this, (byte) => String.fromCharCode(byte)).join("");
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(this);
  }

  readUInt32BE(at) {
    return new DataView(this.buffer, this.byteOffset).getUint32(at);
  }

  readBigUInt64BE(at) {
    return new DataView(this.buffer, this.byteOffset).getBigUint64(at);
  }

  writeUInt32BE(value, at) {
    new DataView(this.buffer, this.byteOffset).setUint32(at, value);
  }

  writeBigUInt64BE(value, at = 0) {
    new DataView(this.buffer, this.byteOffset).setBigUint64(at, value);
  }
}
