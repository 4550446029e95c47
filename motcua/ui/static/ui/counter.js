// The counter without a mouse: where a page says so the focus is ready for the next key; F2 goes on
// to the next person from wherever one types; papers come and go with the answers that call for them.

import { holds } from "./window-rules.js";

const start = document.querySelector("[data-focus]");
const first = start?.matches("input, a, button")
  ? start
  : start?.querySelector("input:not([type=hidden]), select, textarea");
const asked = document.querySelector("[data-first] input:not([type=hidden])");
if (!document.querySelector(".is-wrong")) (first ?? asked)?.focus();

document.addEventListener("keydown", (event) => {
  if (event.code !== "F2" || event.isComposing || event.defaultPrevented) return;
  const next = document.querySelector("[data-key=F2]");
  if (!next) return;
  event.preventDefault();
  next.click();
});

const answersIn = (section) => {
  const beginning = `a${section.dataset.procedure}.`;
  const fields = [...section.querySelectorAll("input, select, textarea")].filter(
    (one) => one.name.startsWith(beginning) && (one.type !== "radio" || one.checked),
  );
  return Object.fromEntries(fields.map((one) => [one.name.slice(beginning.length), one.value]));
};

const showPapers = (section) => {
  const answers = answersIn(section);
  for (const part of section.querySelectorAll("[data-if]"))
    if (part.dataset.if) part.hidden = !holds(JSON.parse(part.dataset.if), answers);
};

// focusin too: what autosave puts back into the page changes no field by hand
for (const section of document.querySelectorAll("[data-procedure]"))
  for (const event of ["change", "focusin"]) section.addEventListener(event, () => showPapers(section));
