/* Marks present whoever shows their card to the camera, or on a photo. The page knows digests of cards, no code. */
(() => {
  "use strict";
  const roster = document.querySelector("[data-slot]");
  const dialog = document.querySelector("[data-reader]");
  if (!roster || !dialog || !isSecureContext) return;
  const [video, said, photo] = ["video", "[role=status]", "[type=file]"].map((part) => dialog.querySelector(part));
  const opener = document.querySelector("[data-open=cards]");
  const WIDEST = 1000;
  let last = "";

  const say = (name, person = "") => (said.textContent = said.dataset[name].replace("{name}", person));
  const digest = async (code) => {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code));
    return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  const heed = async (text) => {
    const code = /\/c\/([\w-]+)\/?$/.exec(text)?.[1];
    const row = code && roster.querySelector(`[data-card="${await digest(code)}"]`);
    if (!row) return say("unknown");
    const choice = row.querySelector("[type=radio][value=p]");
    if (row.querySelector("[type=radio]:checked")) return say("already", row.dataset.name);
    choice.checked = true;
    roster.dispatchEvent(new CustomEvent("roster:marked", { detail: [row] }));
    roster.dispatchEvent(new Event("roster:shown"));
    say("here", row.dataset.name);
  };

  const lens = camera(video, WIDEST, (text) => text !== last && heed((last = text)));
  const start = async () => {
    say("ready");
    last = "";
    await lens.start().catch(() => say("blind"));
    if (!dialog.open) lens.stop();
  };

  /* A browser that reads no code by itself keeps what does it, for when there is no network. */
  document.addEventListener("page:kept", () => lens.isKnown || fetch(lens.library()).catch(() => {}));
  opener.hidden = false;
  opener.addEventListener("click", start);
  dialog.addEventListener("close", lens.stop);
  photo.addEventListener("change", async () => {
    const text = await lens.photo(photo);
    if (text) await heed(text);
    else say("nothing");
  });
})();
