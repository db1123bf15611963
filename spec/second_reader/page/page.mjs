// The page with which an official verifies in a browser, offline. Files are read where they lie; nothing is sent anywhere.
import { verifyDossier } from "../dossier.mjs";
import { readNotice, readTrust } from "../trust.mjs";
import { words } from "./words.mjs";

const $ = (id) => document.getElementById(id);
let language = ["en", "fr", "ru"].find((code) => (navigator.language ?? "").startsWith(code)) ?? "en";
let shown = null;

const say = (key) => words[language][key] ?? key;
const sourceOf = (file) => ({
  size: file.size,
  read: async (start, end) => new Uint8Array(await file.slice(start, Math.min(end, file.size)).arrayBuffer()),
});

const bytesOf = async (file) => globalThis.Buffer.from(new Uint8Array(await file.arrayBuffer()));

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

async function readOr(file, read, key) {
  if (!file) return null;
  try {
    return read(await bytesOf(file));
  } catch {
    throw new Error(key);
  }
}

async function verify() {
  const [dossier, trust, notice] = ["dossier", "trust", "notice"].map((id) => $(id).files[0]);
  if (!dossier) return show({ message: "choose" });
  show({ message: "busy" });
  // A breath, so that the word "busy" is drawn before the work begins.
  await new Promise((resolve) => setTimeout(resolve, 30));
  try {
    const given = await readOr(trust, readTrust, "not-trust");
    const notices = notice ? [await readOr(notice, readNotice, "not-notice")] : [];
    return show({ verdict: await verifyDossier(sourceOf(dossier), { trust: given, notices, today: today() }) });
  } catch (error) {
    return show({ message: words.en[error.message] ? error.message : "failed" });
  }
}

function element(name, text, kind) {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function show(state) {
  shown = state;
  const result = $("result");
  result.replaceChildren();
  if (state.message) return result.append(element("p", say(state.message)));
  const { conclusion, findings, manifest, reservations } = state.verdict;
  result.dataset.conclusion = conclusion;
  if (manifest) result.append(element("p", `${manifest.reference} v${manifest.version}, ${manifest.day}, ${manifest.recipient}`));
  result.append(element("p", say(`conclusion ${conclusion}`), `line ${conclusion}`));
  if (reservations.length && ["holds", "untrusted"].includes(conclusion)) {
    result.append(element("p", `${say("left open")} ${reservations.map((check) => say(`check ${check}`)).join("; ")}.`));
  }
  const list = document.createElement("dl");
  for (const { check, outcome, problems, facts } of conclusion === "unreadable" ? findings.slice(0, 1) : findings) {
    const details = problems.map(({ reason, subject }) => [say(`reason ${reason}`), subject].filter(Boolean).join(": "));
    const term = element("dt", say(`check ${check}`));
    term.prepend(element("span", say(`outcome ${outcome}`), `word ${outcome}`));
    list.append(term, ...(outcome === "holds" ? facts : details).map((each) => element("dd", each)));
  }
  return result.append(list, element("p", say("limits"), "hint"));
}

function draw() {
  document.documentElement.lang = language;
  for (const each of document.querySelectorAll("[data-say]")) each.textContent = say(each.dataset.say);
  for (const each of document.querySelectorAll("[data-language]")) each.setAttribute("aria-pressed", each.dataset.language === language);
  if (shown) show(shown);
}

for (const each of document.querySelectorAll("[data-language]")) {
  each.addEventListener("click", () => {
    language = each.dataset.language;
    draw();
  });
}
$("verify").addEventListener("click", verify);
draw();
