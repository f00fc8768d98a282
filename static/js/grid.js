/* Grids without a network: those of a learner are kept with the page that lists them, and a filled one goes to the outbox.
   [data-grids] is the address of the page, [data-assignment] the request to assess that it belongs to. */
(() => {
  "use strict";
  const place = document.querySelector("[data-grids]");
  if (!place || !outbox) return;
  const { assignment, now, back } = place.dataset;
  const form = document.getElementById("grid");

  /* One copy of a grid for its three moments, which the fragment tells apart. */
  const links = [...document.querySelectorAll("[data-moment]")];
  const shared = (link) => link.href.split(/[?#]/)[0];
  links.forEach((link) => (link.href = `${shared(link)}#${link.dataset.moment}`));
  document.addEventListener("page:kept", async () => {
    for (const address of new Set(links.map(shared))) {
      if (!(await caches.match(address))) await fetch(address, { headers: { Accept: "text/html" } }).catch(() => {});
    }
    place.dataset.ready = "";
  });
  outbox.unseen(assignment, now);
  if (!form) return;

  /* A page that was kept is filled more than once. */
  form.elements.uuid.value = crypto.randomUUID();
  const moment = form.querySelector(`[name=moment][value="${location.hash.slice(1)}"]`);
  if (moment && !form.querySelector("[name=moment]:checked")) moment.checked = true;
  const isWhole = () =>
    form.querySelector("[name=moment]:checked") && form.querySelector("[name^=mark-]:checked:not([value=''])");
  const save = (event) => {
    if (form.dataset.through || !isWhole()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    deliver();
  };
  const deliver = async () => {
    if (!(await keep().catch(() => false))) return goThrough();
    if (await outbox.send().catch(() => false)) return location.assign(back);
    document.querySelectorAll("#grid,.dock").forEach((part) => (part.hidden = true));
    outbox.panel.scrollIntoView({ block: "center" });
  };
  const keep = async () => {
    const said = Object.fromEntries(new FormData(form));
    delete said.csrfmiddlewaretoken;
    await outbox.add(assignment, [{ ...said, block: form.dataset.block }]);
    form.dispatchEvent(new Event("draft:sent"));
    return true;
  };
  /* What this page cannot keep, the form sends; what is not whole, it answers. */
  const goThrough = () => {
    form.dataset.through = "1";
    form.requestSubmit();
  };
  form.addEventListener("submit", save);
})();
