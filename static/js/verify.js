/* Checks the QR code of a certificate by its signature alone, with the keys that the page holds: it says what
   certification/credentials/payload.py writes. Needs no network; never says that a certificate is valid. */
(() => {
  "use strict";
  const place = document.querySelector("[data-signed]");
  if (!place || !isSecureContext) return;
  const [SIGNATURE, HEAD, CUT, DAY, ZERO] = [64, 21, 128, 86400000, Date.UTC(2020, 0, 1)];
  const PURPOSE = new TextEncoder().encode("ambassadeurs certificate 1\0");
  const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const WIDEST = 1200;
  const json = (id) => JSON.parse(document.getElementById(id).textContent);
  const [keys, schemes] = [json("published-keys"), json("schemes")];

  /* Only the one way to write these bytes. */
  const decoded = (text) => {
    const bytes = Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
    const again = btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
    if (again !== text) throw new Error("not base 64");
    return bytes;
  };
  const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const codeOf = (bytes) => {
    const number = BigInt(`0x${hex(bytes)}`);
    return Array.from({ length: 16 }, (_, place) => SIGNS[Number((number >> BigInt(75 - 5 * place)) & 31n)]).join("");
  };
  const dayOf = (days) => new Date(ZERO + days * DAY);

  const check = async (text) => {
    const bytes = decoded(text);
    const [signed, signature] = [bytes.subarray(0, -SIGNATURE), bytes.subarray(-SIGNATURE)];
    if (signed.length < HEAD || signed[0] !== 1) return null;
    const key = keys.find(({ name }) => name === hex(signed.subarray(1, 5)))?.key;
    if (!key) return { isNewer: true };
    const { verifyAsync } = await import(place.dataset.signed);
    const message = new Uint8Array([...PURPOSE, ...signed]);
    if (!(await verifyAsync(hex(signature), hex(message), key, { zip215: false }))) return null;
    const view = new DataView(signed.buffer, signed.byteOffset, signed.length);
    const name = new TextDecoder().decode(signed.subarray(HEAD));
    return {
      code: codeOf(signed.subarray(5, 15)),
      title: schemes[signed[15]] ?? "",
      issued: dayOf(view.getUint16(16)),
      until: view.getUint16(18) ? dayOf(view.getUint16(18)) : null,
      holder: signed[20] & CUT ? `${name}…` : name,
    };
  };

  const verdict = place.querySelector("[data-verdict]");
  const said = place.querySelector("[role=status]");
  const say = (name) => (said.textContent = name ? said.dataset[name] : "");
  const show = (facts) => {
    const copy = document.querySelector(facts ? "template[data-genuine]" : "template[data-refused]").content.cloneNode(true);
    const part = (name, text) => {
      const found = copy.querySelector(`[data-part=${name}]`);
      found.textContent = text;
      found.closest("div").hidden = !text;
    };
    if (facts) {
      const written = (day) => day.toLocaleDateString(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
      const hasEnded = facts.until && Date.now() >= facts.until.getTime() + DAY;
      part("holder", facts.holder);
      part("title", facts.title);
      part("code", facts.code.match(/.{4}/g).join("-"));
      part("issued", written(facts.issued));
      if (facts.until) part(hasEnded ? "ended" : "until", written(facts.until));
    }
    document.querySelector("[data-unknown]")?.toggleAttribute("hidden", Boolean(facts));
    verdict.replaceChildren(copy);
    verdict.focus();
  };
  const judge = async (payload, code) => {
    const facts = await check(payload).catch(() => null);
    if (facts?.isNewer) return say("newer");
    show(facts && (!code || facts.code === code) ? facts : null);
  };
  const judgeAddress = () => {
    const code = location.pathname.split("/").filter(Boolean).pop().replace(/[^0-9A-Za-z]/g, "").toUpperCase();
    if (location.hash.length > 80) judge(location.hash.slice(1), code.length === 16 ? code : "");
  };

  /* With a network, the page of the certificate says more; the address keeps the signature for when there is none. */
  const heed = async (text) => {
    const [, code, payload] = /\/v\/([0-9A-Z]{16})\/?(?:#([\w-]+))?$/.exec(text) ?? [];
    if (!code) return say("unknown");
    lens.stop();
    say("");
    if (navigator.onLine) return location.assign(`${place.dataset.address}${code}/${payload ? `#${payload}` : ""}`);
    return payload ? judge(payload, code) : say("bare");
  };

  const lens = camera(place.querySelector("video"), WIDEST, heed);
  const start = async () => {
    say("ready");
    await lens.start().catch(() => say("blind"));
  };
  place.querySelector("[data-camera]").addEventListener("click", start);
  place.querySelector("[type=file]").addEventListener("change", async ({ target }) => {
    const text = await lens.photo(target);
    if (text) await heed(text);
    else say("nothing");
  });
  /* A code and a file are looked up on the site: without a network, what was typed stays. */
  document.querySelectorAll("main form").forEach((form) =>
    form.addEventListener("submit", (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      say("offline");
      place.scrollIntoView({ block: "nearest" });
    })
  );
  place.hidden = false;
  addEventListener("hashchange", judgeAddress);
  judgeAddress();
  /* Once asked, or installed, this page and what it needs are kept on the device. */
  const keep = async () => {
    const worker = navigator.serviceWorker;
    await worker.register("/worker.js");
    await worker.ready;
    if (!worker.controller) await new Promise((done) => worker.addEventListener("controllerchange", done, { once: true }));
    await Promise.all([place.dataset.signed, lens.library()].map((address) => fetch(address)));
    keeper.hidden = true;
    place.querySelector("[data-kept]").hidden = false;
  };
  const keeper = place.querySelector("[data-keep]");
  keeper.addEventListener("click", () => keep().catch(() => say("unkept")));
  const begin = async () => {
    if (!("serviceWorker" in navigator)) return;
    keeper.hidden = false;
    const isInstalled = matchMedia("(display-mode: standalone)").matches;
    if (isInstalled || (await navigator.serviceWorker.getRegistration())) await keep();
  };
  begin().catch(() => {});
})();
