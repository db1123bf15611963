// Leaving without a trace in the history of this tab. Without this script the button still leaves.
"use strict";
(() => {
  const leaving = document.querySelector("[data-leave-to]");
  if (!leaving) return;
  const leave = (event) => {
    event.preventDefault();
    document.documentElement.hidden = true;
    document.title = "";
    if (leaving instanceof HTMLFormElement) {
      // The server forgets the session even if this tab is gone before it answers.
      fetch(leaving.action, { method: "POST", body: new FormData(leaving), keepalive: true, redirect: "manual" }).catch(() => {});
    }
    window.location.replace(leaving.dataset.leaveTo);
  };
  leaving.addEventListener(leaving instanceof HTMLFormElement ? "submit" : "click", leave);
})();
