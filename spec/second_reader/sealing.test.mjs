// Runs every sealing vector through the second reader: node --test spec/second_reader/sealing.test.mjs
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import * as codes from "./codes.mjs";
import * as sealing from "./sealing.mjs";
import * as signing from "./signing.mjs";
import { readVectors } from "./vectors.mjs";

const contextOf = ({ lines }) => ({ ...lines, version: BigInt(lines.version) });

function requirePlaintext({ lines }, plaintext) {
  if ("plaintext" in lines) return assert.equal(plaintext.toString("hex"), lines.plaintext);
  return assert.equal(createHash("sha256").update(plaintext).digest("hex"), lines["plaintext-sha256"]);
}

const same = (bytes, expected) => assert.equal(Buffer.from(bytes).toString("hex"), expected.toString("hex"));

const run = {
  context: (v) => same(sealing.encodeContext(contextOf(v)), v.body),
  "padded-size"(v) {
    const padded = sealing.paddedSize(v.body.readBigUInt64BE(0));
    sealing.require(BigInt(padded) === v.body.readBigUInt64BE(8), "padding", "not the padded size");
  },
  "section-key": (v) => same(sealing.sectionKey(v.octets("key"), contextOf(v)), v.body),
  "reading-pair": (v) => same(sealing.derive(v.octets("key"), "reading-pair"), v.body),
  "recovery-pair": (v) => same(sealing.derive(v.octets("key"), "recovery-pair"), v.body),
  "receipt-pair": (v) => same(codes.receiptPairSeed(v.lines.receipt, v.body), v.octets("seed")),
  record: (v) => requirePlaintext(v, sealing.openRecord(v.lines["key-type"], v.octets("key"), contextOf(v), v.body)),
  grant: (v) => requirePlaintext(v, sealing.openGrant(v.octets("private"), contextOf(v), v.body)),
  passphrase: (v) => same(sealing.normalPassphrase(v.body.toString()), v.octets("normal")),
  "passphrase-wrap"(v) {
    requirePlaintext(v, sealing.openPassphraseWrap(v.octets("passphrase").toString(), contextOf(v), v.body));
  },
  "passkey-wrap": (v) => requirePlaintext(v, sealing.openPasskeyWrap(v.octets("key"), contextOf(v), v.body)),
  "member-keys"(v) {
    const keys = sealing.decodeMemberKeys(v.body);
    for (const name of ["sealing", "signing", "keyring"]) same(keys[name], v.octets(name));
  },
  receipt(v) {
    const { digits, locator } = codes.parseReceipt(v.body.toString());
    assert.deepEqual([digits, locator], [v.lines.digits, v.lines.locator]);
  },
  "sealing-public-key"(v) {
    sealing.decodeSealingPublicKey(v.body);
    same(sealing.sealingPublicKey(v.octets("private")), v.body);
  },
  "signing-public-key"(v) {
    signing.decodeSigningPublicKey(v.body);
    same(signing.signingPublicKey(v.octets("private")), v.body);
    assert.equal(signing.fingerprint(v.body).toString("hex"), v.lines.fingerprint);
  },
  "log-public-key": (v) => signing.decodeLogPublicKey(v.body),
  signature: (v) => signing.verifySignature(v.octets("public"), v.octets("purpose"), v.octets("message"), v.body),
  "log-signature": (v) => signing.verifyLogSignature(v.octets("public"), v.octets("message"), v.body),
  file: (v) => requirePlaintext(v, sealing.openFile(v.lines["key-type"], v.octets("key"), contextOf(v), v.body)),
  "recovery-shares"(v) {
    const shares = v.body.toString().split("\n").filter((words) => words !== "");
    same(codes.joinShares(shares), v.octets("key"));
  },
  token: (v) => same(codes.tokenDigest(codes.parseToken(v.body.toString())), v.octets("digest")),
  "spoken-code"(v) {
    const token = v.lines.token ? codes.parseToken(v.lines.token) : null;
    same(codes.spokenDigest(v.body.toString(), token), v.octets("digest"));
  },
  "one-time-code"(v) {
    const last = "last-step" in v.lines ? Number(v.lines["last-step"]) : null;
    const step = codes.oneTimeCodeStep(v.octets("secret"), v.body.toString(), Number(v.lines.at), last);
    assert.equal(String(step), v.lines.step);
  },
};

const vectors = readVectors("sealing", { hexadecimal: true });
test("there are vectors", () => assert.ok(vectors.length >= 150));
for (const vector of vectors) {
  test(vector.name, () => {
    const { expect, kind } = vector.lines;
    if (expect === "success") return run[kind](vector);
    assert.throws(
      () => run[kind](vector),
      (error) => {
        if (!(error instanceof sealing.Refused)) throw error;
        return error.stage === expect || assert.fail(`${error.message}, where ${expect} was expected`);
      },
    );
    return undefined;
  });
}
