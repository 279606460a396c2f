// The queue by keyboard. Everything it does can be done without it, too.
"use strict";

(() => {
  const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const rows = () => [...document.querySelectorAll("[data-queue-row]")];

  function step(by) {
    const all = rows();
    if (!all.length) return false;
    const here = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[Math.min(Math.max(here + by, 0), all.length - 1)];
    next.querySelector("a").focus();
    next.scrollIntoView({ block: "nearest" });
    return true;
  }

  function press(key) {
    const found = document.querySelector(`[data-key="${key}"]`);
    if (!found) return false;
    found.click();
    const panel = found.closest("details");
    if (found.matches("summary") && panel.open) panel.querySelector("textarea, input:not([type=hidden])").focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
    const key = event.key.toLowerCase();
    let done = false;
    if (key === "j") done = step(1) || press("j");
    else if (key === "k") done = step(-1) || press("k");
    else if (key === "x") {
      const row = rows().find((one) => one.contains(document.activeElement));
      const box = row && row.querySelector("input[type=checkbox]");
      if (box) { box.checked = !box.checked; done = true; }
    } else if (/^[a-z]$/.test(key)) done = press(key);
    if (done) event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    const name = event.target.dataset && event.target.dataset.all;
    if (!name) return;
    document.querySelectorAll(`input[type=checkbox][name="${name}"]`).forEach((box) => { box.checked = event.target.checked; });
  });
})();
