/* A form is sent once. Its button says so until the answer comes; after 15 s one may try again. */
(() => {
  "use strict";
  const sent = new Map();
  const release = (form) => {
    const { button, content } = sent.get(form);
    sent.delete(form);
    if (!button) return;
    button.removeAttribute("aria-busy");
    button.replaceChildren(...content);
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (event.defaultPrevented || form.method !== "post") return;
    if (sent.has(form)) return event.preventDefault();
    sent.set(form, { button, content: button ? [...button.childNodes] : [] });
    setTimeout(() => sent.has(form) && release(form), 15000);
    if (!button) return;
    button.setAttribute("aria-busy", "true");
    button.replaceChildren(document.body.dataset.busy);
  });
  addEventListener("pageshow", () => [...sent.keys()].forEach(release));
})();
