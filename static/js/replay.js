/* [data-chapters]: a tap on a chapter plays the recording from there; without this script the times are read. */
(() => {
  "use strict";
  const list = document.querySelector("[data-chapters]");
  const player = document.querySelector("[data-player]");
  if (!list || !player) return;
  for (const line of list.querySelectorAll("[data-at]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "item";
    button.append(...line.childNodes);
    button.addEventListener("click", () => {
      player.currentTime = Number(line.dataset.at);
      player.play();
      player.focus();
    });
    line.replaceChildren(button);
    line.classList.remove("item");
  }
})();
