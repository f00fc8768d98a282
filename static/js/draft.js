/* Keeps a grid that is being filled on this phone ([data-draft] names it), for twelve hours at most and until the site
   has it ([data-drafted] lists the uuids it has). Without a network nothing is sent: the button says so. */
(() => {
  "use strict";
  const [BEGIN, HOURS_12] = ["draft:", 12 * 3600 * 1000];
  const names = () => Object.keys(localStorage).filter((name) => name.startsWith(BEGIN));
  const read = (name) => new URLSearchParams(localStorage.getItem(name) ?? "");
  names().forEach((name) => Date.now() - read(name).get("at") < HOURS_12 || localStorage.removeItem(name));
  document.querySelectorAll("[data-drafted]").forEach(({ dataset }) => {
    const sent = dataset.drafted.split(" ");
    names().forEach((name) => sent.includes(read(name).get("uuid")) && localStorage.removeItem(name));
  });
  const form = document.querySelector("[data-draft]");
  if (!form) return;
  const name = BEGIN + form.dataset.draft;
  const [back, away] = ["back", "away"].map((note) => form.querySelector(`[data-draft-${note}]`));
  const put = (kept) => {
    kept.delete("csrfmiddlewaretoken");
    for (const [field, value] of kept) {
      const found = form.elements.namedItem(field);
      if (found) found.value = value;
    }
    form.querySelectorAll("details").forEach((part) => (part.open = [...part.querySelectorAll("textarea")].some((text) => text.value)));
    back.hidden = false;
  };
  const keep = () => {
    const said = new URLSearchParams(new FormData(form));
    said.delete("csrfmiddlewaretoken");
    said.set("at", Date.now());
    localStorage.setItem(name, said);
  };
  if (!form.querySelector("[role=alert]") && localStorage.getItem(name)) put(read(name));
  form.addEventListener("input", keep);
  form.addEventListener("draft:sent", () => localStorage.removeItem(name));
  form.addEventListener("submit", (event) => {
    away.hidden = navigator.onLine;
    if (navigator.onLine) return;
    event.preventDefault();
    keep();
    away.scrollIntoView({ block: "center" });
  });
})();
