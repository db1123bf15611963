// Keeps what is typed into a form as a sealed draft on the server, a moment after typing pauses.
"use strict";
(() => {
  const PAUSE_MS = 3000;
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const status = form.querySelector("[data-draft-status]");
    let timer = 0;
    let sent = false;

    const say = (words) => {
      if (!status) return;
      status.hidden = false;
      status.textContent = words;
    };
    const save = async () => {
      clearTimeout(timer);
      timer = 0;
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
      try {
        const answer = await fetch(form.dataset.draft, { method: "POST", body, redirect: "manual", keepalive: true });
        if (answer.status !== 204) throw new Error("not kept");
        const now = new Date();
        say(`${status ? status.dataset.saved : ""} ${now.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`);
        window.dispatchEvent(new Event("session-seen"));
      } catch (failure) {
        say(status ? status.dataset.failed : "");
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE_MS);
    });
    document.addEventListener("submit", async (event) => {
      const waits = timer !== 0;
      clearTimeout(timer);
      timer = 0;
      sent = true;
      // A form that is sent is saved by that; a late draft would come back after it. Before another form of the page
      // goes, the draft goes, because that form may count on it.
      if (event.target === form || !waits) return;
      event.preventDefault();
      await save();
      event.target.submit();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && timer && !sent) save();
    });
  }
})();
