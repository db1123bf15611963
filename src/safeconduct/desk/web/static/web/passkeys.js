// Passkeys: asks the server for options, the browser for a passkey, and lets the page's form carry the answer.
"use strict";
(() => {
  const form = document.querySelector("form[data-passkey]");
  const isNumber = /^[\d.]+$|^\[/.test(window.location.hostname);
  if (!form || !window.PublicKeyCredential || isNumber) return;
  const problem = form.querySelector("[data-passkey-problem]");
  const button = form.querySelector("[data-passkey-button]");
  form.querySelector("[data-passkey-offer]").hidden = false;

  const bytesOf = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (character) => character.charCodeAt(0));
  };
  const textOf = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const hexOf = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

  const inputs = (prf) => {
    const found = { eval: { first: bytesOf(prf.eval.first) } };
    if (prf.evalByCredential) {
      found.evalByCredential = {};
      for (const [id, salts] of Object.entries(prf.evalByCredential)) found.evalByCredential[id] = { first: bytesOf(salts.first) };
    }
    return found;
  };
  const descriptors = (list) => (list || []).map((each) => ({ ...each, id: bytesOf(each.id) }));
  const read = ({ publicKey }) => {
    const options = { ...publicKey, challenge: bytesOf(publicKey.challenge), extensions: { prf: inputs(publicKey.extensions.prf) } };
    if (options.user) options.user = { ...options.user, id: bytesOf(options.user.id) };
    if (options.excludeCredentials) options.excludeCredentials = descriptors(options.excludeCredentials);
    if (options.allowCredentials) options.allowCredentials = descriptors(options.allowCredentials);
    return options;
  };

  // Some authenticators fail at the PRF request instead of passing it over: then once more without it.
  const ask = async (use, publicKey) => {
    try {
      return await navigator.credentials[use]({ publicKey });
    } catch (failure) {
      if (failure.name === "NotAllowedError" || failure.name === "AbortError" || failure.name === "InvalidStateError") throw failure;
      const { extensions, ...without } = publicKey;
      return navigator.credentials[use]({ publicKey: without });
    }
  };

  const outputOf = (credential) => {
    const prf = credential.getClientExtensionResults().prf;
    return prf && prf.results && prf.results.first ? hexOf(prf.results.first) : "";
  };
  // Some authenticators promise a PRF when a passkey is made and give it only when it is used.
  const outputAfterMaking = async (credential, publicKey) => {
    const prf = credential.getClientExtensionResults().prf;
    if (!prf || !prf.enabled || prf.results) return outputOf(credential);
    const again = await navigator.credentials.get({
      publicKey: {
        challenge: crypto.getRandomValues(new Uint8Array(32)),
        rpId: publicKey.rp.id,
        allowCredentials: [{ type: "public-key", id: credential.rawId }],
        userVerification: "required",
        extensions: publicKey.extensions,
      },
    });
    return outputOf(again);
  };

  // Built field by field: toJSON() would put the PRF's output among the extension results.
  const answerOf = (credential) => {
    const response = { clientDataJSON: textOf(credential.response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = textOf(credential.response[name]);
    }
    return { id: credential.id, rawId: textOf(credential.rawId), type: credential.type, response, clientExtensionResults: {} };
  };

  const send = (answer, output) => {
    for (const [name, value] of [["answer", JSON.stringify(answer)], ["output", output]]) {
      form.elements[name].value = value;
      form.elements[name].disabled = false;
    }
    if (form.dataset.answer) form.action = form.dataset.answer;
    form.submit();
  };

  button.addEventListener("click", async () => {
    problem.hidden = true;
    button.disabled = true;
    try {
      const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
      if (form.elements.name instanceof HTMLInputElement) body.set("name", form.elements.name.value);
      const asked = await fetch(form.dataset.options, { method: "POST", body, headers: { accept: "application/json" } });
      // The proof has become too old, or the session has ended: the page itself asks for it and leads back here.
      if (asked.status === 403 || asked.redirected) return window.location.reload();
      if (!asked.ok) throw new Error("no options");
      const publicKey = read(await asked.json());
      const credential = await ask(form.dataset.passkey, publicKey);
      const output = form.dataset.passkey === "create" ? await outputAfterMaking(credential, publicKey) : outputOf(credential);
      send(answerOf(credential), output);
    } catch (failure) {
      problem.hidden = false;
      button.disabled = false;
    }
  });
})();
