// The desk by keys alone. A single key does something only while the switch is on, and never while somebody is typing.
"use strict";

const KEPT = "photo-desk-keys";
const keysSwitch = document.querySelector("[data-keys]");

function keysAreOn() {
  return keysSwitch ? keysSwitch.checked : window.localStorage.getItem(KEPT) !== "off";
}
if (keysSwitch) {
  keysSwitch.checked = window.localStorage.getItem(KEPT) !== "off";
  const show = () => {
    window.localStorage.setItem(KEPT, keysSwitch.checked ? "on" : "off");
    document.body.classList.toggle("keys-off", !keysSwitch.checked);
  };
  keysSwitch.addEventListener("change", show);
  show();
}

// Enter does what it always does on links, buttons and folds, and in a text it belongs to the text's form.
function decide(form) {
  const verdict = form.querySelector("[name=problem]:checked") ? "refuse" : "accept";
  form.querySelector(`[name=verdict][value=${verdict}]`).click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  const at = event.target;
  const form = document.querySelector("form[data-desk]");
  if (event.key === "Enter" && form) {
    const inForm = at.closest("form[data-desk]");
    if (at.matches("a, button, summary, select") || (at.matches("input") && !inForm)) return;
    // A text in the form would press the first button, whatever is ticked.
    if (!keysAreOn() && !inForm) return;
    event.preventDefault();
    decide(form);
    return;
  }
  if (!keysAreOn() || at.matches("input:not([type=checkbox]), textarea, select")) return;
  const place = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (place) {
    event.preventDefault();
    place.click();
  }
});
