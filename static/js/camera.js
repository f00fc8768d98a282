/* Reads QR codes before the camera or on a photo: by the browser, or by the library that <template data-decoder> names.
   Shown on `video`; `heed` is told each text that is read. */
const camera = (video, widest, heed) => {
  "use strict";
  const EVERY = 250;
  const isKnown = "BarcodeDetector" in self;
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  let [stream, timer, decoder] = [null, 0, null];

  const library = () => document.querySelector("template[data-decoder]").content.querySelector("script").src;
  const load = () =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = library();
      script.onload = () => done(({ data, width, height }) => self.jsQR(data, width, height)?.data ?? "");
      script.onerror = failed;
      document.head.append(script);
    });
  const find = async () => {
    if (!isKnown || !(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return load();
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (picture) => (await detector.detect(picture))[0]?.rawValue ?? "";
  };
  const read = async (picture, width, height) => {
    decoder ??= find();
    const scale = Math.min(1, widest / Math.max(width, height));
    Object.assign(canvas, { width: Math.round(width * scale), height: Math.round(height * scale) });
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return (await decoder)(pen.getImageData(0, 0, canvas.width, canvas.height));
  };
  const look = async () => {
    const seen = stream;
    const text = video.videoWidth ? await read(video, video.videoWidth, video.videoHeight) : "";
    if (text && stream === seen) await heed(text);
    if (seen && stream === seen) timer = setTimeout(look, EVERY);
  };
  const stop = () => {
    clearTimeout(timer);
    stream?.getTracks().forEach((track) => track.stop());
    stream = video.srcObject = null;
    video.hidden = true;
  };
  /* Fails when the camera does not open. */
  const start = async () => {
    stop();
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    look();
  };
  /* The text on the photo that was chosen, or nothing. */
  const photo = async (input) => {
    const picture = await createImageBitmap(input.files[0]).catch(() => null);
    const text = picture && (await read(picture, picture.width, picture.height));
    input.value = "";
    return text;
  };
  return { start, stop, photo, library, isKnown };
};
