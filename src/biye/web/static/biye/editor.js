// Where a file is wrong: the line is marked and in sight. Without this file the right one is open all the same.
"use strict";

const ABOVE = 4; // lines that stay in sight above the one that is looked for

const goTo = (editor, line) => {
  editor.closest("details").open = true;
  editor.focus();
  if (line < 1) return;
  const lines = editor.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((length, one) => length + one.length + 1, 0);
  editor.setSelectionRange(start, start + (lines[line - 1] || "").length);
  editor.scrollTop = Math.max(0, line - 1 - ABOVE) * parseFloat(getComputedStyle(editor).lineHeight);
  editor.scrollLeft = 0;
  editor.scrollIntoView({ block: "center" });
};

document.querySelectorAll("a[data-line]").forEach((link) => {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    goTo(document.querySelector(link.hash), Number(link.dataset.line));
  });
});

const first = document.querySelector("textarea[data-line]");
if (first) goTo(first, Number(first.dataset.line));
