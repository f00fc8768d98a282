/* The service worker. SITE is written before this file (worker.py). Static files come from the phone, pages from
   the network; a page is kept only when the site asks for it (X-Kept-As), for twelve hours and for one reader. */
"use strict";
const STATIC = `static-${SITE.version}`;
const KEPT = "kept-";
const HOURS_12 = 12 * 3600 * 1000;
const PATIENCE = 5000;
const FILES = [...SITE.files, ...SITE.later].map((address) => new URL(address, location).pathname);

const VERIFY = Object.values(SITE.verify);

const unnamed = (address) => new Request(address, { credentials: "omit", cache: "no-cache" });
const isHtml = (answer) => (answer.headers.get("Content-Type") ?? "").startsWith("text/html");
const keptNames = async () => (await caches.keys()).filter((name) => name.startsWith(KEPT));

addEventListener("install", (event) => event.waitUntil(install()));
async function install() {
  const cache = await caches.open(STATIC);
  const addresses = [...SITE.files, ...Object.values(SITE.offline), ...VERIFY];
  await cache.addAll(addresses.map(unnamed));
  await skipWaiting();
}

addEventListener("activate", (event) => event.waitUntil(tidy().then(() => clients.claim())));
/* Pages of the version before still need its files. */
async function tidy() {
  if ((await keptNames()).length) return;
  const old = (await caches.keys()).filter((name) => name.startsWith("static-") && name !== STATIC);
  await Promise.all(old.map((name) => caches.delete(name)));
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && Object.values(SITE.leave).includes(pathname)) event.respondWith(leave(request));
  if (request.method !== "GET") return;
  if (FILES.includes(pathname) || pathname.includes("/CACHE/")) event.respondWith(file(request));
  else if (request.mode === "navigate") event.respondWith(page(event));
  else if (request.headers.get("Accept") === "text/html") event.respondWith(ask(request));
});

async function file(request) {
  const found = await caches.match(request, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(STATIC)).put(request, answer.clone());
  return answer;
}

/* From the network; after some patience, or without one, the page that is kept. */
async function page(event) {
  const { request } = event;
  const kept = await find(request.url);
  const asked = ask(request).catch(() => kept ?? offline(request));
  event.waitUntil(asked.then(() => renew(new URL(request.url).pathname)).catch(() => {}));
  return kept ? Promise.race([asked, new Promise((done) => setTimeout(done, PATIENCE, kept))]) : asked;
}

/* The page that checks certificates is kept as it is at each visit: it holds the keys. */
async function renew(pathname) {
  if (VERIFY.includes(pathname)) await (await caches.open(STATIC)).add(unnamed(pathname));
}

/* Of a certificate, the page that checks its signature; the signature stays in the address. */
async function offline(request) {
  const { pathname } = new URL(request.url);
  const first = pathname.split("/")[1];
  const isCertificate = first === "v" || VERIFY.some((address) => pathname.startsWith(address));
  const pages = isCertificate ? SITE.verify : SITE.offline;
  const address = pages[first === "v" ? navigator.language.slice(0, 2) : first] ?? Object.values(pages)[0];
  return (await caches.match(address, { ignoreVary: true })) ?? Response.error();
}

async function ask(request) {
  const answer = await fetch(request);
  if (answer.status < 500) await heed(request.url, answer);
  return answer;
}

/* Whoever else reads a page, or nobody, ends what was kept; an answer that is not to be kept ends its own copy. */
async function heed(address, answer) {
  const reader = answer.headers.get("X-Reader");
  if (isHtml(answer)) await forget(reader);
  const title = answer.headers.get("X-Kept-As");
  if (!answer.ok || !title) return drop(address);
  const headers = { "X-Kept-As": title, "X-Kept-At": Date.now() };
  for (const name of ["Content-Type", "Content-Security-Policy", "Permissions-Policy"]) {
    headers[name] = answer.headers.get(name);
  }
  const copy = new Response(await answer.clone().blob(), { headers });
  return (await caches.open(KEPT + reader)).put(address, copy);
}

async function leave(request) {
  await forget(null);
  return fetch(request).catch(() => offline(request));
}

async function forget(reader) {
  const others = (await keptNames()).filter((name) => name !== KEPT + reader);
  await Promise.all(others.map((name) => caches.delete(name)));
  if (others.length) await tidy();
}

async function drop(address) {
  for (const name of await keptNames()) await (await caches.open(name)).delete(address);
}

async function find(address) {
  for (const name of await keptNames()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (!isFresh(await cache.match(request))) await cache.delete(request);
    }
    const found = await cache.match(address, { ignoreVary: true });
    if (found) return found;
  }
}

function isFresh(copy) {
  const age = Date.now() - Number(copy.headers.get("X-Kept-At"));
  return age > -300000 && age < HOURS_12;
}
