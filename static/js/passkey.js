/* Shows what needs a passkey where one can be used, never at a bare number, and says in words when it was not used.
   data-passkey names the step of allauth's script: login | authenticate | add. */
(() => {
  "use strict";
  const all = (name) => document.querySelectorAll(`[${name}]`);
  const begin = (form) => {
    const [button, credential] = [form.querySelector("button"), form.querySelector("[name=credential]")];
    const passwordless = form.querySelector("[name=passwordless]")?.id;
    const ids = { [form.dataset.passkey]: button.id, credential: credential.id, passwordless, data: "js_data" };
    window.allauth.webauthn.forms[`${form.dataset.passkey}Form`]({ ids });
    form.hidden = false;
  };
  if (window.PublicKeyCredential && !/^[\d.]+$|:/.test(location.hostname)) {
    all("data-passkey").forEach(begin);
    all("data-no-passkey").forEach((note) => (note.hidden = true));
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    all("data-passkey-failed").forEach((note) => {
      note.setAttribute("role", "alert");
      note.hidden = false;
    });
  });
})();
