/* What is marked on this phone waits here, as codes, until the site has it. [data-outbox] says in words how it stands:
   its sentences are attributes (data-none, data-one, data-many, with {count}); one [data-state] is shown at a time. */
const outbox = (() => {
  "use strict";
  const panel = document.querySelector("[data-outbox]");
  if (!panel || !isSecureContext || !navigator.locks || !("indexedDB" in self)) return null;
  const NO_SLOT = "00000000-0000-0000-0000-000000000000";
  const [BATCH, CALM, AGAIN, DAY] = [20, 8000, 30000, 86400000];
  const WRONG_CLOCK = 5;
  const me = panel.dataset.author;
  let [opened, timer, met, delivered, late, skew, until] = [null, 0, "", false, 0, 0, ""];

  const open = () =>
    new Promise((done, failed) => {
      const asked = indexedDB.open("outbox", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("entries", { keyPath: "number", autoIncrement: true });
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  const inStore = async (mode, work) => {
    const base = await (opened ??= open());
    return new Promise((done, failed) => {
      const deal = base.transaction("entries", mode, { durability: "strict" });
      const asked = work(deal.objectStore("entries"));
      deal.oncomplete = () => done(asked.map((one) => one.result));
      deal.onerror = deal.onabort = () => failed(deal.error);
    });
  };
  const all = async () => (await inStore("readonly", (store) => [store.getAll()]))[0];
  const write = (entries) => inStore("readwrite", (store) => entries.map((entry) => store.put(entry)));
  const drop = (numbers) => inStore("readwrite", (store) => numbers.map((number) => store.delete(number)));
  const isMine = (entry) => entry.author === me;
  const waits = (entry) => !entry.sent && !entry.refused;

  const sentence = ({ none, one, many }, count) => ([none, one][count] ?? many ?? "").replace("{count}", count);
  const show = (note, count, visible) => {
    note.hidden = !visible;
    note.querySelectorAll("[data-many]").forEach((text) => {
      text.textContent = sentence(text.dataset, count).replace("{time}", until);
    });
  };
  const nameOf = (code) => document.querySelector(`[data-learner="${code}"]`)?.dataset.name ?? "";
  const list = (refused) => {
    const lines = refused.map(({ learner, refused: why }) => {
      const line = document.createElement("li");
      line.textContent = [nameOf(learner), why].filter(Boolean).join(" · ");
      return line;
    });
    panel.querySelector("[data-note=refused] ul").replaceChildren(...lines);
  };
  const stateOf = (left, refused) => {
    if (!navigator.onLine || met === "offline") return "offline";
    if (left) return met || "waiting";
    if (delivered && !refused) return "sent";
    return until ? "kept" : "";
  };
  const refresh = async () => {
    const entries = await all();
    const left = entries.filter((entry) => isMine(entry) && waits(entry)).length;
    const refused = entries.filter((entry) => isMine(entry) && entry.refused);
    const minutes = Math.round(Math.abs(skew) / 60);
    const counts = { late, others: entries.filter((entry) => !isMine(entry) && waits(entry)).length };
    Object.assign(counts, { clock: minutes < WRONG_CLOCK ? 0 : minutes, refused: refused.length });
    const state = stateOf(left, refused.length);
    panel.hidden = false;
    panel.querySelectorAll("[data-state]").forEach((note) => show(note, left, note.dataset.state === state));
    panel.querySelectorAll("[data-note]").forEach(({ dataset: { note } }) => {
      show(panel.querySelector(`[data-note=${note}]`), counts[note], counts[note]);
    });
    panel.querySelector("[data-kept]").hidden = !until;
    list(refused);
    return !left && !refused.length;
  };

  const stop = (state) => Object.assign(new Error(state), { state });
  const MET = { 0: "signed_out", 401: "signed_out", 403: "closed", 404: "closed" };
  const ask = async (address, options = {}) => {
    const headers = { Accept: "application/json", ...options.headers };
    const sent = fetch(address, { cache: "no-store", redirect: "manual", ...options, headers });
    const answer = await sent.catch(() => Promise.reject(stop("offline")));
    if (!answer.ok) throw stop(MET[answer.status]);
    return answer.json();
  };
  const judged = (entry, { verdict, sentence: why }, now) => {
    if (verdict === "late") late += 1;
    return { ...entry, ...(["recorded", "known", "late"].includes(verdict) ? { sent: now } : { refused: why }) };
  };
  const waiting = async () => (await all()).filter((entry) => isMine(entry) && waits(entry));
  /* From the event on, nothing of it is taken back. */
  const deliverTo = async ([slot, to]) => {
    const address = (to ?? panel.dataset.outbox).replace(NO_SLOT, slot);
    const { author, token } = await ask(address);
    if (author !== me) throw stop("other");
    document.dispatchEvent(new Event("outbox:sending"));
    const entries = (await waiting()).filter((entry) => entry.slot === slot);
    for (let at = 0; at < entries.length; at += BATCH) {
      const some = entries.slice(at, at + BATCH);
      const body = JSON.stringify({ sent_at: new Date().toISOString(), entries: some });
      const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
      const answer = await ask(address, { method: "POST", headers, body });
      skew = answer.skew;
      await write(some.map((entry, index) => judged(entry, answer.verdicts[index], answer.now)));
      delivered = true;
    }
  };
  const deliver = async () => {
    clearTimeout(timer);
    met = "";
    const slots = new Map((await waiting()).map((entry) => [entry.slot, entry.to]));
    for (const slot of slots) await deliverTo(slot).catch(({ state }) => (met = state ?? "waiting"));
    if (met === "waiting" || met === "offline") timer = setTimeout(send, AGAIN);
    if (slots.size && !met) document.dispatchEvent(new Event("outbox:sent"));
    return refresh();
  };
  const send = () => navigator.locks.request("outbox", deliver);

  const add = async (slot, said) => {
    const device_at = new Date().toISOString();
    const numbers = await write(said.map((entry) => ({ ...entry, slot, to: panel.dataset.outbox, author: me, device_at })));
    clearTimeout(timer);
    timer = setTimeout(send, CALM);
    await refresh();
    return numbers;
  };
  /* What this person said of a half-day and its page, made at `now`, does not show. */
  const unseen = async (slot, now) => {
    const entries = (await all()).filter((entry) => entry.sent && isMine(entry));
    const isIn = (entry) => entry.slot === slot && new Date(entry.sent) <= new Date(now);
    const shown = entries.filter((entry) => isIn(entry) || Date.now() - new Date(entry.sent) > DAY);
    await drop(shown.map((entry) => entry.number));
    return (await all()).filter((entry) => entry.slot === slot && isMine(entry) && !entry.refused);
  };
  const remove = async (numbers) => {
    await drop(numbers);
    return refresh();
  };
  const read = async () => remove((await all()).filter((entry) => isMine(entry) && entry.refused).map((e) => e.number));

  panel.querySelector("[data-send]").addEventListener("click", send);
  panel.querySelector("[data-read]").addEventListener("click", read);
  addEventListener("online", send);
  addEventListener("offline", refresh);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
  send().catch(() => {});
  return { add, remove, send, unseen, panel, keptUntil: (time) => ((until = time), refresh()) };
})();
