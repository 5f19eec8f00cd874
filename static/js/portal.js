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
  const sentAt = new WeakMap();
  addEventListener("submit", (event) => {
    const pressed = event.submitter ?? event.target; // a form may have two buttons: look first, then do
    if (event.timeStamp - (sentAt.get(pressed) ?? -Infinity) < 3000) return event.preventDefault();
    sentAt.set(pressed, event.timeStamp);
    changed = false;
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
