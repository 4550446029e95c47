// A visit to a place without a network: what is noted and photographed lies sealed on the phone,
// signed with its key, and arrives once. Store and rules are those of the counter without a network.

import { REFUSED, WAITS, after } from "./window-rules.js";
import * as store from "./window-store.js";

store.keepIn("motcua-field");

const ROOT = "/ban/thuc-dia";
const PULSE = "/may-nay/nhip";
const PIN = /^\d{6,12}$/;
const AGAIN = 20_000;
const SETTLED = ["KEPT", "WAITING", "ASIDE", "ADDED"];
const HEAVY = 1_500_000; // letters of notes that go together
const LONGEST_SIDE = 1600;
const QUALITY = 0.8;
const MARKS = { FITS: "Đúng", DIFFERS: "Khác", NOT_SEEN: "Không xem được" };
const find = (name) => document.querySelector(`[data-${name}]`);
const show = (name, text) => (find(name).textContent = text);
const hour = new Intl.DateTimeFormat("vi-VN", {
  timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit",
});
const here = { key: null, pack: null, device: null, visit: null, code: "", spot: null, answers: {} };

// --- the city --------------------------------------------------------------------------------------

const send = async (path, body, headers = {}) => {
  const pulse = await (await fetch(PULSE, { cache: "no-store" })).json();
  const answer = await fetch(`${ROOT}${path}`, {
    method: "POST", body, redirect: "manual",
    headers: {
      "X-CSRFToken": pulse.token, "Idempotency-Key": crypto.randomUUID(), Accept: "application/json", ...headers,
    },
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
};

const formOf = (said) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(said)) body.append(name, value);
  return body;
};

// What the phone takes along is sealed too: it names people and places.
const refresh = async () => {
  if (!here.device) return;
  const answer = await fetch(`${ROOT}/may/${here.device.id}/goi`, { redirect: "manual", cache: "no-store" });
  if (!answer.ok) throw new Error(`goi: ${answer.status}`);
  const pack = await answer.json();
  here.code = pack.seal;
  here.key = await store.sealKey(pack.seal);
  here.pack = { at: pack.at, officer: pack.officer, visits: pack.visits };
  await store.keep("pack", await store.seal(here.key, here.pack));
  await keepPage();
};

const keepPage = async () => {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(find("worker").dataset.worker, { scope: "/" });
  const { active } = await navigator.serviceWorker.ready;
  await new Promise((done, failed) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => (data.failed ? failed(new Error("keepField")) : done());
    active.postMessage({ ask: "keepField" }, [port2]);
  });
  document.documentElement.dataset.kept = "yes";
};

const inOrder = (rows) => rows.sort((one, other) => (one.at < other.at ? -1 : 1));

// As many as one call carries, the first noted first: a later answer stands on an earlier one.
const batchOf = (rows) => {
  const batch = [];
  let weight = 0;
  for (const row of inOrder(rows.filter((one) => one.state === WAITS))) {
    weight += row.sealed.data.length;
    if (batch.length && weight > HEAVY) break;
    batch.push(row);
  }
  return batch;
};

let sending = null;
const flush = () => {
  sending ??= sendWaiting().finally(() => {
    sending = null;
  });
  return sending;
};

const sendWaiting = async () => {
  for (;;) {
    const batch = batchOf(await store.entries());
    if (!batch.length || !here.key) return;
    const entries = [];
    for (const one of batch) entries.push({ body: await store.unseal(here.key, one.sealed), signature: one.signature });
    const said = JSON.stringify({ device: here.device.id, entries });
    const { answers } = await send("/gui", said, { "Content-Type": "application/json" });
    const now = after(batch, answers, SETTLED);
    await store.replaceAll(batch, now);
    const odd = answers.filter((one) => one.state === "WAITING").length;
    if (odd) show("said", `${odd} ghi chép khác bản ở máy chủ. Bạn đối chiếu ở trang của buổi xác minh.`);
    if (now.length === batch.length && now.every((one) => one.state === WAITS)) return;
  }
};

