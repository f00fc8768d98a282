/* The choice applies at once; the server remembers it (or this device, offline). */
(() => {
  "use strict";
  const form = document.querySelector("[data-theme-form]");
  if (!form) return;
  const root = document.documentElement;
  form.querySelector("[type=submit]").hidden = true;
  form.addEventListener("change", (event) => {
    const theme = event.target.value;
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    document.cookie = `theme=${theme};path=/;max-age=31536000;samesite=lax`;
    fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => {});
  });
})();
