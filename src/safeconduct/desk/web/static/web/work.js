// A busy desk asks for a little work instead of a wait: find a word such that SHA-256 of ticket, colon and word begins with
// enough zero bits. Without this script, or without the browser's digest, the person waits as the page says.
(() => {
  const field = document.querySelector("input[data-work-bits]");
  if (!field || !window.crypto?.subtle) return;
  const ticket = field.form.elements.ticket.value;
  const bits = Number(field.dataset.workBits);
  const done = document.querySelector("[data-work-done]");
  const encoder = new TextEncoder();
  const fits = (digest) => {
    for (let bit = 0; bit < bits; bit += 1) {
      if (digest[bit >> 3] & (128 >> (bit & 7))) return false;
    }
    return true;
  };
  const search = async () => {
    const start = crypto.getRandomValues(new Uint32Array(2)).join("");
    for (let count = 0; ; count += 64) {
      const words = Array.from({ length: 64 }, (_, index) => `${start}.${count + index}`);
      const digests = await Promise.all(words.map((word) => crypto.subtle.digest("SHA-256", encoder.encode(`${ticket}:${word}`))));
      const found = digests.findIndex((digest) => fits(new Uint8Array(digest)));
      if (found >= 0) return words[found];
    }
  };
  search().then((word) => {
    field.value = word;
    if (done) done.hidden = false;
  });
})();