// --- notes -----------------------------------------------------------------------------------------

const note = async (kind, words, said) => {
  const id = crypto.randomUUID();
  const at = new Date().toISOString();
  const body = JSON.stringify({ id, visit: here.visit.id, kind, at, ...said });
  const signature = await store.sign(body);
  const shown = await store.seal(here.key, { visit: here.visit.id, words: `${hour.format(new Date(at))} · ${words}` });
  await store.put({ id, state: WAITS, at, signature, sealed: await store.seal(here.key, body), shown });
  await noted();
  await status();
  if (navigator.onLine) await sync();
  return id;
};

const wrong = (text = "", place = null) => {
  find("wrong").hidden = !text;
  show("wrong", text);
  place?.focus();
  return null;
};

const answer = async () => {
  let changed = 0;
  for (const line of here.visit.lines) {
    const mark = find("lines").querySelector(`[name="mark.${line.key}"]:checked`)?.value ?? "";
    const text = find("lines").elements[`text.${line.key}`].value.trim();
    if (!mark || (mark === line.mark && text === line.said)) continue;
    const id = await note("ANSWER", `${line.text}: ${MARKS[mark]}`, { key: line.key, base: line.base, mark, text });
    Object.assign(line, { base: id, mark, said: text });
    changed += 1;
  }
  if (!changed) return wrong("Bạn chọn kết quả cho ít nhất một điều cần xem.", find("lines").querySelector("input"));
  await store.keep("pack", await store.seal(here.key, here.pack));
  wrong();
};

const shrunk = async (file) => {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", QUALITY);
};

const photo = async () => {
  const form = find("photo");
  const [file] = form.elements.photo.files;
  if (!file) return wrong("Bạn chụp hoặc chọn một ảnh trước khi lưu.", form.elements.photo);
  const text = form.elements.text.value.trim();
  const spot = { ...here.spot, place: form.elements.place.value.trim() };
  await note("PHOTO", `Ảnh: ${text || file.name}`, { text, spot, picture: await shrunk(file) });
  form.reset();
  here.spot = null;
  wrong();
};

const person = async () => {
  const form = find("person");
  const name = form.elements.name.value.trim();
  if (!name) return wrong("Bạn ghi họ tên người có mặt.", form.elements.name);
  const picture = form.elements.drawn.getAttribute("value");
  await note("PERSON", `Có mặt: ${name}`, { name, capacity: form.elements.capacity.value.trim(), picture });
  form.reset();
  form.querySelector("[data-clear]").click();
  wrong();
};

const locate = () => {
  here.spot = null;
  const lost = () => show("spot", "Máy không cho biết vị trí. Bạn ghi bằng chữ.");
  if (!navigator.geolocation) return lost();
  show("spot", "Đang tìm vị trí của máy.");
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    const accuracy = Math.round(coords.accuracy);
    here.spot = { lat: coords.latitude, lng: coords.longitude, accuracy };
    show("spot", `Vị trí của máy: ${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}, sai số ${accuracy} m.`);
  }, lost, { enableHighAccuracy: true, timeout: 15000, maximumAge: 10000 });
};

// --- the page --------------------------------------------------------------------------------------

const element = (name, properties = {}, ...inside) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
};

const lineBox = (line) => {
  const picks = Object.entries(MARKS).map(([value, label]) => {
    const checked = value === line.mark;
    const input = element("input", { type: "radio", name: `mark.${line.key}`, value, checked });
    return element("label", { className: "pick" }, input, element("span", { textContent: label }));
  });
  const text = element("input", { className: "field", name: `text.${line.key}`, value: line.said, maxLength: 2000 });
  text.setAttribute("aria-label", `Ghi chú: ${line.text}`);
  const legend = element("legend", { className: "question__label", textContent: line.text });
  const box = element("div", { className: "picks" }, ...picks);
  return element("fieldset", { className: "question" }, legend, box, text);
};

