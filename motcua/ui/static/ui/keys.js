// Keyboard of the desk. event.code, not event.key: Telex and VNI input methods rewrite letters,
// the physical key stays put. Can be switched off (WCAG 2.1.4) and is kept in this browser.

const OFF = "keys-off";
const typing = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const off = () => localStorage.getItem(OFF) === "yes";

const items = () => [...document.querySelectorAll("[data-item]")];
const current = () => document.querySelector("[data-item].is-cursor");

const move = (step, extend) => {
  const all = items();
  if (!all.length) return;
  const from = all.indexOf(current());
  const next = all[Math.min(all.length - 1, Math.max(0, from + step))] ?? all[0];
  all[from]?.classList.remove("is-cursor");
  all[from]?.removeAttribute("aria-current");
  next.classList.add("is-cursor");
  next.setAttribute("aria-current", "true");
  next.scrollIntoView({ block: "nearest" });
  next.querySelector(".item__title").focus({ preventScroll: true });
  if (extend) next.querySelector("input").checked = true;
};

const acts = {
  KeyJ: (event) => move(1, event.shiftKey),
  KeyK: (event) => move(-1, event.shiftKey),
  KeyX: () => current()?.querySelector("input").click(),
  Enter: () => current()?.querySelector(".item__title").click(),
  Escape: () => document.querySelector("[data-back]")?.click(),
};

const marked = (event) => {
  const name = event.code.replace(/^(Key|Digit)/, "").replace("Slash", "/");
  return [...document.querySelectorAll("[data-key]")].find(
    (element) => element.dataset.key === name && element.offsetParent !== null,
  );
};

const press = (element) => (element.matches("input, textarea, select") ? element.focus() : element.click());

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.code === "Enter" && event.target.form) {
    event.target.form.requestSubmit();
    return event.preventDefault();
  }
  if (off() || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest(typing) || document.querySelector("dialog[open]")) return;
  if (event.shiftKey && event.code === "Slash") {
    document.getElementById("keys")?.showModal();
    return event.preventDefault();
  }
  if (event.code === "Enter" && event.target.closest("a, button, summary, label")) return;
  const element = event.shiftKey ? undefined : marked(event);
  if (element) press(element);
  else if (acts[event.code] && (!event.shiftKey || /^Key[JK]$/.test(event.code))) acts[event.code](event);
  else return;
  event.preventDefault();
});

for (const box of document.querySelectorAll("[data-keys-switch]")) {
  box.checked = !off();
  box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "no" : "yes"));
}
