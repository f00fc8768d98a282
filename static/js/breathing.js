/* In 4 s, hold 2 s, out 8 s. The word changes even when motion is reduced. */
(() => {
  "use strict";
  const SECONDS = [4, 2, 8];
  document.querySelectorAll(".breath").forEach((exercise) => {
    const button = exercise.querySelector("button");
    const word = exercise.querySelector(".breath__c b");
    const [breatheIn, hold, breatheOut, ready, start, stop] = exercise.dataset.words.split("|");
    let timer;
    const step = (turn) => {
      word.textContent = [breatheIn, hold, breatheOut][turn];
      timer = setTimeout(step, SECONDS[turn] * 1000, (turn + 1) % 3);
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      const running = exercise.toggleAttribute("data-run");
      button.querySelector("span").textContent = running ? stop : start;
      clearTimeout(timer);
      if (running) step(0);
      else word.textContent = ready;
    });
  });
})();
