// Reads vector files: spec/vectors/README.md. Nothing here knows a format.
import { readdirSync, readFileSync } from "node:fs";

export class Vector {
  constructor(name, lines, body) {
    Object.assign(this, { name, lines, body });
  }

  // The bytes of a hexadecimal header line; none where the line is missing.
  octets(line) {
    return Buffer.from(this.lines[line] ?? "", "hex");
  }
}

export function readVector(folder, name, { hexadecimal }) {
  const bytes = readFileSync(new URL(name, folder));
  const end = bytes.indexOf("\n\n");
  const lines = {};
  for (const line of bytes.subarray(0, end).toString().split("\n")) {
    const colon = line.indexOf(": ");
    lines[line.slice(0, colon)] = line.slice(colon + 2);
  }
  const body = bytes.subarray(end + 2);
  return new Vector(name, lines, hexadecimal ? Buffer.from(body.toString().replaceAll("\n", ""), "hex") : body);
}

export function readVectors(format, { hexadecimal = false } = {}) {
  const folder = new URL(`../vectors/${format}/`, import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith(".txt"));
  return names.sort().map((name) => readVector(folder, name, { hexadecimal }));
}
