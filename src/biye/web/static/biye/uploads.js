// A photographed page is sent as soon as it is chosen, with a bar; when the connection breaks off nothing else is lost.
"use strict";

(() => {
  const say = (form, text, isBad) => {
    const said = form.querySelector(".upload-said");
    said.textContent = text;
    said.className = isBad ? "upload-said urgent" : "upload-said quiet";
  };

  const failed = (form) => {
    form.querySelector("button").disabled = false;
    say(form, "没有传完，可能是网络中断。其他内容都在，请再点一次“上传”。", true);
  };

  // The answer is the whole page with its message, as it would be without this file: its middle takes the place of ours.
  const show = (form, text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const refusal = page.querySelector(".notice-bad[role=alert]");
    if (refusal) {
      form.querySelector("button").disabled = false;
      say(form, refusal.textContent.trim(), true);
      return;
    }
    const place = form.querySelector("input[type=file]").id;
    document.getElementById("main").replaceChildren(...page.getElementById("main").childNodes);
    const again = document.getElementById(place);
    if (again) again.focus();
  };

  const send = (form) => {
    if (!form.querySelector("input[type=file]").files.length) return;
    const sending = new XMLHttpRequest();
    sending.open("POST", form.action);
    sending.timeout = 120000;
    sending.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) say(form, `正在上传 ${Math.floor((100 * event.loaded) / event.total)}%`, false);
    });
    sending.addEventListener("load", () => (sending.status < 400 ? show(form, sending.responseText) : failed(form)));
    sending.addEventListener("error", () => failed(form));
    sending.addEventListener("timeout", () => failed(form));
    form.querySelector("button").disabled = true;
    say(form, "正在上传…", false);
    sending.send(new FormData(form));
  };

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-upload]");
    if (form && event.target.type === "file") send(form);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-upload]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    send(event.target);
  }, true);
})();
