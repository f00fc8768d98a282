/* Reading language of a lesson: fr, nl or two. */
(() => {
  "use strict";
  const lesson = document.querySelector("#lesson");
  document.querySelectorAll("input[name=read]").forEach((radio) =>
    radio.addEventListener("change", () => {
      lesson.toggleAttribute("data-two", radio.value === "two");
      lesson.toggleAttribute("data-nl", radio.value === "nl");
    }),
  );
})();
