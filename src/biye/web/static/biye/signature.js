// A finger or a mouse signs; the strokes travel with the form as a picture. Without this file the name is typed.
"use strict";

(() => {
  const frame = document.querySelector(".pad");
  if (!frame || typeof SignaturePad === "undefined") return;
  const form = frame.closest("form");
  const canvas = frame.querySelector("canvas");
  const strokes = form.querySelector("input[name=strokes]");
  const typed = form.querySelector("input[name=typed_name]");
  const pad = new SignaturePad(canvas, { backgroundColor: "rgb(255,255,255)", penColor: "rgb(15,25,45)", minWidth: 1.2, maxWidth: 3.2 });
  let width = 0;

  // A turned telephone keeps what was drawn.
  const fit = () => {
    if (canvas.offsetWidth === width) return;
    const drawn = pad.toData();
    const scale = width ? canvas.offsetWidth / width : 1;
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    width = canvas.offsetWidth;
    canvas.width = width * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    pad.clear();
    for (const stroke of drawn) for (const point of stroke.points) { point.x *= scale; point.y *= scale; }
    pad.fromData(drawn);
  };
  const keep = () => { strokes.value = pad.isEmpty() ? "" : canvas.toDataURL("image/png"); };

  frame.hidden = false;
  fit();
  window.addEventListener("resize", fit);
  pad.addEventListener("endStroke", () => { keep(); if (typed) typed.required = false; });
  frame.querySelector("[data-clear]").addEventListener("click", () => { pad.clear(); keep(); canvas.focus(); });
  form.addEventListener("submit", keep, true);
})();
