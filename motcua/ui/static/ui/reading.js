// Helper mode: the page read aloud, piece by piece, each in its own language. Where the browser has
// no voice the button stays hidden.

const button = document.querySelector("[data-read]");
const mouth = window.speechSynthesis;
const PIECES = "h1, h2, h3, p, li, dt, dd, label, legend, th, td, summary, .btn";

// Only the innermost pieces: a list is read by its items, and nothing twice.
const pieces = () =>
  [...document.querySelectorAll("main, main *")].filter(
    (one) => one.matches(PIECES) && !one.querySelector(PIECES) && one.checkVisibility(),
  );

const show = (reads) => {
  const label = button.querySelector("span");
  label.dataset.start ??= label.textContent;
  label.textContent = reads ? button.dataset.stop : label.dataset.start;
  button.setAttribute("aria-pressed", String(reads));
};

const say = (piece) => {
  const words = new SpeechSynthesisUtterance(piece.textContent.trim());
  words.lang = piece.closest("[lang]").lang;
  return words;
};

const toggle = () => {
  const reads = button.getAttribute("aria-pressed") === "true";
  mouth.cancel();
  show(!reads);
  if (reads) return;
  const all = pieces().filter((piece) => piece.textContent.trim()).map(say);
  all.at(-1)?.addEventListener("end", () => show(false));
  for (const words of all) mouth.speak(words);
};

if (button && mouth) {
  button.hidden = false;
  button.addEventListener("click", toggle);
  addEventListener("pagehide", () => mouth.cancel());
}
