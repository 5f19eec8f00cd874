// Choosing days of the month: dragging paints, shift with an arrow paints, a weekday's box ticks its days, and the
// heading counts what is ticked. Every day stays a checkbox; without this the server does what it can.
(() => {
  "use strict";
  const form = document.querySelector("[data-paint]");
  const days = [...(form?.querySelectorAll("[name=d]") ?? [])];
  if (!days.length) return;

  const tell = () => {
    const ticked = days.filter((box) => box.checked).map((box) => `${Number(box.value.slice(8))}日`);
    form.querySelector("[data-count]").textContent = ticked.length
      ? `${ticked.length}日を選んでいます`
      : "日を選んでください";
    form.querySelector("[data-chosen]").textContent = ticked.join("・");
  };
  const belongs = (box, weekday) =>
    weekday === "7" ? "holiday" in box.dataset : box.dataset.weekday === weekday;
  const paint = (box, ticked) => {
    if (box.checked === ticked) return;
    box.checked = ticked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };

  form.addEventListener("change", ({ target }) => {
    if (target.name === "w") {
      for (const box of days) if (belongs(box, target.value)) box.checked = target.checked;
    }
    // A day taken out of its weekday: the weekday no longer speaks for all its days.
    if (target.name === "d" && !target.checked) {
      for (const weekday of form.querySelectorAll("[name=w]:checked")) {
        if (belongs(target, weekday.value)) weekday.checked = false;
      }
    }
    if (target.name === "w" || target.name === "d") tell();
  });

  // Mouse, pen and finger: the first day decides whether the days that are passed over are ticked or not.
  const calendar = days[0].closest("table");
  calendar.style.touchAction = "pan-y pinch-zoom"; // up and down still scrolls; sideways begins to paint
  let first = null;
  let ticked = false;
  let moved = false;
  calendar.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary || !days.includes(event.target)) return;
    [first, ticked, moved] = [event.target, !event.target.checked, false];
  });
  document.addEventListener("pointermove", (event) => {
    if (!first || !event.isPrimary) return;
    for (const { clientX, clientY } of [...(event.getCoalescedEvents?.() ?? []), event]) {
      const box = document.elementFromPoint(clientX, clientY);
      if (!days.includes(box) || (box === first && !moved)) continue;
      moved = true;
      paint(first, ticked);
      paint(box, ticked);
    }
  });
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => (first = null));
  // Back on the first day, letting go would tick it once more.
  calendar.addEventListener("click", (event) => {
    if (moved && event.detail) event.preventDefault();
    moved = false;
  });

  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  calendar.addEventListener("keydown", (event) => {
    const next = days[days.indexOf(event.target) + steps[event.key]];
    if (!days.includes(event.target) || !(event.key in steps)) return;
    event.preventDefault();
    if (!next) return;
    if (event.shiftKey) paint(next, event.target.checked);
    next.focus();
  });
})();
