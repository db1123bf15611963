// Runs every vector of statements through the second reader: node --test spec/second_reader/statements.test.mjs
import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "./sealing.mjs";
import { verifyStatement } from "./statements.mjs";
import { readVectors } from "./vectors.mjs";

const vectors = readVectors("statements");
test("there are vectors of statements", () => assert.ok(vectors.length >= 40));
for (const { name, lines, body } of vectors) {
  test(`statements/${name}`, () => {
    if (lines.expect === "success") return verifyStatement(body, lines.today);
    assert.throws(
      () => verifyStatement(body, lines.today),
      (error) => error instanceof Refused && error.stage === lines.expect,
    );
  });
}
