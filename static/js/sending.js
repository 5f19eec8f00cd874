// On a slow line the pressed button says that sending goes on, and pressing it again sends nothing a second time. It stays
// a button: whoever stopped the page, or had no answer in ten seconds, may press again; the server refuses doubles as well.
// It listens after all other scripts, and hears first what must not go out.
(() => {
  "use strict";
  const { sendingNow, sendingStill } = document.body.dataset;
  let busy = null;

  addEventListener(
    "submit",
    (event) => {
      if (!busy?.sent || busy.form !== event.target || busy.button !== event.submitter) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      busy.told.textContent = sendingStill;
    },
    true,
  );

  addEventListener("submit", (event) => {
    const { target: form, submitter: button } = event;
    if (form.method !== "post" || form.target || !button) return;
    const sent = !event.defaultPrevented || Boolean(form.querySelector("progress")); // photos go by a script of their own
    const asked = form.matches("[data-unsaved]"); // whether anybody answers, before it is sent
    if (!sent && !asked) return;
    if (busy?.form === form) return (busy.sent ||= sent);
    restore();
    const told = document.createElement("span");
    told.className = "vh";
    told.role = "status";
    form.append(told);
    busy = { form, button, told, sent, label: [...button.childNodes] };
    busy.shown = setTimeout(() => (button.textContent = told.textContent = sendingNow), 700);
    busy.over = setInterval(() => form.querySelector("progress") || restore(), 10000);
  });

  function restore() {
    if (!busy) return;
    clearTimeout(busy.shown);
    clearInterval(busy.over);
    busy.button.replaceChildren(...busy.label);
    busy.told.remove();
    busy = null;
  }
  addEventListener("unanswered", restore);
  addEventListener("pageshow", (event) => event.persisted && restore());
})();
