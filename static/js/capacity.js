// A weekday's box ticks its days, and the heading counts what is ticked. Without this the server does both.
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

  form.addEventListener("change", ({ target }) => {
    if (target.name === "w") {
      for (const box of days) if (box.dataset.weekday === target.value) box.checked = target.checked;
    }
    // A day taken out of its weekday: the weekday no longer speaks for all its days.
    if (target.name === "d" && !target.checked) {
      form.querySelector(`[name=w][value="${target.dataset.weekday}"]`).checked = false;
    }
    if (target.name === "w" || target.name === "d") tell();
  });
})();
