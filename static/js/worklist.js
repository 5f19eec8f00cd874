// The arrows, and j and k, go from row to row while one of the list's rows has the focus; nowhere else do keys act.
addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  const row = event.target.closest?.(".list tbody tr");
  if (!step || !row || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const part = event.target.matches("input") ? "input" : "a";
  const next = (step > 0 ? row.nextElementSibling : row.previousElementSibling)?.querySelector(`.head ${part}`);
  if (next) event.preventDefault(), next.focus();
});
