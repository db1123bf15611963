// Second reader of dossiers, written from spec/dossier-v1.md alone. Nothing is believed that the file says of itself.
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { checkProof } from "./custody.mjs";
import { Refused } from "./sealing.mjs";
import { asForm, covers, encode, fingerprintOf, hex, isSigned, isVouchedBy, octets, standing } from "./trust.mjs";
import { readEnvelope, readEvaluations, readManifest, readRelease, readTime } from "./trust.mjs";
import { Crc, Unreadable, openZip, unpack } from "./zip.mjs";

export const CHECKS = `readable container bag nothing-added manifest evaluations independence attestations release vouchers
  time-stamp validity custody trust not-withdrawn`.split(/\s+/);
const MAY_STAY_OPEN = ["time-stamp", "not-withdrawn"];
const OPEN = `not-checked no-trust-file organisation-unknown key-unknown log-key-unknown no-time-stamp notice-unproven
  trust-older`.split(/\s+/);
const LARGEST_SMALL = 16 << 20;
const PAYLOAD_LISTS = { "manifest-sha256.txt": "sha256", "manifest-sha512.txt": "sha512" };
const TAG_LIST = "tagmanifest-sha256.txt";
const DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
const problem = (reason, subject = "") => ({ reason, subject });
const finding = (check, problems, facts = []) => ({ check, problems, facts, outcome: outcomeOf(problems) });
const digestOf = (bytes) => hex(sha256(bytes));
const sameBytes = (a, b) => a !== undefined && a.length === b.length && a.every((byte, index) => byte === b[index]);
const pad = (number) => String(number).padStart(3, "0");

function outcomeOf(problems) {
  if (problems.length === 0) return "holds";
  return problems.every(({ reason }) => OPEN.includes(reason)) ? "unknown" : "broken";
}

// --- section 8: all checks, and the conclusion ---

// `trust` is what readTrust gives, or null; `notices` what readNotice gives; `today` a day.
export async function verifyDossier(source, { trust = null, notices = [], today }) {
  let zip;
  try {
    zip = await openZip(source);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return unreadable(problem("unsafe", error.stage));
  }
  const bag = await examine(zip);
  if (bag === null) return unreadable(problem("not-a-bag"));
  const structural = [
    finding("readable", []),
    finding("container", container(zip, bag)),
    finding("bag", bagProblems(bag)),
    finding("nothing-added", added(bag)),
    finding("manifest", manifestProblems(bag), bag.manifest ? [digestOf(bag.small.get("manifest.json"))] : []),
  ];
  return concluded([...structural, ...(bag.manifest ? signed(bag, { trust, notices, today }) : notChecked(5))], bag.manifest);
}

const notChecked = (from) => CHECKS.slice(from).map((check) => finding(check, [problem("not-checked")]));
const unreadable = (why) => concluded([finding("readable", [why]), ...notChecked(1)], null);

function concluded(findings, manifest) {
  const outcomes = findings.map((each) => each.outcome);
  const isLeft = (each) => each.outcome === "unknown" && MAY_STAY_OPEN.includes(each.check);
  const conclusion = () => {
    if (outcomes[0] !== "holds") return "unreadable";
    if (outcomes.includes("broken")) return "broken";
    return findings.some((each) => each.outcome === "unknown" && !isLeft(each)) ? "untrusted" : "holds";
  };
  return { conclusion: conclusion(), findings, manifest, reservations: findings.filter(isLeft).map((each) => each.check) };
}

// --- sections 2 and 3: the files ---

async function examine({ source, members }) {
  const base = baseOf(members.map((member) => member.name));
  const files = members.filter((member) => !member.name.endsWith("/"));
  const inside = files.filter((member) => member.name.startsWith(base));
  const declared = new Map(inside.map((member) => [member.name.slice(base.length), member]));
  if (!declared.has("bagit.txt") && !declared.has("manifest.json")) return null;
  const [measured, small] = [new Map(), new Map()];
  for (const [path, member] of declared) {
    const isSmall = !path.startsWith("data/evidence/") && path !== "data/dossier.pdf" && member.size <= LARGEST_SMALL;
    const found = await measure(source, member, isSmall);
    if (found === null) continue;
    measured.set(path, found);
    if (isSmall) small.set(path, found.content);
  }
  const outside = files.filter((member) => !member.name.startsWith(base)).map((member) => member.name);
  return { base, declared, measured, small, outside, manifest: manifestOf(small) };
}

