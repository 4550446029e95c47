// The desk with a script: a row opens beside the list without a new page, the next one is fetched
// ahead, colleagues at the same dossier are told of, sheets open over the page. Every address here
// is a page of its own; without a script, or when an answer is not as expected, the browser goes
// there.

const AHEAD = { "X-Ahead": "1" };
const REST = 250; // ms on a row before the next one is fetched
const ASKING = 20_000; // ms between two questions who else looks
const PASSING = 8_000; // ms that a button to undo stays, unless it is in use

const page = (text) => new DOMParser().parseFromString(text, "text/html");
const pane = () => document.querySelector(".panes > .pane");
const rows = () => [...document.querySelectorAll("[data-item]")];
const link = (row) => row.querySelector(".item__title");

// One row ahead, and never the same answer twice: its forms hold keys that count once.
let ahead = { url: "", text: null };

const fetchAhead = (row) => {
  const url = row && link(row).href;
  if (!url || url === ahead.url || url === location.href) return;
  const asked = fetch(url, { headers: AHEAD, redirect: "error" });
  ahead = { url, text: asked.then((answer) => (answer.ok ? answer.text() : null)).catch(() => null) };
};

const textOf = async (url) => {
  const waiting = ahead.url === url ? ahead.text : null;
  ahead = { url: "", text: null };
  const text = await waiting;
  if (text) return { text, wasAhead: true };
  const answer = await fetch(url, { redirect: "error" });
  return { text: answer.ok ? await answer.text() : null, wasAhead: false };
};

const show = (found, wasAhead) => {
  const next = found.querySelector(".panes > .pane");
  if (!next || !pane()) return false;
  pane().replaceWith(document.adoptNode(next));
  window.htmx?.process(next);
  document.title = found.title;
  const here = rows().find((row) => link(row).pathname === location.pathname);
  if (here) {
    here.classList.remove("is-unread");
    here.dispatchEvent(new CustomEvent("desk:opened", { bubbles: true }));
    fetchAhead(rows()[rows().indexOf(here) + 1]);
  }
  next.querySelector("[data-focus]")?.focus();
  if (wasAhead) look();
  return true;
};

const open = async (url, { push = true } = {}) => {
  pane()?.setAttribute("aria-busy", "true");
  try {
    const { text, wasAhead } = await textOf(url);
    if (push && text) history.pushState({ desk: true }, "", url);
    if (!text || !show(page(text), wasAhead)) location.assign(url);
  } catch {
    location.assign(url);
  }
};

document.addEventListener("click", (event) => {
  const row = event.target.closest(".item__title, .pane .tabs a");
  if (!row || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!pane() || matchMedia("(max-width: 60rem)").matches) return;
  event.preventDefault();
  open(row.href);
});

// Back: the list stands where it stood; the pane is what the address says.
if (pane()) history.replaceState({ desk: true }, "");
addEventListener("popstate", (event) => event.state?.desk && open(location.href, { push: false }));

let resting;
document.addEventListener("desk:cursor", (event) => {
  clearTimeout(resting);
  resting = setTimeout(() => fetchAhead(event.target), REST);
});

// Who else looks, and whether the dossier has changed meanwhile.
const look = async () => {
  const here = document.querySelector(".pane[data-watch]");
  if (!here || document.hidden) return;
  const said = new URLSearchParams({
    seen: here.dataset.seen,
    deciding: "deciding" in here.dataset ? "1" : "",
    csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "",
  });
  try {
    const answer = await fetch(here.dataset.watch, { method: "POST", body: said });
    const told = here.querySelector(".watched");
    const text = answer.ok ? await answer.text() : "";
    if (told && told.textContent !== text) told.textContent = text;
  } catch {
    // No network: the notice stays as it was, and is asked for again.
  }
};
setInterval(look, ASKING);

// A button to undo passes by itself, but not from under a hand.
for (const toast of document.querySelectorAll("[data-passing]")) {
  const pass = () => (toast.matches(":hover, :focus-within") ? setTimeout(pass, 1_000) : toast.remove());
  setTimeout(pass, PASSING);
}

// A page as a sheet over this one: the keys, the commands.
const sheet = document.createElement("dialog");
sheet.className = "over";
const close = document.createElement("button");
close.className = "btn btn--sm btn--quiet";
close.textContent = "Đóng";
close.addEventListener("click", () => sheet.close());

const fill = (text) => {
  const found = page(text).querySelector("main");
  if (!found) return false;
  sheet.replaceChildren(...found.childNodes, close);
  sheet.setAttribute("aria-label", sheet.querySelector("h1")?.textContent ?? "");
  for (const hidden of sheet.querySelectorAll("[name=hs]")) hidden.value = dossier();
  return true;
};

const dossier = () => document.querySelector(".pane--open .code")?.textContent ?? "";

const openSheet = async (url) => {
  const asked = `${url}?hs=${encodeURIComponent(dossier())}`;
  try {
    const answer = await fetch(asked);
    if (!answer.ok || !fill(await answer.text())) return location.assign(asked);
  } catch {
    return location.assign(asked);
  }
  if (!sheet.isConnected) document.body.append(sheet);
  if (!sheet.open) sheet.showModal();
  (sheet.querySelector("input[type=search], input, a, button") ?? close).focus();
};
document.addEventListener("desk:sheet", (event) => openSheet(event.detail));

let asking = 0;
let typed;
// Whether what stands in the sheet answers this question, and not an older or a newer one.
const ask = async (form) => {
  const turn = ++asking;
  clearTimeout(typed);
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  const found = answer.ok && page(await answer.text()).querySelector("[data-found]");
  if (turn !== asking || !found) return false;
  sheet.querySelector("[data-found]")?.replaceWith(document.adoptNode(found));
  return true;
};

sheet.addEventListener("input", (event) => {
  const form = event.target.closest("[data-commands]");
  clearTimeout(typed);
  if (form) typed = setTimeout(() => ask(form), 120);
});

sheet.addEventListener("keydown", (event) => {
  const all = [...sheet.querySelectorAll("[data-command]")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
  const first = event.code === "Enter" && event.target.matches("[type=search]");
  if (event.isComposing || !all.length || (!step && !first)) return;
  event.preventDefault();
  if (first) return ask(event.target.form).then((told) => told && sheet.querySelector("[data-command]")?.click());
  const at = all.indexOf(document.activeElement);
  if (at + step < 0) sheet.querySelector("[type=search]").focus();
  else all[Math.min(all.length - 1, at + step)].focus();
});

// A new page begins where the list was left.
document.querySelector("[data-item].is-cursor")?.scrollIntoView({ block: "nearest" });
