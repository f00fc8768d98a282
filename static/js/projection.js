/* Asks for the next code when the one on the wall ends: the address is in [data-project], the time in [data-seconds]. */
(() => {
  "use strict";
  const wall = document.querySelector("[data-project]");
  if (!wall) return;
  let ends = 0;
  const start = () => (ends = Date.now() + 1000 * wall.querySelector("[data-seconds]").dataset.seconds);
  const renew = async () => {
    ends = Date.now() + 5000;
    const answer = await fetch(wall.dataset.project, { cache: "no-store" });
    if (answer.redirected || !answer.ok) return location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    wall.replaceChildren(...page.body.children);
    start();
  };
  const tick = () => {
    const left = Math.ceil((ends - Date.now()) / 1000);
    if (left <= 0) return renew().catch(() => {});
    wall.querySelector("[data-seconds]").textContent = left;
    wall.querySelector(".ring circle + circle").style.strokeDashoffset = 100 - (100 * left) / 30;
  };
  start();
  setInterval(tick, 1000);
})();
