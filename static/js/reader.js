/* Marks present whoever shows their card to the camera, or on a photo. The page knows digests of cards, no code. */
(() => {
  "use strict";
  const roster = document.querySelector("[data-slot]");
  const dialog = document.querySelector("[data-reader]");
  if (!roster || !dialog || !isSecureContext) return;
  const [video, said, photo] = ["video", "[role=status]", "[type=file]"].map((part) => dialog.querySelector(part));
  const opener = document.querySelector("[data-open=cards]");
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const [EVERY, WIDEST] = [250, 1000];
  let [stream, last, decoder] = [null, "", null];

  const isKnown = "BarcodeDetector" in self;
  const address = () => document.querySelector("[data-decoder]").content.querySelector("script").src;
  const say = (name, person = "") => (said.textContent = said.dataset[name].replace("{name}", person));
  const load = () =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address();
      script.onload = () => done(({ data, width, height }) => self.jsQR(data, width, height)?.data ?? "");
      script.onerror = failed;
      document.head.append(script);
    });
  const find = async () => {
    if (!isKnown) return load();
    if (!(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return load();
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (picture) => (await detector.detect(picture))[0]?.rawValue ?? "";
  };
  const read = async (picture, width, height) => {
    decoder ??= find();
    const scale = Math.min(1, WIDEST / Math.max(width, height));
    Object.assign(canvas, { width: Math.round(width * scale), height: Math.round(height * scale) });
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return (await decoder)(pen.getImageData(0, 0, canvas.width, canvas.height));
  };
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

  const look = async () => {
    if (!stream) return;
    const text = video.videoWidth ? await read(video, video.videoWidth, video.videoHeight) : "";
    if (text && text !== last) await heed((last = text));
    setTimeout(look, EVERY);
  };
  const start = async () => {
    say("ready");
    last = "";
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      return say("blind");
    }
    if (!dialog.open) return stop();
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    look();
  };
  const stop = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = video.srcObject = null;
    video.hidden = true;
  };

  /* A browser that reads no code by itself keeps what does it, for when there is no network. */
  document.addEventListener("page:kept", () => isKnown || fetch(address()).catch(() => {}));
  opener.hidden = false;
  opener.addEventListener("click", start);
  dialog.addEventListener("close", stop);
  photo.addEventListener("change", async () => {
    const picture = await createImageBitmap(photo.files[0]).catch(() => null);
    const text = picture && (await read(picture, picture.width, picture.height));
    photo.value = "";
    if (text) await heed(text);
    else say("nothing");
  });
})();
