// Writes the page as one file: node page/build.mjs FILE. The same sources give the same bytes.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const here = new URL("./", import.meta.url);
const read = (name) => readFileSync(new URL(name, here), "utf8");
const digest = (text) => createHash("sha256").update(text).digest("base64");

// Everything that the page is made of; a test compares it with the line in the page.
export const SOURCES = [
  ...readdirSync(here).map((name) => `page/${name}`),
  ...["custody", "dossier", "sealing", "signing", "statements", "trust", "zip"].map((name) => `${name}.mjs`),
  "package-lock.json",
].sort();

const { outputFiles } = await build({
  entryPoints: [new URL("page.mjs", here).pathname],
  inject: [new URL("shim.mjs", here).pathname],
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  target: "es2022",
  charset: "ascii",
  legalComments: "none",
});
const script = outputFiles[0].text.trim();
const style = read("page.css").trim();
const sources = createHash("sha256");
for (const name of SOURCES) sources.update(`${name}\n`).update(readFileSync(new URL(`../${name}`, here)));
const parts = {
  SCRIPT: script,
  STYLE: style,
  SCRIPT_DIGEST: `sha256-${digest(script)}`,
  STYLE_DIGEST: `sha256-${digest(style)}`,
  SOURCES: `built from sources ${sources.digest("hex")}; AGPL-3.0-or-later; noble packages as below`,
};
writeFileSync(process.argv[2], read("page.html").replace(/%([A-Z_]+)%/g, (_, name) => parts[name]));
