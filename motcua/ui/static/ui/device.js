// The phone as an app: registers the worker, shows the grey strip, lists what waits to be sent.
// Without script or worker every page works as ever, with a network.

const find = (name) => document.querySelector(`[data-${name}]`);
const me = document.querySelector("meta[name=motcua-device]").content;
const WHEN = { hour: "numeric", minute: "2-digit", day: "numeric", month: "numeric" };
const hour = (at) => new Date(at).toLocaleString("vi-VN", WHEN);
const isWaiting = (row) => row.state === "waiting" || row.state === "away";

const ask = async (what, more = {}) => {
  const { active } = await navigator.serviceWorker.ready;
  return new Promise((done, failed) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => (data.failed ? failed(new Error(what)) : done(data.answer));
    active.postMessage({ ask: what, ...more }, [port2]);
  });
};

const strip = find("offline");
const showStrip = (waiting) => {
  if (!strip) return;
  const keptAt = document.documentElement.dataset.keptAt;
  const seen = { away: !navigator.onLine || Boolean(keptAt), old: Boolean(keptAt), waiting: waiting > 0 };
  for (const part of strip.querySelectorAll("[data-when]")) part.hidden = !seen[part.dataset.when];
  if (keptAt) strip.querySelector("[data-kept]").textContent = hour(keptAt);
  strip.querySelector("[data-count]").textContent = waiting;
  strip.hidden = !Object.values(seen).includes(true);
};

// Signing out empties this browser, what waits included.
document.querySelector("form[action='/dang-xuat']")?.addEventListener("submit", (event) => {
  const waits = strip && !strip.querySelector("[data-when=waiting]").hidden;
  if (waits && !confirm(strip.dataset.warns)) event.preventDefault();
});

const button = (text, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn--quiet btn--sm";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
};

const line = (title, note, ends) => {
  const item = document.createElement("li");
  item.className = "stack stack--tight";
  const words = document.createElement("div");
  const name = document.createElement("b");
  name.textContent = title;
  const more = document.createElement("div");
  more.className = "small muted";
  more.textContent = note;
  words.append(name, more);
  const acts = document.createElement("div");
  acts.className = "row row--tight";
  acts.append(...ends);
  item.append(words, acts);
  return item;
};

const link = (text, address) => {
  const made = document.createElement("a");
  made.className = "btn btn--sm";
  made.href = address;
  made.textContent = text;
  return made;
};

const showQueue = (rows) => {
  const list = find("queue");
  if (!list) return;
  const told = list.dataset;
  const drop = (row) => ask("cancel", { id: row.id }).then(refresh);
  list.replaceChildren(
    ...rows.map((row) => {
      const ends = [];
      if (row.state === "sent" && row.to) ends.push(link(told.open, row.to));
      if (row.state === "away") ends.push(link(told.signIn, "/dang-nhap?next=/may-nay"));
      if (row.state === "refused") ends.push(link(told.open, row.path.replace(/\/luu$/, "")));
      ends.push(button(row.state === "sent" ? told.close : told.cancel, () => drop(row)));
      return line(told[row.kind], `${told[row.state]} · ${hour(row.at)}`, ends);
    }),
  );
  find("queue-none").hidden = rows.length > 0;
  find("queue-send").hidden = !rows.some(isWaiting);
};

const refresh = async () => {
  const rows = await ask("queue");
  showStrip(rows.filter(isWaiting).length);
  showQueue(rows);
};

const showKeeps = async () => {
  const box = find("keeps");
  if (!box) return;
  const input = box.querySelector("input");
  const words = find("keeps-said");
  input.checked = await ask("keeps");
  input.addEventListener("change", async () => {
    try {
      await ask("keep", { keeps: input.checked });
      words.textContent = input.checked ? words.dataset.on : words.dataset.off;
    } catch {
      input.checked = !input.checked;
      words.textContent = words.dataset.failed;
    }
  });
  // Shown only now: pressed earlier, nobody would hear it.
  find("no-worker").hidden = true;
  box.hidden = false;
};

// A file that another app shared is put into the box of the paper whose button is pressed.
const offerShared = async () => {
  const files = await ask("shared");
  const list = find("shared");
  if (list) {
    const drop = (row) => ask("take", { id: row.id }).then(offerShared);
    list.replaceChildren(
      ...files.map((row) => line(row.file.name, hour(row.at), [button(list.dataset.drop, () => drop(row))])),
    );
    find("shared-none").hidden = files.length > 0;
  }
  for (const box of document.querySelectorAll("input[type=file][data-takes-shared]"))
    for (const row of files) {
      const take = button(`${box.dataset.takesShared} ${row.file.name}`, async () => {
        const given = new DataTransfer();
        given.items.add(row.file);
        box.files = given.files;
        box.dispatchEvent(new Event("change", { bubbles: true }));
        await ask("take", { id: row.id });
        take.remove();
      });
      box.closest(".question").append(take);
    }
};

addEventListener("beforeinstallprompt", (event) => {
  const place = find("install");
  if (!place) return;
  event.preventDefault();
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => event.prompt());
});

const start = async () => {
  await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  const isKept = Boolean(document.documentElement.dataset.keptAt);
  if (!isKept) await ask("meet", { account: me, language: document.documentElement.lang });
  navigator.serviceWorker.addEventListener("message", ({ data }) => data.queue && refresh());
  const flush = () => ask("flush").then(refresh);
  addEventListener("online", flush);
  addEventListener("offline", refresh);
  find("queue-send")?.querySelector("button").addEventListener("click", flush);
  await Promise.all([refresh(), showKeeps(), offerShared()]);
  await flush();
};

showStrip(0);
if ("serviceWorker" in navigator) start().catch(() => {}); // refused by the browser: all works online
