// What every page gets: theme button, one submit per form, copy buttons, dialogs, focus on errors.
// Everything works without it. No inline handlers: elements ask by data-* attributes.

const root = document.documentElement;
root.classList.add("scripted");

const keep = (name, value) => {
  const [prefix, secure] = location.protocol === "https:" ? ["__Host-", "; Secure"] : ["", ""];
  document.cookie = `${prefix}${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
};

const isDark = () =>
  root.dataset.theme === "dark" ||
  (root.dataset.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);

const toggleTheme = () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  keep("theme", root.dataset.theme);
};

export const say = (text) => {
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.textContent = text;
  document.getElementById("toasts")?.append(toast);
  setTimeout(() => toast.remove(), 8000);
};

const copy = async (button) => {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    say(`${button.dataset.done}: ${button.dataset.copy}`);
  } catch {
    const code = button.parentElement.querySelector(".code");
    if (code) getSelection().selectAllChildren(code);
  }
};

// The second press of a submit button sends nothing; the server's idempotency key is the real guard.
const guard = (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
};

const release = () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
};

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-theme-form]")) {
    event.preventDefault();
    return toggleTheme();
  }
  if (!event.defaultPrevented) guard(event);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-print], [data-open], [data-close]");
  if (!button) {
    for (const menu of document.querySelectorAll("details.menu[open]"))
      if (!menu.contains(event.target)) menu.open = false;
    return;
  }
  if ("copy" in button.dataset) copy(button);
  if ("print" in button.dataset) print();
  if ("open" in button.dataset) document.getElementById(button.dataset.open)?.showModal();
  if ("close" in button.dataset) button.closest("dialog")?.close();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// The browser shows a page from its memory after Back: its forms may be sent again.
addEventListener("pageshow", (event) => event.persisted && release());

const focusOn = (where) => where.querySelector("[data-focus]")?.focus();
focusOn(document);
document.addEventListener("htmx:after:swap", (event) => focusOn(event.target));
