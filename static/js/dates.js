// Choosing days: the month shows the places left now, and what had the focus keeps it when the page redraws itself.
(() => {
  "use strict";
  const EVERY = 5000; // milliseconds: a place given back is seen within seconds, by whoever has the page before her
  let focused = null;

  setInterval(() => {
    if (!document.hidden) document.getElementById("arrivals")?.dispatchEvent(new Event("refresh"));
  }, EVERY);

  addEventListener("htmx:beforeSwap", ({ detail }) => {
    // Signed out meanwhile, or the period is over: the month is not in the answer. Who only looks is left alone.
    if (!detail.xhr.responseText.includes('id="arrivals"')) {
      detail.shouldSwap = false;
      if (detail.target.id !== "arrivals") location.reload();
    }
    const { name, value } = document.activeElement;
    const href = document.activeElement.getAttribute("href");
    focused = name && value ? `[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]` : href && `a[href="${CSS.escape(href)}"]`;
  });
  addEventListener("htmx:afterSettle", () => {
    if (focused) document.querySelector(focused)?.focus({ preventScroll: true });
  });
})();
