// Runs every vector of dossiers through the second reader: node --test spec/second_reader/dossier.test.mjs
import assert from "node:assert/strict";
import { test } from "node:test";
import { verifyDossier } from "./dossier.mjs";
import { Refused } from "./sealing.mjs";
import { readNotice, readTrust } from "./trust.mjs";
import { readVectors } from "./vectors.mjs";

const vectors = readVectors("dossier");
const bodyOf = (name) => vectors.find((each) => each.name === `${name}.txt`).body;
const sourceOf = (bytes) => ({ size: bytes.length, read: async (start, end) => bytes.subarray(start, end) });
const words = (text) => (text ? text.split(" ") : []);

async function verified({ lines, body }) {
  const trust = lines.trust ? readTrust(bodyOf(lines.trust)) : null;
  const notices = words(lines.notices).map((name) => readNotice(bodyOf(name)));
  return verifyDossier(sourceOf(body), { trust, notices, today: lines.today });
}

const read = {
  async dossier(vector) {
    const { findings, reservations } = await verified(vector);
    const problems = findings.flatMap(({ check, problems }) => problems.map(({ reason }) => `${check}:${reason}`));
    const found = new Set(problems.filter((each) => !each.endsWith(":not-checked")));
    assert.deepEqual([...found].sort(), words(vector.lines.findings).sort());
    const failing = findings.find((each) => each.outcome !== "holds" && !reservations.includes(each.check));
    assert.equal(failing?.check ?? "success", vector.lines.expect);
    if (vector.lines.hazard) assert.equal(findings[0].problems[0].subject, vector.lines.hazard);
  },
  trust: ({ lines, body }) => expectForm(lines, () => readTrust(body)),
  notice: ({ lines, body }) => expectForm(lines, () => readNotice(body)),
};

function expectForm({ expect }, run) {
  if (expect === "success") return run();
  return assert.throws(run, (error) => error instanceof Refused);
}

test("there are vectors of dossiers", () => assert.ok(vectors.length >= 60));
for (const vector of vectors) test(`dossier/${vector.name}`, () => read[vector.lines.kind](vector));
