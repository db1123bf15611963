// Keys of the list: j and k go down and up, Enter opens (the focus is on the link). Without this script Tab does the same.
"use strict";
(() => {
  const links = [...document.querySelectorAll("[data-rows] th[scope=row] a")];
  const hint = document.querySelector("[data-keys]");
  if (!links.length) return;
  if (hint) hint.hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const here = links.indexOf(document.activeElement);
    const next = here < 0 ? 0 : Math.min(Math.max(here + step, 0), links.length - 1);
    links[next].focus();
    links[next].scrollIntoView({ block: "nearest" });
    event.preventDefault();
  });
})();
