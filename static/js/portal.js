// Small comforts; every page works without them.
(() => {
  "use strict";
  const first = (selector) => document.querySelector(selector);

  // After a form came back: begin where the mistakes are listed.
  first(".errsum")?.focus();

  // The menu of staff scrolls sideways on a phone: show the current entry.
  const menu = first(".nav:not(.tabs)");
  const current = menu?.querySelector("[aria-current]");
  if (current) menu.scrollLeft = current.offsetLeft - (menu.clientWidth - current.offsetWidth) / 2;

  // A second tap right after the first sends nothing; the server refuses doubles as well.
  // Without a network the browser's own page would take the place of what was typed: ask first whether anybody answers.
  const sentAt = new WeakMap();
  const answered = new WeakSet();
  addEventListener("submit", async (event) => {
    const form = event.target;
    const pressed = event.submitter ?? form; // a form may have two buttons: look first, then do
    if (!answered.delete(pressed)) {
      if (event.timeStamp - (sentAt.get(pressed) ?? -Infinity) < 3000) return event.preventDefault();
      sentAt.set(pressed, event.timeStamp);
      if (form.matches("[data-unsaved]")) {
        event.preventDefault();
        const answer = await fetch("/health/", { method: "HEAD", cache: "no-store" }).catch(() => null);
        if (answer?.ok) return answered.add(pressed), form.requestSubmit(event.submitter);
        sentAt.delete(pressed);
        return form.dispatchEvent(new Event("unanswered", { bubbles: true }));
      }
    }
    changed = false;
  });
  addEventListener("unanswered", ({ target: form }) => {
    form.querySelector("[role=alert]")?.remove();
    const alert = document.createElement("p");
    alert.role = "alert";
    alert.className = "errsum err";
    alert.textContent = document.body.dataset.offline;
    form.lastElementChild.before(alert);
    alert.scrollIntoView({ block: "center" });
  });

  // Typed, not saved, and about to leave: the browser asks. Nothing typed is kept on a device others may use.
  let changed = false;
  addEventListener("input", (event) => (changed ||= Boolean(event.target.form?.matches("[data-unsaved]"))));
  addEventListener("beforeunload", (event) => changed && event.preventDefault());

  // A full postcode fills in the address, unless something was typed there.
  addEventListener("input", async ({ target }) => {
    const digits = target.dataset.addresses && target.value.normalize("NFKC").replace(/\D/g, "");
    const box = digits?.length === 7 && target.form.querySelector("[autocomplete=street-address]");
    if (!box || (box.value && box.value !== box.dataset.filled)) return;
    const answer = await fetch(`${target.dataset.addresses}?of=${digits}`).catch(() => null);
    if (answer?.ok) box.value = box.dataset.filled = (await answer.json()).address;
  });

  addEventListener("click", (event) => event.target.closest("[data-print]") && print());
})();
