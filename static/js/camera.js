// Reading the QR code of a coupon or a booking with the camera, where browser and device can. The field beside it is
// filled in and sent as if it was typed; a code of the other kind opens its own page. Pictures stay on this device.
(async () => {
  "use strict";
  const HINT_AFTER = 8000; // milliseconds without a code
  const PAUSE = 200; // between two looks
  const template = document.querySelector("template[data-camera]");
  const formats = await globalThis.BarcodeDetector?.getSupportedFormats();
  const devices = await navigator.mediaDevices?.enumerateDevices();
  if (!template || !formats?.includes("qr_code") || !devices?.some(({ kind }) => kind === "videoinput")) return;

  const { camera: kind, fills } = template.dataset;
  const form = template.closest("form");
  const [button, dialog] = document.importNode(template.content, true).children;
  template.replaceWith(button, dialog);
  const video = dialog.querySelector("video");
  Object.assign(video.style, { width: "100%", height: "auto" });
  dialog.style.border = "0";
  const said = dialog.querySelector("[role=status]");
  const say = (state) => said.textContent !== said.dataset[state] && (said.textContent = said.dataset[state]);
  let turn = 0; // closed and opened again, the look before is over

  const stop = () => {
    turn += 1;
    for (const track of video.srcObject?.getTracks() ?? []) track.stop();
    video.srcObject = null;
    video.hidden = true;
    if (dialog.open) dialog.close();
  };
  button.addEventListener("click", look);
  dialog.querySelector("button").addEventListener("click", stop);
  dialog.addEventListener("close", () => video.srcObject && stop()); // Esc
  dialog.addEventListener("cancel", stop);
  addEventListener("pagehide", stop);
  document.addEventListener("visibilitychange", () => document.hidden && stop());

  async function look() {
    const own = (turn += 1);
    say("asking");
    dialog.showModal();
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch((error) => {
      if (own === turn) say(error.name === "NotAllowedError" ? "refused" : "absent");
    });
    if (!stream) return;
    if (own !== turn) return stream.getTracks().forEach((track) => track.stop());
    video.srcObject = stream;
    video.hidden = false;
    await video.play().catch(() => {});
    say("looking");
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    for (const begun = performance.now(); own === turn; await new Promise((next) => setTimeout(next, PAUSE))) {
      const [code] = await detector.detect(video).catch(() => []);
      if (own !== turn) return;
      if (code && read(code.rawValue)) return;
      if (code) say("other");
      else if (performance.now() - begun > HINT_AFTER) say("nothing");
    }
  }

  // Of an address of the portal only the kind and the number are taken, wherever it leads.
  function read(text) {
    const [, found, number] = /\/(coupons|bookings)\/(\d{4}-?\d{4}-?\d{4})\/?$/.exec(text) ?? [];
    if (!found) return false;
    stop();
    if (found !== kind) return location.assign(`${dialog.dataset[found]}${number}/`), true;
    form.elements[fills].value = number;
    form.requestSubmit();
    return true;
  }
})();
