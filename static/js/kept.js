/* This page is kept by the phone when the site says so; it says until when. Without a network, what is kept is listed. */
(() => {
  "use strict";
  if (!("serviceWorker" in navigator)) return;
  const HOURS_12 = 12 * 3600 * 1000;
  const list = document.querySelector("[data-kept-pages]");
  const HERE = "[data-slot],[data-grids]";
  const roster = document.querySelector(HERE);
  const here = roster && (roster.dataset.roster ?? roster.dataset.grids);

  const pages = async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("kept-"));
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return Promise.all(requests.flat().map(async ({ url }) => ({ url, copy: await caches.match(url) })));
  };
  const fill = async () => {
    const fresh = (await pages()).filter(({ copy }) => Date.now() - copy.headers.get("X-Kept-At") < HOURS_12);
    const lines = fresh.map(({ url, copy }) => {
      const line = document.querySelector("[data-kept-page]").content.cloneNode(true);
      line.querySelector("a").href = url;
      line.querySelector(".item__t").textContent = decodeURIComponent(copy.headers.get("X-Kept-As"));
      return line;
    });
    list.querySelector("ul").replaceChildren(...lines);
    list.hidden = !lines.length;
  };
  const say = async () => {
    const copy = await caches.match(here);
    return outbox.keptUntil(copy ? roster.dataset.until : "");
  };
  /* Kept anew; what other devices said meanwhile is shown. */
  const renew = async () => {
    const answer = await fetch(here, { headers: { Accept: "text/html" } }).catch(() => null);
    if (answer?.ok) replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
    await say();
  };
  const replace = (fresh) => {
    document.dispatchEvent(new CustomEvent("roster:renewed", { detail: fresh }));
    roster.dataset.until = fresh.querySelector(HERE)?.dataset.until ?? "";
    const sprite = document.querySelector("symbol").parentNode;
    fresh.querySelectorAll("symbol").forEach((drawing) => document.getElementById(drawing.id) ?? sprite.append(drawing));
    document.querySelectorAll("[data-learner]").forEach((row) => {
      const said = fresh.querySelector(`[data-learner="${row.dataset.learner}"] [data-said]`);
      if (said) row.querySelector("[data-said]").replaceChildren(...said.childNodes);
    });
  };
  const start = async () => {
    await navigator.serviceWorker.register("/worker.js");
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
    }
    await ((await caches.match(here)) ? say() : renew());
    document.dispatchEvent(new Event("page:kept"));
  };
  if (list) fill();
  if (!roster || !outbox) return;
  document.addEventListener("outbox:sent", renew);
  start().catch(() => {});
})();