function baseOf(names) {
  const tops = new Set(names.filter((name) => name.includes("/")).map((name) => `${name.split("/")[0]}/`));
  if (tops.has("dossier/")) return "dossier/";
  if (names.includes("bagit.txt")) return "";
  return tops.size === 1 ? [...tops][0] : "dossier/";
}

async function measure(source, member, isKept) {
  const [short, long, crc, kept] = [sha256.create(), sha512.create(), new Crc(), []];
  let size = 0;
  try {
    for await (const piece of unpack(source, member)) {
      [short, long, crc].forEach((each) => each.update(piece));
      size += piece.length;
      if (isKept) kept.push(Buffer.from(piece));
    }
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
  return { size, crc: crc.value, sha256: hex(short.digest()), sha512: hex(long.digest()), content: Buffer.concat(kept) };
}

function manifestOf(small) {
  try {
    return readManifest(small.get("manifest.json") ?? Buffer.alloc(0));
  } catch {
    return null;
  }
}

function listed({ small }, path) {
  const text = small.has(path) ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(small.get(path)) : "";
  if (!text.endsWith("\n")) return null;
  const lines = text.slice(0, -1).split("\n").map((line) => /^([0-9a-f]{64}|[0-9a-f]{128}) {2}([^\r\n]+)$/.exec(line));
  return lines.includes(null) ? null : new Map(lines.map((match) => [match[2], match[1]]));
}

function container(zip, { base, declared, measured }) {
  const problems = zip.isAsWritten && base === "dossier/" ? [] : [problem("repacked")];
  const wrong = [...measured].filter(([path, found]) => found.crc !== declared.get(path).crc);
  return [...problems, ...wrong.map(([path]) => problem("checksum", path))];
}

function bagProblems(bag) {
  const { declared, measured, small } = bag;
  const problems = [];
  if (small.get("bagit.txt")?.toString() !== DECLARATION) {
    problems.push(problem(declared.has("bagit.txt") ? "changed" : "missing", "bagit.txt"));
  }
  for (const path of declared.keys()) if (!measured.has(path)) problems.push(problem("unpacks-wrongly", path));
  for (const [list, algorithm] of Object.entries({ ...PAYLOAD_LISTS, [TAG_LIST]: "sha256" })) {
    const digests = listed(bag, list);
    if (digests === null) problems.push(problem("list-unreadable", list));
    for (const [path, digest] of digests ?? []) {
      if (!declared.has(path)) problems.push(problem("missing", path));
      else if (measured.has(path) && measured.get(path)[algorithm] !== digest) problems.push(problem("changed", path));
    }
  }
  return problems;
}

function added(bag) {
  const { manifest } = bag;
  const [first, second] = Object.keys(PAYLOAD_LISTS).map((path) => listed(bag, path) ?? new Map());
  const items = manifest && new Set(manifest.items.map((item) => item.path));
  const tags = new Set([...(listed(bag, TAG_LIST) ?? new Map()).keys(), TAG_LIST]);
  const derived = manifest && new Set([...derivedFrom(bag).keys(), ...envelopePaths(manifest)]);
  const isListed = (path) =>
    (first.has(path) && second.has(path) && (!items || items.has(path))) || (tags.has(path) && (!derived || derived.has(path)));
  return [...bag.outside, ...[...bag.declared.keys()].filter((path) => !isListed(path))].map((path) => problem("added", path));
}

// The paths of the envelopes: the evaluators', the release, and the time stamper's where there is one.
function envelopePaths({ evaluators, time_stamper }) {
  const count = evaluators.length;
  const paths = evaluators.map((_, index) => `attestations/${pad(index + 1)}-evaluation.json`);
  const time = time_stamper === null ? [] : [`attestations/${pad(count + 2)}-time.json`];
  return [...paths, `attestations/${pad(count + 1)}-release.json`, ...time];
}

const releasePath = ({ evaluators }) => `attestations/${pad(evaluators.length + 1)}-release.json`;

// The tag files that follow from the manifest and the envelopes that are there.
function derivedFrom({ manifest, small }) {
  const lines = (pairs) => Buffer.from(pairs.map(([path, digest]) => `${digest}  ${path}\n`).join(""));
  const { items, organisation, reference, version, day } = manifest;
  const octetsOfAll = items.reduce((sum, item) => sum + BigInt(item.size), 0n);
  const info = {
    "Source-Organization": organisation,
    "External-Identifier": `${reference} v${version}`,
    "Bagging-Date": day,
    "Payload-Oxum": `${octetsOfAll}.${items.length}`,
  };
  const files = new Map([
    ["bagit.txt", Buffer.from(DECLARATION)],
    ["bag-info.txt", Buffer.from(Object.entries(info).map(([label, value]) => `${label}: ${value}\n`).join(""))],
    ["manifest-sha256.txt", lines(items.map((item) => [item.path, item.sha256]))],
    ["manifest-sha512.txt", lines(items.map((item) => [item.path, item.sha512]))],
    ["manifest.json", small.get("manifest.json")],
  ]);
  const envelopes = envelopePaths(manifest).filter((path) => small.has(path));
  const tags = [...files, ...envelopes.map((path) => [path, small.get(path)])].map(([path, content]) => [path, digestOf(content)]);
  return files.set(TAG_LIST, lines(tags.sort(([a], [b]) => (a < b ? -1 : 1))));
}

function manifestProblems(bag) {
  const { manifest, measured, small } = bag;
  if (manifest === null) return [problem("form", "manifest.json")];
  const problems = [];
  for (const item of manifest.items) {
    const found = measured.get(item.path);
    if (found === undefined) problems.push(problem("missing", item.path));
    else if (["size", "sha256", "sha512"].some((each) => found[each] !== item[each])) problems.push(problem("changed", item.path));
  }
  const differing = [...derivedFrom(bag)].filter(([path, content]) => !sameBytes(small.get(path), content));
  return [...problems, ...differing.map(([path]) => problem("disagrees", path))];
}

// --- what is signed ---

function* signed(bag, { trust, notices, today }) {
  const { manifest } = bag;
  const shown = shownIn(bag);
  yield evaluations(manifest, shown);
  yield independence(manifest);
  yield attestations(bag, shown ?? []);
  yield release(bag);
  yield finding("vouchers", manifest.evaluators.flatMap((voucher) => voucherProblems(manifest, voucher, manifest.day)), manifest.evaluators.map(nameOf));
  const stamped = timeStamp(bag, today);
  yield stamped.finding;
  yield finding("validity", validity(manifest, today), [manifest.day, manifest.valid_until]);
  yield custody(bag);
  yield finding("trust", trust === null ? [problem("no-trust-file")] : distrusted(manifest, trust), manifest.organisations.map((each) => `${each.name} (${each.id})`));
  yield notWithdrawn(bag, { trust, notices, stamped });
}

const nameOf = ({ alias, organisation }) => `${alias} (${organisation})`;

function shownIn({ small }) {
  try {
    return readEvaluations(small.get("data/evaluations.json") ?? Buffer.alloc(0));
  } catch {
    return null;
  }
}

function evaluations({ evaluators }, shown) {
  const problems = [];
  const authors = (list) => list.map(nameOf).join("\n");
  if (shown === null) problems.push(problem("form", "data/evaluations.json"));
  else if (authors(shown) !== authors(evaluators)) problems.push(problem("other-authors", "data/evaluations.json"));
  if (evaluators.length < 2 || (shown ?? []).length < 2) problems.push(problem("too-few"));
  return finding("evaluations", problems, (shown ?? []).map((each) => `${nameOf(each)}: ${each.outcome}`));
}

function independence({ evaluators, organisations }) {
  const theirs = [...new Set(evaluators.map((each) => each.organisation))].sort();
  const keys = [...evaluators, ...organisations].map((each) => each.key);
  const problems = theirs.length < 2 ? [problem("same-organisation", theirs.join(", "))] : [];
  if (new Set(keys).size !== keys.length) problems.push(problem("same-key"));
  return finding("independence", problems, theirs);
}

const pae = (type, payload) =>
  Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.from(type).length} ${type} ${payload.length} `), payload]);

// An envelope that this key signed, or the problem with it.
function envelopeAt({ small }, path, key, kind) {
  if (!small.has(path)) return { problem: problem("missing", path) };
  let envelope;
  try {
    envelope = readEnvelope(small.get(path));
  } catch {
    return { problem: problem("form", path) };
  }
  const { type, payload, keyid, sig } = envelope;
  const isSound = keyid === fingerprintOf(key) && isSigned(key, "dossier-attestation", pae(type, payload), sig);
  if (!isSound) return { problem: problem("not-signed", path) };
  return type === `application/vnd.safeconduct.${kind}-attestation.v1+json` ? { payload } : { problem: problem("other-statement", path) };
}

function attestations(bag, shown) {
  const { manifest } = bag;
  const problems = manifest.evaluators.flatMap((voucher, index) => {
    const path = envelopePaths(manifest)[index];
    const found = envelopeAt(bag, path, voucher.key, "evaluation");
    if (found.problem) return [found.problem];
    const isAbout = index < shown.length && sameBytes(found.payload, statementAbout(bag, shown[index]));
    return isAbout ? [] : [problem("other-statement", path)];
  });
  return finding("attestations", problems, manifest.evaluators.map(nameOf));
}

function statementAbout({ small }, { criteria, ...shown }) {
  const words = Object.fromEntries(criteria.map((each) => [each.criterion, each.words]));
  return encode({ v: 1, manifest: digestOf(small.get("manifest.json")), ...shown, criteria: words });
}

const signatoryOf = ({ organisations }, id) => organisations.find((each) => each.id === id);

function release(bag) {
  const { manifest, small } = bag;
  const signatory = signatoryOf(manifest, manifest.organisation);
  if (!signatory) return finding("release", [problem("unnamed-organisation", manifest.organisation)]);
  const facts = [`${signatory.name} (${signatory.id})`, fingerprintOf(signatory.key)];
  const path = releasePath(manifest);
  const found = envelopeAt(bag, path, signatory.key, "release");
  if (found.problem) return finding("release", [found.problem], facts);
  const said = readOrNull(readRelease, found.payload);
  if (said === null) return finding("release", [problem("form", path)], facts);
  const isThis = said.manifest === digestOf(small.get("manifest.json")) && said.organisation === manifest.organisation;
  const problems = isThis && said.recipient === manifest.recipient && said.day >= manifest.day ? [] : [problem("other-statement", path)];
  const present = envelopePaths(manifest).slice(0, manifest.evaluators.length).map((each) => digestOf(small.get(each) ?? Buffer.alloc(0)));
  if (said.attestations.join() !== present.join()) problems.push(problem("other-attestations", path));
  return finding("release", problems, facts);
}

function readOrNull(read, bytes) {
  try {
    return asForm(() => read(bytes));
  } catch {
    return null;
  }
}

function voucherProblems(manifest, voucher, day) {
  const signatory = signatoryOf(manifest, voucher.organisation);
  if (!signatory) return [problem("unnamed-organisation", voucher.organisation)];
  const problems = isVouchedBy(voucher, signatory.key) ? [] : [problem("not-vouched", voucher.alias)];
  return covers(voucher, day) ? problems : [...problems, problem("voucher-day", voucher.alias)];
}

export const dayAfter = (day, days) => {
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
};

function timeStamp(bag, today) {
  const { manifest, small } = bag;
  const { time_stamper: stamper } = manifest;
  if (stamper === null) return { finding: finding("time-stamp", [problem("no-time-stamp")]), day: null };
  const path = envelopePaths(manifest).at(-1);
  const others = [...manifest.organisations, ...manifest.evaluators].map((each) => each.key);
  const problems = stamper.organisation === manifest.organisation ? [problem("same-organisation", stamper.organisation)] : [];
  if (others.includes(stamper.key)) problems.push(problem("same-key"));
  problems.push(...voucherProblems(manifest, stamper, stamper.first_day).filter(({ reason }) => reason !== "voucher-day"));
  const found = envelopeAt(bag, path, stamper.key, "time");
  const said = found.problem ? null : readOrNull(readTime, found.payload);
  if (said === null) return { finding: finding("time-stamp", [...problems, found.problem ?? problem("form", path)]), day: null };
  const day = said.minute.slice(0, 10);
  const released = small.get(releasePath(manifest)) ?? Buffer.alloc(0);
  const isThis = said.manifest === digestOf(small.get("manifest.json")) && said.release === digestOf(released);
  if (!isThis || said.organisation !== stamper.organisation) problems.push(problem("other-statement", path));
  if (!covers(stamper, day)) problems.push(problem("voucher-day", stamper.alias));
  const releasedOn = readOrNull((bytes) => readRelease(readEnvelope(bytes).payload), released)?.day ?? manifest.day;
  if (dayAfter(day, 1) < releasedOn) problems.push(problem("before-release", day));
  if (day > dayAfter(today, 1)) problems.push(problem("not-yet", day));
  return {
    finding: finding("time-stamp", problems, [said.minute, nameOf(stamper)]),
    day: problems.length === 0 ? day : null,
    organisation: stamper.organisation,
  };
}

function validity({ day, valid_until }, today) {
  if (today > valid_until) return [problem("expired", valid_until)];
  return dayAfter(today, 1) < day ? [problem("not-yet", day)] : [];
}

function custody({ manifest, small }) {
  const items = manifest.items.filter((item) => item.kind === "custody");
  const problems = items.length === 0 ? [problem("no-proof")] : [];
  const facts = [];
  for (const { path } of items) {
    const proven = readOrNull((bytes) => proofUnder(manifest.logs, bytes), small.get(path) ?? Buffer.alloc(0));
    if (proven === null) problems.push(problem("proof-refused", path));
    else if (!manifest.objects.includes(proven.object)) problems.push(problem("other-object", path));
    else facts.push(`${proven.day} ${proven.act} (${proven.organisation} #${proven.index})`);
  }
  return finding("custody", problems, facts);
}

