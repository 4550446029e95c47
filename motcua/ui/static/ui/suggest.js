// Suggestions as one types: <form data-suggest="/address"> with one text box, the combobox pattern.
// The address answers JSON {"found": [{"name", "language", "field", "url"}], "count"}.
// Without script, or without an answer, the box is an ordinary form.

const WAIT = 160;
const LEAST = 2;

const optionOf = (found, place, id) => {
  const option = document.createElement("li");
  option.id = `${id}-${place}`;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.dataset.url = found.url;
  const name = document.createElement("span");
  name.textContent = found.name;
  if (found.language) name.lang = found.language;
  const field = document.createElement("small");
  field.textContent = found.field;
  field.lang = "vi";
  option.append(name, field);
  return option;
};

const combobox = (form) => {
  const box = form.querySelector("input[name='q']");
  const list = document.createElement("ul");
  const said = document.createElement("span");
  list.className = "suggest";
  list.id = `${box.id}-suggest`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.querySelector("label").textContent);
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  box.type = "text"; // a search box may not be a combobox
  box.enterKeyHint = "search";
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ])
    box.setAttribute(name, value);
  form.append(list, said);
  return { box, list, said, at: -1, asked: 0 };
};

const close = (it) => {
  it.list.hidden = true;
  it.at = -1;
  it.box.setAttribute("aria-expanded", "false");
  it.box.removeAttribute("aria-activedescendant");
};

const show = (it, answer) => {
  it.list.replaceChildren(...answer.found.map((one, place) => optionOf(one, place, it.list.id)));
  close(it);
  it.said.textContent = answer.count;
  if (!answer.found.length || document.activeElement !== it.box) return;
  it.list.hidden = false;
  it.box.setAttribute("aria-expanded", "true");
};

const move = (it, by) => {
  const options = [...it.list.children];
  if (it.list.hidden || !options.length) return false;
  it.at = (it.at + by + options.length + (it.at < 0 && by < 0 ? 1 : 0)) % options.length;
  options.forEach((option, place) => option.setAttribute("aria-selected", String(place === it.at)));
  it.box.setAttribute("aria-activedescendant", options[it.at].id);
  options[it.at].scrollIntoView({ block: "nearest" });
  return true;
};

const ask = async (it, address) => {
  const turn = ++it.asked;
  const typed = it.box.value.trim();
  if (typed.length < LEAST) return close(it);
  try {
    const answer = await fetch(`${address}?q=${encodeURIComponent(typed)}`);
    if (answer.ok && turn === it.asked) show(it, await answer.json());
  } catch {
    close(it);
  }
};

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const it = combobox(form);
  let waiting;
  it.box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(it, form.dataset.suggest), WAIT);
  });
  it.box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && move(it, 1)) event.preventDefault();
    if (event.key === "ArrowUp" && move(it, -1)) event.preventDefault();
    if (event.key === "Escape" && !it.list.hidden) {
      event.preventDefault();
      close(it);
    }
    if (event.key === "Enter" && it.at >= 0) {
      event.preventDefault();
      location.assign(it.list.children[it.at].dataset.url);
    }
  });
  it.list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps focus
  it.list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-url]");
    if (option) location.assign(option.dataset.url);
  });
  it.box.addEventListener("blur", () => close(it));
  form.addEventListener("submit", () => ++it.asked);
}
