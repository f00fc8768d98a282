/* Counts the marks of a roster. Its sentences are attributes of [data-left]: data-none, data-one, data-many ("%d"). */
(() => {
  "use strict";
  const roster = document.querySelector("[data-roster]");
  if (!roster) return;
  const rows = [...roster.querySelectorAll(".roll")];
  const marked = (row) => row.querySelector(":checked");
  const sentence = ({ none, one, many }, left) => [none, one][left] ?? many.replace("%d", left);
  const count = () => {
    const values = rows.map((row) => marked(row)?.value);
    document.querySelectorAll("[data-n]").forEach((total) => {
      total.textContent = values.filter((value) => value === total.dataset.n).length;
    });
    document.querySelectorAll("[data-left]").forEach((text) => {
      text.textContent = sentence(text.dataset, values.filter((value) => !value).length);
    });
  };
  roster.addEventListener("change", count);
  roster.addEventListener("roster:shown", count);
  const all = document.querySelector("[data-all]");
  all.hidden = false;
  all.addEventListener("click", () => {
    const others = rows.filter((row) => !marked(row));
    others.forEach((row) => (row.querySelector("[value=p]").checked = true));
    count();
    roster.dispatchEvent(new CustomEvent("roster:marked", { detail: others }));
  });
})();