function proofUnder(logs, bytes) {
  const { organisation } = JSON.parse(bytes.toString()).entry;
  const log = logs.find((each) => each.organisation === organisation);
  if (!log) throw new Refused("signature", "no key for this log");
  return checkProof(bytes, octets(log.key)).entry;
}

const DISTRUST = { unknown: "key-unknown", "out-of-time": "key-out-of-time", withdrawn: "key-withdrawn" };

function distrusted(manifest, trust) {
  const problems = [];
  for (const { id, key } of manifest.organisations) {
    const found = standing(trust, id, "keys", key, manifest.day);
    if (!trust.organisations.some((each) => each.id === id)) problems.push(problem("organisation-unknown", id));
    else if (found !== "valid") problems.push(problem(DISTRUST[found], id));
  }
  for (const voucher of [...manifest.evaluators, manifest.time_stamper].filter((each) => each !== null)) {
    const theirs = trust.organisations.find((each) => each.id === voucher.organisation);
    if (theirs?.withdrawn_keys.includes(fingerprintOf(voucher.key))) problems.push(problem("key-withdrawn", voucher.alias));
  }
  for (const { organisation, key } of manifest.logs) {
    const found = standing(trust, organisation, "logs", key, manifest.day);
    if (found !== "valid") problems.push(problem(found === "unknown" ? "log-key-unknown" : DISTRUST[found], organisation));
  }
  return problems;
}

