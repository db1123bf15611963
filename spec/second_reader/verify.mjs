// Verifies dossiers with the second reader: node verify.mjs TRUST DAY FILE... writes one line of JSON for each file.
import { open, readFile } from "node:fs/promises";
import { verifyDossier } from "./dossier.mjs";
import { readTrust } from "./trust.mjs";

const [trustFile, today, ...files] = process.argv.slice(2);
const trust = readTrust(await readFile(trustFile));

for (const file of files) {
  const handle = await open(file);
  const { size } = await handle.stat();
  const read = async (start, end) => {
    const bytes = Buffer.alloc(Math.max(0, Math.min(end, size) - start));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
    return bytes.subarray(0, bytesRead);
  };
  const { conclusion, findings } = await verifyDossier({ size, read }, { trust, today });
  await handle.close();
  const problems = findings.flatMap(({ check, problems }) => problems.map(({ reason }) => `${check}:${reason}`));
  console.log(JSON.stringify({ conclusion, problems: [...new Set(problems)].sort() }));
}
