/* Replaces the page in the history; pressing Escape three times does the same. */
(() => {
  "use strict";
  const link = document.querySelector("[data-exit]");
  if (!link) return;
  let presses = 0;
  const leave = () => {
    document.body.hidden = true;
    location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    presses = event.key === "Escape" ? presses + 1 : 0;
    if (presses === 3) leave();
  });
})();