// --- section 9 ---

function notWithdrawn(bag, { trust, notices, stamped }) {
  const { manifest } = bag;
  const known = [...(trust?.notices ?? []), ...notices];
  const problems = known.flatMap((notice) => weighed(notice, bag, trust, stamped));
  if (trust === null) problems.push(problem("no-trust-file"));
  else if (trust.day < manifest.day) problems.push(problem("trust-older", trust.day));
  return finding("not-withdrawn", problems, trust ? [trust.day] : []);
}

function weighed(notice, { manifest, small }, trust, stamped) {
  const { organisation, key, day, says } = notice;
  const isTrusted = trust !== null && standing(trust, organisation, "keys", key, day) === "valid";
  const signatory = signatoryOf(manifest, organisation);
  const speaks = signatory !== undefined && (signatory.key === key || isTrusted);
  if (notice.kind === "dossier-withdrawal") {
    if (says.manifest !== digestOf(small.get("manifest.json"))) return [];
    const subject = `${organisation}, ${says.withdrawn_on}, ${says.reason}`;
    return [speaks ? problem("withdrawn", subject) : problem("notice-unproven", organisation)];
  }
  const stamper = manifest.time_stamper === null ? [] : [{ ...manifest.time_stamper, isClock: true }];
  const organisations = manifest.organisations.map(({ id, key: own }) => ({ organisation: id, alias: id, key: own }));
  const held = [...organisations, ...manifest.evaluators, ...stamper].filter((each) => fingerprintOf(each.key) === says.key);
  return held.flatMap((each) => {
    const mayWithdraw = organisation === each.organisation && (speaks || fingerprintOf(key) === says.key);
    if (!mayWithdraw) return [problem("notice-unproven", organisation)];
    const isOther = !each.isClock && stamped.organisation !== each.organisation;
    if (stamped.day !== null && isOther && stamped.day < says.withdrawn_from) return [];
    return [problem("key-withdrawn", `${each.alias}, ${says.withdrawn_from}, ${says.reason}`)];
  });
}
