/* Shows what needs a passkey where one can be used, never at a bare number, and says in words when it was not used. */
(() => {
  "use strict";
  const all = (name) => document.querySelectorAll(`[${name}]`);
  const possible = window.PublicKeyCredential && !/^[\d.]+$|:/.test(location.hostname);
  if (possible) {
    all("data-passkey").forEach((part) => (part.hidden = false));
    all("data-no-passkey").forEach((part) => (part.hidden = true));
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    all("data-passkey-failed").forEach((note) => {
      note.setAttribute("role", "alert");
      note.hidden = false;
    });
  });
})();
