// Warns before the session ends and offers to stay. What is typed is never touched.
"use strict";
(() => {
  const line = document.querySelector("[data-session]");
  const warning = document.querySelector("[data-session-warning]");
  if (!line || !warning || !warning.showPopover) return;
  const soon = warning.querySelector("[data-session-soon]");
  const over = warning.querySelector("[data-session-over]");
  const WARN_MS = 5 * 60 * 1000;
  const IDLE_MS = 30 * 60 * 1000;
  let ends = Date.now() + Number(line.dataset.seconds) * 1000;
  // Every tab shares the session: what one tab does counts for the others.
  const tabs = new BroadcastChannel("session");

  const show = (part) => {
    soon.hidden = part !== soon;
    over.hidden = part !== over;
    if (!warning.matches(":popover-open")) warning.showPopover();
  };
  const tick = () => {
    const left = ends - Date.now();
    if (left <= 0) show(over);
    else if (left <= WARN_MS) show(soon);
    else if (warning.matches(":popover-open")) warning.hidePopover();
  };
  const seen = (until, tell) => {
    ends = Math.max(ends, until);
    if (tell) tabs.postMessage(ends);
    tick();
  };

  tabs.addEventListener("message", (event) => seen(event.data, false));
  window.addEventListener("session-seen", () => seen(Date.now() + IDLE_MS, true));
  document.addEventListener("visibilitychange", tick);
  warning.querySelector("[data-session-stay]").addEventListener("click", async () => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    const body = new URLSearchParams({ csrfmiddlewaretoken: token ? token.value : "" });
    try {
      const answer = await fetch(line.dataset.stay, {
        method: "POST", body, redirect: "manual", headers: { accept: "application/json" },
      });
      if (!answer.ok) return show(over);
      seen(Date.now() + (await answer.json()).seconds * 1000, true);
    } catch (failure) {
      show(soon);
    }
  });
  tabs.postMessage(ends);
  setInterval(tick, 5000);
})();
