// Keyboard of the desk. event.code, not event.key: Telex and VNI input methods rewrite letters,
// the physical key stays put. Each key can be switched off (WCAG 2.1.4); the server keeps which.

const typing = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const unwanted = () =>
  new Set((document.querySelector("[data-keys-off]")?.dataset.keysOff ?? "").split(" "));

const items = () => [...document.querySelectorAll("[data-item]")];
const current = () => document.querySelector("[data-item].is-cursor");

const cursorOn = (next, { focus = true } = {}) => {
  for (const old of document.querySelectorAll("[data-item].is-cursor")) {
    old.classList.remove("is-cursor");
    old.removeAttribute("aria-current");
  }
  next.classList.add("is-cursor");
  next.setAttribute("aria-current", "true");
  next.scrollIntoView({ block: "nearest" });
  if (focus) next.querySelector(".item__title").focus({ preventScroll: true });
  next.dispatchEvent(new CustomEvent("desk:cursor", { bubbles: true }));
};

document.addEventListener("desk:opened", (event) => cursorOn(event.target, { focus: false }));

const move = (step, extend) => {
  const all = items();
  if (!all.length) return;
  const from = all.indexOf(current());
  const next = all[Math.min(all.length - 1, Math.max(0, from + step))] ?? all[0];
  cursorOn(next);
  if (extend) next.querySelector("input").checked = true;
};

const acts = {
  J: () => move(1, false),
  K: () => move(-1, false),
  "Shift+J": () => move(1, true),
  "Shift+K": () => move(-1, true),
  X: () => current()?.querySelector("input").click(),
  Enter: () => current()?.querySelector(".item__title").click(),
  Escape: () => document.querySelector("[data-back]")?.click(),
  F: () => document.querySelector("[data-filter]")?.click(),
  Space: () => document.querySelector("#giay-to .is-open a, #giay-to a")?.click(),
  "?": () => document.dispatchEvent(new CustomEvent("desk:sheet", { detail: "/ban/phim" })),
};

// «Shift+J», «/», «?», «Ctrl+K»: what the page of the keys calls them.
const nameOf = (event) => {
  const bare = event.code.replace(/^(Key|Digit)/, "").replace("Slash", "/");
  if (bare === "/" && (event.shiftKey || event.key === "?")) return "?";
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.shiftKey ? "Shift+" : ""}${bare}`;
};

const marked = (name) =>
  [...document.querySelectorAll("[data-key]")].find(
    (element) => element.dataset.key === name && element.offsetParent !== null,
  );

const press = (element) => (element.matches("input, textarea, select") ? element.focus() : element.click());

// From the box one writes in to the sentences of the library, which then go into that box.
const sentenceFor = (box) => {
  const chooser = (box.form ?? document).querySelector("[data-sentence]");
  if (!chooser) return false;
  const into = chooser.form.elements.namedItem("into");
  if ([...(into.options ?? [])].some((option) => option.value === box.name)) into.value = box.name;
  chooser.focus();
  return true;
};

const goOn = () => {
  const at = document.querySelector("[data-go-on]");
  const box = at?.closest("form").elements.namedItem(at.dataset.goOn);
  if (box) box.focus();
};
goOn();

const control = (event, name) => {
  if (name === "Ctrl+Enter" && event.target.form) event.target.form.requestSubmit();
  else if (name === "Ctrl+I" && sentenceFor(event.target)) return true;
  else if (name === "Ctrl+K" && document.querySelector("[data-keys-off]"))
    document.dispatchEvent(new CustomEvent("desk:sheet", { detail: "/ban/lenh" }));
  else return false;
  return true;
};

document.addEventListener("keydown", (event) => {
  const name = nameOf(event);
  if (event.isComposing || event.altKey || unwanted().has(name)) return;
  if (name.startsWith("Ctrl+")) {
    if (control(event, name)) event.preventDefault();
    return;
  }
  if (event.target.closest(typing) || document.querySelector("dialog[open]")) return;
  if (/^(Enter|Space)$/.test(name) && event.target.closest("button, summary, label, input")) return;
  if (name === "Enter" && event.target.closest("a")) return;
  const element = marked(name);
  if (element) press(element);
  else if (acts[name]) acts[name]();
  else return;
  event.preventDefault();
});
