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
      show(sending.response, pressed, files[0].id);
    };
    sending.send(boxes);
  });

  // The page as the server draws it now: what is wrong comes first, else the button that was pressed goes on, else what
  // just happened is said. It is said once: asking for that page again would lose it.
  function show(page, pressed, box) {
    const { pathname } = new URL(page.URL);
    const elsewhere = pathname !== location.pathname;
    const told = page.querySelector(".toast");
    if (elsewhere && !told) return location.assign(page.URL);
    document.title = page.title;
    document.body.replaceWith(page.body);
    if (elsewhere) history.pushState(null, "", page.URL);
    else if (page.URL !== location.href) history.replaceState(null, "", page.URL);
    onpopstate = () => location.pathname === pathname || location.reload();
    const wrong = document.querySelector(".errsum");
    const same = pressed?.name && pressed.value !== "add";
    if (wrong) wrong.focus();
    else if (same && !elsewhere) document.querySelector(`[name="${pressed.name}"][value="${pressed.value}"]`)?.click();
    else if (told) (told.tabIndex = -1), told.focus();
    else document.getElementById(box)?.focus();
  }
})();