const open = async (visit) => {
  here.visit = visit;
  find("visit").hidden = false;
  show("where", visit.place);
  show("about", [visit.code, visit.when, visit.who, visit.companions].filter(Boolean).join(" · "));
  find("questions").replaceChildren(...visit.lines.map(lineBox));
  await noted();
  find("where").focus();
};

const noted = async () => {
  const lines = [];
  for (const row of inOrder(await store.entries())) {
    const shown = await store.unseal(here.key, row.shown);
    const rest = row.state === REFUSED ? ` (chưa nhận: ${row.sentence})` : " (chờ gửi)";
    if (shown.visit === here.visit?.id) lines.push(element("li", { textContent: shown.words + rest }));
  }
  find("noted").replaceChildren(...(lines.length ? lines : [element("li", { textContent: "Mọi ghi chép đã gửi." })]));
};

const listVisits = () => {
  const visits = here.pack?.visits ?? [];
  const buttons = visits.map((one) => {
    const button = element("button", { type: "button", className: "btn", textContent: `${one.when}: ${one.place}` });
    button.addEventListener("click", () => open(one));
    return button;
  });
  find("list").replaceChildren(...(buttons.length ? buttons : ["Chưa có buổi nào được hẹn cho bạn."]));
};

const status = async () => {
  const rows = await store.entries();
  const refused = rows.filter((one) => one.state === REFUSED);
  show("network", navigator.onLine ? "Có mạng." : "Mất mạng. Bạn vẫn ghi được, máy gửi khi có mạng.");
  show("machine", here.device?.name ?? "Chưa đăng ký");
  show("waiting", String(rows.filter((one) => one.state === WAITS).length));
  find("refused").hidden = !refused.length;
  find("refused").replaceChildren(...refused.map((one) => element("li", { textContent: one.sentence })));
  const ready = Boolean(here.device && here.key && here.pack);
  find("register").hidden = Boolean(here.device);
  find("unlock").hidden = !here.device || ready;
  find("visits").hidden = !ready;
  if (ready && here.visit) await noted();
};

const sync = async () => {
  try {
    if (here.device && !here.key) await refresh();
    await flush();
    await refresh();
    if (!here.visit) listVisits();
  } catch {
    show("said", "Chưa gửi được. Ghi chép vẫn nằm trên máy, sẽ gửi khi có mạng và bạn đã đăng nhập.");
  }
  await status();
};

const register = async () => {
  const { name, pin } = find("register").elements;
  if (!name.value.trim() || !PIN.test(pin.value)) return show("said", "Bạn đặt tên máy và mã mở khóa từ 6 chữ số.");
  const key = await store.newSigningKey();
  const { device } = await send("/may/dang-ky", formOf({ name: name.value, key }));
  here.device = { id: device, name: name.value.trim() };
  await store.keep("device", here.device);
  await refresh();
  await store.closeWithPin(pin.value, here.code);
  pin.value = "";
  listVisits();
  await status();
};

const unlock = async () => {
  const { pin } = find("unlock").elements;
  try {
    here.key = await store.openWithPin(pin.value);
    here.pack = await store.unseal(here.key, await store.kept("pack"));
  } catch {
    return show("said", "Mã mở khóa không đúng.");
  } finally {
    pin.value = "";
  }
  listVisits();
  await status();
};

const on = (name, event, act) =>
  find(name).addEventListener(event, (happened) => {
    happened.preventDefault();
    Promise.resolve(act()).catch(() => wrong("Chưa ghi được. Bạn thử lại; những gì đã ghi vẫn nằm trên máy."));
  });

const start = async () => {
  here.device = (await store.kept("device")) ?? null;
  on("register", "submit", register);
  on("unlock", "submit", unlock);
  on("lines", "submit", answer);
  on("photo", "submit", photo);
  on("person", "submit", person);
  on("send", "click", sync);
  find("photo").elements.photo.addEventListener("change", locate);
  addEventListener("online", sync);
  addEventListener("offline", status);
  await sync();
  setInterval(() => navigator.onLine && store.entries().then((rows) => batchOf(rows).length && sync()), AGAIN);
};

start();
