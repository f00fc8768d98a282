/* Reads a lesson aloud with a voice that is on the device: nothing is sent anywhere. No such voice, no button. */
(() => {
  "use strict";
  const bar = document.querySelector("[data-listen]");
  const speech = window.speechSynthesis;
  if (!bar || !speech) return;
  const language = bar.dataset.listen;
  const [go, slow] = bar.querySelectorAll("button");
  const progress = bar.querySelector("progress");
  const parts = [...document.querySelectorAll(".prose :is(p,li,h2,h3,dt,dd)")].filter((part) => !part.querySelector("p,li"));
  let voice, at = 0, playing = false;
  const find = () => {
    voice = speech.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(language));
    bar.hidden = !voice;
  };
  const show = () => {
    progress.value = at / parts.length;
    go.setAttribute("aria-label", playing ? go.dataset.pause : go.dataset.play);
    go.querySelectorAll("svg").forEach((icon, index) => icon.toggleAttribute("hidden", playing === (index === 0)));
  };
  const say = () => {
    if (at >= parts.length) [at, playing] = [0, false];
    show();
    if (!playing) return;
    const part = new SpeechSynthesisUtterance(parts[at].textContent);
    Object.assign(part, { voice, lang: voice.lang, rate: slow.getAttribute("aria-pressed") === "true" ? 0.7 : 1 });
    part.onend = () => playing && (at += 1, say());
    speech.speak(part);
  };
  go.addEventListener("click", () => {
    playing = !playing;
    speech.cancel();
    say();
  });
  slow.addEventListener("click", () => {
    slow.setAttribute("aria-pressed", slow.getAttribute("aria-pressed") !== "true");
    if (!playing) return;
    playing = false;
    speech.cancel();
    playing = true;
    say();
  });
  addEventListener("pagehide", () => speech.cancel());
  speech.addEventListener?.("voiceschanged", find);
  find();
})();
