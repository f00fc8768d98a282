/* [data-open=ID] shows a dialog; a link keeps its address for when scripts are off. */
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest("dialog").close();
    if (!opener) return;
    event.preventDefault();
    document.getElementById(opener.dataset.open).showModal();
  });
})();
