// Scanning a QR: by the camera where the browser reads codes itself (BarcodeDetector); elsewhere a
// photograph is made smaller here and read by the server. A code of an identity card goes nowhere.

const CARD = /^\s*\d{9,12}\s*\|/;
const LONGEST_SIDE = 1600;
const QUALITY = 0.85;

const form = document.querySelector("[data-scanned]");
const box = document.querySelector("[data-scan]");

const send = (text) => {
  form.elements.text.value = text;
  form.elements.anh.value = "";
  form.requestSubmit();
};

// --- the camera -----------------------------------------------------------------------------------

const camera = async () => {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  if (!(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return;
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const video = box.querySelector("video");
  const said = box.querySelector("[data-said]");
  const open = box.querySelector("[data-open]");
  const close = box.querySelector("[data-close]");
  let stream = null;

  const stop = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.hidden = close.hidden = true;
    open.hidden = false;
  };
  const look = async () => {
    if (!stream) return;
    const [found] = await detector.detect(video).catch(() => []);
    if (!found?.rawValue) return setTimeout(look, 200);
    stop();
    if (CARD.test(found.rawValue)) said.textContent = box.dataset.card;
    else send(found.rawValue);
  };
  open.addEventListener("click", async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      said.textContent = box.dataset.refused;
      return;
    }
    video.srcObject = stream;
    video.hidden = close.hidden = false;
    open.hidden = true;
    said.textContent = box.dataset.looking;
    await video.play();
    look();
  });
  close.addEventListener("click", () => {
    stop();
    said.textContent = "";
    open.focus();
  });
  addEventListener("pagehide", stop);
  box.hidden = false;
};

// --- a photograph ---------------------------------------------------------------------------------

const smaller = async (file) => {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  if (scale === 1 && file.size < 1024 * 1024) return file;
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.round(picture.width * scale),
    height: Math.round(picture.height * scale),
  });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return new File([blob], "anh.jpg", { type: "image/jpeg" });
};

form?.elements.anh.addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  if (!file) return;
  try {
    const chosen = new DataTransfer();
    chosen.items.add(await smaller(file));
    target.files = chosen.files;
  } catch {
    // the server says what is wrong with it
  }
  form.requestSubmit();
});

if (box && form) camera();
