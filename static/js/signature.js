/* A signature drawn on a canvas goes, as a PNG, into the hidden input that [data-for] names. */
(() => {
  "use strict";
  document.querySelectorAll(".sign canvas").forEach((canvas) => {
    const pen = canvas.getContext("2d");
    const input = document.getElementById(canvas.dataset.for);
    let last = null;
    const fit = () => {
      const { width, height } = canvas.getBoundingClientRect();
      if (!width) return;
      const scale = devicePixelRatio || 1;
      canvas.width = width * scale;
      canvas.height = height * scale;
      pen.scale(scale, scale);
      Object.assign(pen, { lineWidth: 3, lineCap: "round", lineJoin: "round", strokeStyle: "#16233f" });
    };
    const lift = () => {
      if (last && input.value) input.value = canvas.toDataURL();
      last = null;
    };
    fit();
    new ResizeObserver(() => input.value || fit()).observe(canvas);
    canvas.addEventListener("pointerdown", (event) => {
      last = [event.offsetX, event.offsetY];
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!last) return;
      pen.beginPath();
      pen.moveTo(...last);
      last = [event.offsetX, event.offsetY];
      pen.lineTo(...last);
      pen.stroke();
      input.value = "drawn";
    });
    canvas.addEventListener("pointerup", lift);
    canvas.addEventListener("pointercancel", lift);
    document.querySelector(`[data-clear="${canvas.id}"]`).addEventListener("click", () => {
      input.value = "";
      fit();
    });
  });
})();
