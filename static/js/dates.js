// Choosing days: when the page redraws itself, the radio button that had the focus has it again.
(() => {
  "use strict";
  let chosen = null;
  addEventListener("htmx:beforeSwap", () => {
    const { name, value } = document.activeElement;
    chosen = name && value ? `input[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]` : null;
  });
  addEventListener("htmx:afterSettle", () => {
    if (chosen) document.querySelector(chosen)?.focus({ preventScroll: true });
  });
})();
