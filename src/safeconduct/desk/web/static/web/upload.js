// While files travel, say how far they are. The answer is shown as the browser would have shown it.
(() => {
  const show = (bar, share) => {
    bar.value = share;
    bar.hidden = false;
  };
  const answered = (request) => {
    const isElsewhere = request.responseURL && request.responseURL !== window.location.href.split("#")[0];
    if (isElsewhere) {
      window.location.replace(request.responseURL);
      return;
    }
    document.open();
    document.write(request.responseText);
    document.close();
  };
  document.querySelectorAll("form[enctype='multipart/form-data']").forEach((form) => {
    const bar = form.querySelector("progress[data-upload]");
    if (!bar) return;
    form.addEventListener("submit", (event) => {
      const files = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
      if (files.length === 0) return;
      event.preventDefault();
      const button = event.submitter;
      const request = new XMLHttpRequest();
      request.open("POST", (button && button.getAttribute("formaction")) || form.action);
      request.upload.addEventListener("progress", (moment) => {
        if (moment.lengthComputable) show(bar, moment.loaded / moment.total);
      });
      request.addEventListener("load", () => answered(request));
      // The connection broke: let the browser try in its own way, with everything still in the form.
      request.addEventListener("error", () => {
        bar.hidden = true;
        form.submit();
      });
      if (button) button.disabled = true;
      show(bar, 0);
      request.send(new FormData(form, button && !button.disabled ? button : undefined));
    });
  });
})();
