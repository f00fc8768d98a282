/* A signature drawn on a canvas goes, as strokes [[x, y, x, y…], …], into the hidden input that [data-for] names. */
(() => {
  "use strict";
  const LEAST = 2;
  const LONGEST = 19000;
  document.querySelectorAll(".sign canvas").forEach((canvas) => {
    const pen = canvas.getContext("2d");
    const input = document.getElementById(canvas.dataset.for);
    let strokes = [];
    let stroke = null;
    const line = (points, from) => {
      pen.beginPath();
      pen.moveTo(points[from], points[from + 1]);
      for (let at = from + 2; at < points.length; at += 2) pen.lineTo(points[at], points[at + 1]);
      pen.stroke();
    };
    const fit = () => {
      const { width, height } = canvas.getBoundingClientRect();
      if (!width) return;
      const scale = devicePixelRatio || 1;
      canvas.width = width * scale;
      canvas.height = height * scale;
      pen.scale(scale, scale);
      Object.assign(pen, { lineWidth: 3, lineCap: "round", lineJoin: "round", strokeStyle: "#16233f" });
      strokes.forEach((drawn) => line(drawn, 0));
    };
    const place = (event) => [event.offsetX, event.offsetY].map((value) => Math.max(0, Math.round(value)));
    const lift = () => {
      if (stroke) input.value = JSON.stringify(strokes);
      stroke = null;
    };
    canvas.closest("[data-pad]").hidden = false;
    try {
      strokes = JSON.parse(input.value || "[]");
    } catch {
      input.value = "";
    }
    fit();
    new ResizeObserver(fit).observe(canvas);
    canvas.addEventListener("pointerdown", (event) => {
      if (input.value.length > LONGEST) return;
      stroke = place(event);
      strokes.push(stroke);
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!stroke || stroke.length > 4000) return;
      const [x, y] = place(event);
      const [before, above] = stroke.slice(-2);
      if (Math.abs(x - before) + Math.abs(y - above) < LEAST) return;
      stroke.push(x, y);
      line(stroke, stroke.length - 4);
    });
    canvas.addEventListener("pointerup", lift);
    canvas.addEventListener("pointercancel", lift);
    document.querySelector(`[data-clear="${canvas.id}"]`).addEventListener("click", () => {
      strokes = [];
      input.value = "";
      fit();
    });
  });
})();
