/* Each mark and each signature of the roster goes to the outbox at once, so that a page that is killed loses nothing. */
(() => {
  "use strict";
  const roster = document.querySelector("[data-slot]");
  if (!roster || !outbox) return;
  const { slot, planned, now, countersign } = roster.dataset;
  const rows = [...roster.querySelectorAll(".roll")];
  const toast = document.querySelector("[data-undo]");
  const dialog = document.querySelector("[data-signature]");
  const drawn = document.getElementById("drawn");
  const chip = document.querySelector("[data-chip]");
  const PARTIAL = ["l", "d"];
  let last = null;
  let signing = null;
  let writing = Promise.resolve();

  const radio = (row, status) => row.querySelector(`[type=radio][value=${status}]`);
  const minutesIn = (row) => row.querySelector("[type=number]");
  const seenIn = (row) => row.querySelector("[name$=-seen]");
  const stated = (row) => {
    const status = row.querySelector("[type=radio]:checked")?.value ?? "";
    return { status, minutes: PARTIAL.includes(status) ? Number(minutesIn(row)?.value) : 0 };
  };
  const isWhole = ({ status, minutes }) =>
    status && (!PARTIAL.includes(status) || (Number.isInteger(minutes) && minutes > 0 && minutes <= planned));
  const before = new Map(rows.map((row) => [row, { ...stated(row), seen: seenIn(row).value }]));

  const show = (row, { status, minutes, seen, signature }) => {
    row.querySelectorAll("[type=radio]").forEach((choice) => (choice.checked = choice.value === status));
    if (minutes) minutesIn(row).value = minutes;
    row.querySelector("details")?.toggleAttribute("open", PARTIAL.includes(status));
    seenIn(row).value = seen;
    before.set(row, { status, minutes, seen });
    if (signature) showSigned(row);
  };
  const showSigned = (row) => {
    row.querySelector(".todo")?.replaceWith(chip.content.cloneNode(true));
    row.querySelectorAll("[type=radio]").forEach((choice) => (choice.disabled = true));
    row.querySelectorAll("[data-signs],details").forEach((part) => (part.hidden = true));
  };
  const recount = () => roster.dispatchEvent(new Event("roster:shown"));

  const keep = async (said) => {
    const undone = said.map(({ row }) => [row, before.get(row)]);
    const entries = said.map(({ row, status, minutes, signature }) => {
      const [uuid, seen] = [crypto.randomUUID(), seenIn(row).value];
      show(row, { status, minutes, seen: uuid, signature });
      const more = { ...(minutes && { minutes }), ...(seen && { seen }), ...(signature && { signature }) };
      return { uuid, learner: row.dataset.learner, status, ...more };
    });
    recount();
    writing = outbox.add(slot, entries);
    const numbers = await writing;
    last = { numbers, undone };
    return said;
  };
  const mark = async (changed) => {
    const said = changed.map((row) => ({ row, ...stated(row) })).filter((one) => isWhole(one) && isNew(one));
    if (said.length) offerUndo(await keep(said));
  };
  const isNew = ({ row, status, minutes }) => {
    const shown = before.get(row);
    return status !== shown.status || minutes !== shown.minutes;
  };
  const offerUndo = (said) => {
    const [{ row, status }] = said;
    const word = radio(row, status).closest("label").textContent.trim();
    const text = toast.querySelector("p");
    text.textContent =
      said.length > 1 ? text.dataset.many.replace("{count}", said.length) : `${row.dataset.name} · ${word}`;
    toast.hidden = false;
  };
  const undo = async () => {
    const { numbers, undone } = last;
    toast.hidden = true;
    undone.forEach(([row, shown]) => show(row, shown));
    recount();
    await outbox.remove(numbers);
  };

  const sign = (row) => {
    signing = row;
    dialog.querySelector("h2").textContent = row.dataset.name;
    dialog.querySelector(".err").hidden = true;
    dialog.querySelector("[data-clear]").click();
    dialog.showModal();
  };
  const isDrawn = (strokes) => {
    const side = (from) => strokes.flatMap((stroke) => stroke.filter((_value, at) => at % 2 === from));
    const width = (values) => Math.max(...values) - Math.min(...values);
    return side(0).length >= 8 && Math.max(width(side(0)), width(side(1))) >= 24;
  };
  const signed = async () => {
    const signature = drawn.value;
    dialog.querySelector(".err").hidden = isDrawn(JSON.parse(signature || "[]"));
    if (!dialog.querySelector(".err").hidden) return;
    const shown = before.get(signing);
    const there = ["p", ...PARTIAL].includes(shown.status) && isWhole(shown);
    await keep([{ row: signing, ...(there ? shown : { status: "p", minutes: 0 }), signature }]);
    toast.hidden = true;
    dialog.close();
  };

  const save = async (event) => {
    const button = event.submitter;
    const unfinished = rows.find((row) => stated(row).status && !isWhole(stated(row)));
    if (button.dataset.through) return;
    event.preventDefault();
    button.setAttribute("aria-busy", "true");
    const sent = await writing.then(outbox.send).catch(() => null);
    button.removeAttribute("aria-busy");
    if (sent === null || (sent && unfinished)) return goThrough(button);
    if (unfinished) return minutesIn(unfinished).focus();
    if (sent && button.name === "sign") return location.assign(countersign);
    outbox.panel.scrollIntoView({ block: "center" });
  };
  /* What this page cannot keep or judge, the form does. */
  const goThrough = (button) => {
    button.dataset.through = "1";
    roster.requestSubmit(button);
  };

  roster.addEventListener("change", (event) => {
    const row = event.target.closest(".roll");
    if (event.target.type === "radio" && PARTIAL.includes(event.target.value)) {
      row.querySelector("details").open = true;
      if (!isWhole(stated(row))) minutesIn(row).focus();
    }
    mark([row]);
  });
  roster.addEventListener("roster:marked", (event) => mark(event.detail));
  roster.addEventListener("submit", save);
  roster.addEventListener("click", (event) => {
    const link = event.target.closest("[data-signs]");
    if (!link) return;
    event.preventDefault();
    sign(link.closest(".roll"));
  });
  /* Who was marked on another device meanwhile, and not here or otherwise: what counts is shown. */
  document.addEventListener("roster:renewed", ({ detail: fresh }) => {
    rows.forEach((row) => {
      const other = fresh.querySelector(`[data-learner="${row.dataset.learner}"]`);
      if (!other || !stated(other).status) return;
      if (stated(row).status && !other.querySelector("[data-said] .note")) return;
      show(row, { ...stated(other), seen: seenIn(other).value, signature: other.querySelector(":disabled") });
    });
    recount();
  });
  dialog.querySelector("[data-signed]").addEventListener("click", signed);
  toast.querySelector("button").addEventListener("click", undo);
  document.addEventListener("outbox:sending", () => (toast.hidden = true));
  outbox.unseen(slot, now).then((entries) => {
    entries.forEach((entry) => {
      const row = rows.find(({ dataset }) => dataset.learner === entry.learner);
      if (row) show(row, { ...entry, minutes: entry.minutes ?? 0, seen: entry.uuid });
    });
    recount();
  });
})();
