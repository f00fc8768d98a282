/* Shows what needs a passkey where the device knows them, and says in words when one was not used. */
(() => {
  "use strict";
  const all = (name) => document.querySelectorAll(`[${name}]`);
  if (window.PublicKeyCredential) all("data-passkey").forEach((part) => (part.hidden = false));
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    all("data-passkey-failed").forEach((note) => {
      note.setAttribute("role", "alert");
      note.hidden = false;
    });
  });
})();
