// A chosen picture is checked at once, and the way up to the server is shown. Every page also works without this file.
"use strict";

for (const form of document.querySelectorAll(".photo-form")) {
  const frame = form.querySelector(".photo-progress");
  const bar = frame.querySelector("progress");
  const words = frame.querySelector("[role=status]");
  let isUploaded = false;

  const say = (text) => { words.textContent = text; };
  const rest = (isResting) => {
    form.querySelectorAll("button").forEach((button) => { button.disabled = isResting; });
  };

  form.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.matches("input[type=file]") || !input.files.length) return;
    form.querySelectorAll("input[type=file]").forEach((other) => { if (other !== input) other.value = ""; });
    form.requestSubmit(form.querySelector("button[value=check]"));
  });

  form.addEventListener("htmx:beforeRequest", () => {
    isUploaded = false;
    frame.hidden = false;
    bar.hidden = false;
    bar.value = 0;
    say(frame.dataset.uploading);
    rest(true);
  });
  form.addEventListener("htmx:xhr:progress", (event) => {
    if (isUploaded || !event.detail.lengthComputable) return;
    bar.value = 100 * event.detail.loaded / event.detail.total;
    if (event.detail.loaded < event.detail.total) return;
    isUploaded = true;
    bar.removeAttribute("value");
    say(frame.dataset.checking);
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    rest(false);
    bar.hidden = true;
    frame.hidden = event.detail.successful;
    if (!event.detail.successful) say(frame.dataset.failed);
  });
}

document.addEventListener("htmx:afterSwap", (event) => {
  const heading = event.target.querySelector("#tried-heading, [role=alert]");
  if (!heading) return;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "start" });
});
