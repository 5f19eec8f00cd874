// Photos on their way show how far they are; then the page goes on as the pressed button says. Without this script the
// form is sent as any other.
(() => {
  "use strict";
  addEventListener("submit", (event) => {
    const form = event.target;
    const files = [...form.querySelectorAll("[type=file]")].filter((box) => box.files.length);
    if (event.defaultPrevented || !files.length) return;
    event.preventDefault();
    const pressed = event.submitter;
    const line = document.createElement("label");
    const bar = document.createElement("progress");
    line.append(`${form.querySelector("[data-sending]").dataset.sending} `, bar);
    form.lastElementChild.before(line);
    line.scrollIntoView({ block: "center" });

    const boxes = new FormData(form);
    boxes.set("go", "add"); // keep the files, stay on the page
    const sending = new XMLHttpRequest();
    sending.open("POST", location.href);
    sending.responseType = "document";
    sending.upload.onprogress = ({ loaded, total }) => (bar.value = loaded / total);
    sending.upload.onload = () => bar.removeAttribute("value"); // it is being read now
    sending.onerror = () => (line.remove(), form.dispatchEvent(new Event("unanswered", { bubbles: true })));
    sending.onload = () => {
      if (sending.status !== 200) return form.submit(); // the server says it in its own words
      if (new URL(sending.responseURL).pathname !== location.pathname) return location.assign(sending.responseURL);
      show(sending.response, pressed, files[0].id);
    };
    sending.send(boxes);
  });

  // The same page as the server draws it now: what is wrong comes first, else the button that was pressed goes on.
  function show(page, pressed, box) {
    document.title = page.title;
    document.querySelector("main").replaceWith(page.querySelector("main"));
    if (page.URL !== location.href) history.replaceState(null, "", page.URL);
    const wrong = document.querySelector(".errsum");
    const same = pressed?.name && pressed.value !== "add";
    if (wrong) wrong.focus();
    else if (same) document.querySelector(`[name="${pressed.name}"][value="${pressed.value}"]`)?.click();
    else document.getElementById(box)?.focus();
  }
})();
