// The text is saved a moment after the last keystroke; the counter counts as the server does; the printed page follows.
"use strict";

(() => {
  const form = document.querySelector("form[data-appraisal]");
  if (!form) return;
  const text = form.querySelector("textarea");
  const counter = document.getElementById("count");
  const rule = document.getElementById("count-rule");
  const picture = document.querySelector("img[data-preview]");
  const { least, most } = form.dataset;
  const pause = 1500;
  let saved = text.value;
  let timer = 0;
  let isSending = false;
  let isHeld = false; // another window saved something else: nothing is written over it before somebody says so

  const length = () => [...text.value.replace(/\s/gu, "")].length;
  const count = () => {
    const found = length();
    counter.textContent = found;
    const short = least && found < Number(least);
    const long = most && found > Number(most);
    rule.textContent = short ? `还差 ${Number(least) - found} 字` : long ? `超出 ${found - Number(most)} 字` : "字数符合要求";
    rule.className = short || long ? "urgent" : "quiet";
  };
  const seen = () => form.querySelector("input[name=seen]");

  const save = async () => {
    clearTimeout(timer);
    if (isSending || isHeld || text.value === saved) return;
    isSending = true;
    const sent = text.value;
    try {
      const answer = await fetch(form.dataset.save, {
        method: "POST",
        headers: { "HX-Request": "true" },
        body: new URLSearchParams({
          text: sent,
          seen: seen().value,
          csrfmiddlewaretoken: form.querySelector("input[name=csrfmiddlewaretoken]").value,
        }),
      });
      if (!answer.ok) throw new Error(answer.status);
      const part = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("appraisal-state");
      document.getElementById("appraisal-state").replaceWith(part);
      if (part.dataset.steps !== undefined) {
        saved = sent;
        seen().value = part.dataset.steps;
        if (picture) picture.src = `${picture.dataset.preview}?step=${part.dataset.steps}`;
      } else if (part.dataset.now !== undefined) {
        seen().value = part.dataset.now;
        isHeld = true;
      }
    } catch {
      document.getElementById("saved-at").textContent = "没有保存成功，可能是网络中断；文字还在这里，稍后会再试。";
      timer = setTimeout(save, 4 * pause);
    } finally {
      isSending = false;
    }
    if (text.value !== sent) timer = setTimeout(save, pause);
  };

  text.addEventListener("input", () => {
    count();
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  window.addEventListener("beforeunload", (event) => {
    if (text.value !== saved && !form.dataset.sent) event.preventDefault();
  });
  count();
})();
