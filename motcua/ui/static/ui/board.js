// A part of a page that draws itself anew: [data-board] says every how many seconds. When nobody
// answers, [data-stale] says of when the numbers are. Without script a meta refresh does it.

const part = () => document.querySelector("[data-board]");
const stale = document.querySelector("[data-stale]");
const aloud = document.querySelector("[data-aloud]");
const said = document.querySelector("[data-say]");
let lastKey = part()?.dataset.saidKey;

const speak = (text) => {
  if (said) said.textContent = text;
  if (aloud?.getAttribute("aria-pressed") !== "true" || !("speechSynthesis" in window)) return;
  const words = new SpeechSynthesisUtterance(text);
  words.lang = "vi-VN";
  speechSynthesis.speak(words);
};

const note = (isStale) => {
  if (!stale) return;
  stale.querySelector("[data-since]").textContent = part().querySelector("[data-as-of]").textContent;
  stale.hidden = !isStale;
};

const draw = async () => {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-board]");
    if (!fresh) return location.reload();
    part().replaceWith(document.adoptNode(fresh));
    note(false);
    if (fresh.dataset.saidKey && fresh.dataset.saidKey !== lastKey) speak(fresh.dataset.said);
    lastKey = fresh.dataset.saidKey;
  } catch {
    note(true);
  }
};

aloud?.addEventListener("click", () => {
  const on = aloud.getAttribute("aria-pressed") !== "true";
  aloud.setAttribute("aria-pressed", String(on));
  if (on && part().dataset.said) speak(part().dataset.said);
});

if (part()) setInterval(draw, Number(part().dataset.board) * 1000);
