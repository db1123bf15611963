// Runs every custody vector through the second reader: node --test spec/second_reader/custody.test.mjs
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import * as custody from "./custody.mjs";

const folder = new URL("../vectors/custody/", import.meta.url);
const hex = (text) => Buffer.from(text, "hex");
const hashes = (body) => Array.from({ length: body.length / 32 }, (_, at) => body.subarray(32 * at, 32 * at + 32));

const run = {
  entry(header, body) {
    custody.readEntry(body);
    assert.equal(custody.leafHash(body).toString("hex"), header.leaf);
  },
  frontier(header, body) {
    const frontier = custody.readFrontier(body);
    assert.equal(custody.frontierRoot(frontier).toString("hex"), header.root);
    assert.equal(custody.append(frontier, hex(header.leaf)).toString("hex"), header.appended);
  },
  inclusion(header, body) {
    const [index, size] = [Number(header.index), Number(header.size)];
    custody.checkInclusion({ leaf: hex(header.leaf), index, size, path: hashes(body), root: hex(header.root) });
  },
  consistency(header, body) {
    custody.checkConsistency({
      earlierSize: Number(header["earlier-size"]),
      earlierRoot: hex(header["earlier-root"]),
      size: Number(header.size),
      root: hex(header.root),
      path: hashes(body),
    });
  },
  checkpoint(header, body) {
    const { size, root } = custody.openCheckpoint(body, header.origin, hex(header.key));
    assert.deepEqual([String(size), root.toString("hex")], [header.size, header.root]);
  },
  proof(header, body) {
    custody.checkProof(body, hex(header.key));
  },
};

function read(name) {
  const bytes = readFileSync(new URL(name, folder));
  const at = bytes.indexOf("\n\n");
  const lines = bytes.subarray(0, at).toString().split("\n");
  const header = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(": ")), line.slice(line.indexOf(": ") + 2)]));
  return [header, bytes.subarray(at + 2)];
}

const names = readdirSync(folder).filter((name) => name.endsWith(".txt"));
test("there are vectors", () => assert.ok(names.length >= 40));
for (const name of names) {
  test(name, () => {
    const [header, body] = read(name);
    if (header.expect === "success") return run[header.kind](header, body);
    assert.throws(
      () => run[header.kind](header, body),
      (error) => error instanceof custody.Refused && error.stage === header.expect,
    );
  });
}
