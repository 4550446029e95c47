// The counter that goes on without a network: numbers given before, receipts printed here, entries
// that wait sealed and arrive once. Rules and store lie beside it, this is the page.

import * as rules from "./window-rules.js";
import * as store from "./window-store.js";

const ROOT = "/quay/mat-mang";
const PULSE = "/may-nay/nhip";
const LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const PHONE = /^(\+84|0)\d{9}$/;
const PIN = /^\d{6,12}$/;
const AGAIN = 20_000;
const NO_DUE = "Ngày hẹn sẽ báo khi có mạng";
const NO_FEE = "Mức thu sẽ báo khi có mạng";
const find = (name) => document.querySelector(`[data-${name}]`);
const show = (name, text) => (find(name).textContent = text);
const hour = new Intl.DateTimeFormat("vi-VN", {
  timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric",
});
const form = find("take");
const here = { key: null, pack: null, device: null, chosen: null, code: "" };

// --- the city --------------------------------------------------------------------------------------

const freshKey = () => crypto.randomUUID();

const send = async (path, body, headers = {}) => {
  const pulse = await (await fetch(PULSE, { cache: "no-store" })).json();
  const answer = await fetch(`${ROOT}${path}`, {
    method: "POST", body, redirect: "manual",
    headers: { "X-CSRFToken": pulse.token, "Idempotency-Key": freshKey(), Accept: "application/json", ...headers },
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
};

const formOf = (said) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(said)) body.append(name, value);
  return body;
};

// What a window takes with it for hours without a network, fresh whenever there is one.
const refresh = async () => {
  const answer = await fetch(`${ROOT}/goi`, { redirect: "manual", cache: "no-store" });
  if (!answer.ok) throw new Error(`goi: ${answer.status}`);
  here.pack = await answer.json();
  await store.keep("pack", here.pack);
  if (!here.device) return;
  const { ranges, seal } = await send(`/may/${here.device.id}/dai-so`, formOf({}));
  here.code = seal;
  here.key = await store.sealKey(seal);
  await store.keep("ranges", ranges);
  await keepPage();
};

// The browser serves this page from its own store while there is no network.
const keepPage = async () => {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(find("worker").dataset.worker, { scope: "/" });
  const { active } = await navigator.serviceWorker.ready;
  await new Promise((done, failed) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => (data.failed ? failed(new Error("keepCounter")) : done());
    active.postMessage({ ask: "keepCounter" }, [port2]);
  });
  document.documentElement.dataset.kept = "yes";
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
    const rows = await store.entries();
    const batch = rules.batchOf(rows);
    if (!batch.length || !here.key) return;
    const opened = [];
    for (const one of batch) opened.push({ body: await store.unseal(here.key, one.sealed), signature: one.signature });
    const said = JSON.stringify({ device: here.device.id, entries: opened });
    const { answers } = await send("/gui", said, { "Content-Type": "application/json" });
    const now = rules.after(batch, answers);
    await store.replaceAll(batch, now);
    if (now.length === batch.length && now.every((one) => one.state === rules.WAITS)) return;
  }
};

// --- one reception ---------------------------------------------------------------------------------

const secret = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => LETTERS[byte % LETTERS.length]).join("");

const begun = (next, now) => ({
  id: crypto.randomUUID(), state: rules.WAITS, range: next.range, serial: next.serial, at: now.toISOString(),
});

const headOf = (row) => ({
  id: row.id, range: row.range, serial: row.serial, officer: here.pack.officer.id, at: row.at,
  code: rules.codeOf(here.pack.agency, row.serial, new Date(row.at)),
});

const finish = async (row, said) => {
  const body = JSON.stringify(said);
  const signature = await store.sign(body);
  return store.complete({ ...row, signature, sealed: await store.seal(here.key, body) });
};

// A browser that was killed between taking a number and writing: the number is spoilt, and told.
const mendBroken = async () => {
  if (taking) return; // not broken, being written
  for (const row of await store.entries())
    if (!row.signature) await finish(row, { ...headOf(row), kind: "void", reason: "Máy tắt khi đang ghi" });
};

const answersNow = () => {
  const said = {};
  for (const one of find("questions").querySelectorAll("[data-answer]")) {
    if (one.type === "radio" && !one.checked) continue;
    said[one.dataset.answer] = one.value.trim();
  }
  return said;
};

const papersNow = () =>
  Object.fromEntries([...find("papers").querySelectorAll("input:checked")].map((one) => [one.name.slice(2), one.value]));

const wrongWith = (procedure, answers, papers) => {
  if (!rules.numberIn(form.number.value)) return ["Số định danh có 12 chữ số.", form.number];
  if (form.phone.value.trim() && !PHONE.test(form.phone.value.replace(/[\s.-]/g, "")))
    return ["Số điện thoại có 10 chữ số, bắt đầu bằng 0.", form.phone];
  if (!form.full_name.value.trim()) return ["Bạn nhập họ tên như trên thẻ.", form.full_name];
  if (form.born_on.value > new Date().toLocaleDateString("sv-SE")) return ["Ngày sinh ở sau hôm nay.", form.born_on];
  if (!form.born_on.value) return ["Bạn nhập ngày sinh như trên thẻ.", form.born_on];
  if (!procedure) return ["Bạn chọn thủ tục trước.", form.q];
  const lacks = rules.lacking(procedure, answers, papers);
  const first = lacks.questions[0] ?? lacks.papers[0];
  if (!first) return null;
  const place = form.querySelector(`[name="a.${first.key}"], [name="p.${first.key}"]`);
  return [first.label ? `Bạn trả lời: ${first.label}.` : `Thiếu «${first.name}». Không có thì chưa nhận được.`, place];
};

// One press at a time: a second one while the first is written would take a second number.
let taking = null;
const take = () => {
  taking ??= takeIn().finally(() => {
    taking = null;
  });
  return taking;
};

const takeIn = async () => {
  if (form.hidden) return;
  const procedure = here.chosen;
  const [answers, papers, now] = [answersNow(), papersNow(), new Date()];
  const wrong = wrongWith(procedure, answers, papers);
  find("wrong").hidden = !wrong;
  if (wrong) {
    show("wrong", wrong[0]);
    return wrong[1]?.focus();
  }
  const row = await store.reserve((ranges, used) => rules.nextNumber(ranges, used, now), (next) => begun(next, now));
  if (!row) {
    find("wrong").hidden = false;
    return show("wrong", "Máy đã hết số. Bạn ghi giấy, hoặc nhận ở máy khác.");
  }
  const [fee, due] = [rules.feeOf(procedure, answers), rules.dueOf(procedure, answers, now, here.pack.unit.ward)];
  const came = (how) => Object.keys(papers).filter((key) => papers[key] === how);
  const said = {
    ...headOf(row), kind: "reception", secret: secret(), procedure: procedure.code, version: procedure.version,
    person: {
      number: rules.numberIn(form.number.value), name: form.full_name.value.trim(),
      born_on: form.born_on.value, phone: form.phone.value.trim(),
    },
    answers, shown: came("shown"), handed: came("handed"),
    return_form: form.querySelector("[name=return_form]:checked")?.value ?? "COUNTER", fee, due,
  };
  if (!(await finish(row, said))) {
    find("wrong").hidden = false;
    return show("wrong", "Số này vừa bị bỏ ở một thẻ khác. Bạn nhấn lần nữa để lấy số tiếp theo.");
  }
  await store.keep("draft", null);
  await store.keep("recent", [procedure.code, ...((await store.kept("recent")) ?? [])].slice(0, 5));
  receipt(said, procedure, { ...papers });
  await status();
  if (navigator.onLine) await sync();
};

const receipt = (said, procedure, papers) => {
  const words = {
    unit: here.pack.unit.name.toLocaleUpperCase("vi"), due: said.due ? hour.format(new Date(said.due)) : NO_DUE,
    code: said.code, name: said.person.name, signer: said.person.name, procedure: procedure.name,
    at: hour.format(new Date(said.at)), secret: said.secret, officer: here.pack.officer.name,
    fee: said.fee === null ? NO_FEE : said.fee ? `${said.fee.toLocaleString("vi-VN")} đồng` : "Không thu",
  };
  for (const [name, text] of Object.entries(words)) document.querySelector(`[data-slip=${name}]`).textContent = text;
  const names = Object.fromEntries(procedure.papers.map((one) => [one.key, one.name]));
  find("slip-papers").replaceChildren(
    ...Object.entries(papers).map(([key, how]) => {
      const line = document.createElement("li");
      line.textContent = `${names[key]}, ${how === "shown" ? "đã xem bản chính, trả lại" : "bản giấy đã nộp"}`;
      return line;
    }),
  );
  form.hidden = true;
  find("receipt").hidden = false;
  find("next").focus();
};

const next = () => {
  form.reset();
  choose(null);
  find("receipt").hidden = true;
  form.hidden = false;
  form.number.focus();
};

// --- the page --------------------------------------------------------------------------------------

const pick = (name, value, label) => {
  const line = document.createElement("label");
  line.className = "pick";
  const input = Object.assign(document.createElement("input"), { type: "radio", name, value });
  const words = document.createElement("span");
  words.textContent = label;
  line.append(input, words);
  return [line, input];
};

const boxOf = (label, fields) => {
  const box = document.createElement("fieldset");
  box.className = "question";
  const legend = document.createElement("legend");
  legend.className = "question__label";
  legend.textContent = label;
  box.append(legend, ...fields);
  return box;
};

const YES_NO = [{ value: "yes", label: "Có" }, { value: "no", label: "Không" }];

const questionBox = (one, said) => {
  const options = one.type === "yes_no" ? YES_NO : one.options;
  if (!options) {
    const input = Object.assign(document.createElement("input"), { className: "field", name: `a.${one.key}` });
    input.value = said ?? "";
    input.dataset.answer = one.key;
    input.setAttribute("aria-label", one.label);
    return boxOf(one.label, [input]);
  }
  const lines = options.map((option) => {
    const [line, input] = pick(`a.${one.key}`, option.value, option.label);
    input.dataset.answer = one.key;
    input.checked = said === option.value;
    return line;
  });
  return boxOf(one.label, lines);
};

const WAYS = [["shown", "Xem bản chính, trả lại"], ["handed", "Nộp bản giấy, sẽ quét"]];

const paperBox = (one, said) => {
  if (one.register) return boxOf(one.name, ["Lấy từ cơ sở dữ liệu khi có mạng."]);
  if (one.form) return boxOf(one.name, ["Tờ khai giấy, nhập sau khi nhận."]);
  const lines = WAYS.map(([value, label]) => {
    const [line, input] = pick(`p.${one.key}`, value, label);
    input.checked = said === value;
    return line;
  });
  return boxOf(one.name, lines);
};

const draw = () => {
  const [answers, papers] = [answersNow(), papersNow()];
  const procedure = here.chosen;
  show("chosen", procedure?.name ?? "");
  const focused = document.activeElement?.name;
  const value = document.activeElement?.value;
  find("questions").replaceChildren(
    ...(procedure ? rules.asked(procedure, answers).map((one) => questionBox(one, answers[one.key])) : []),
  );
  find("papers").replaceChildren(
    ...(procedure ? rules.papersOf(procedure, answers).map((one) => paperBox(one, papers[one.key])) : []),
  );
  const again = focused && [...form.querySelectorAll(`[name="${CSS.escape(focused)}"]`)];
  if (again?.length) (again.find((one) => one.value === value) ?? again[0]).focus();
  const due = procedure ? rules.dueOf(procedure, answers, new Date(), here.pack.unit.ward) : "";
  show("promise", procedure ? `Hẹn trả: ${due ? hour.format(new Date(due)) : NO_DUE}` : "");
};

const choose = (procedure) => {
  here.chosen = procedure;
  find("hits").replaceChildren();
  form.q.value = "";
  draw();
  find("questions").querySelector("input")?.focus();
};

const search = async () => {
  const hits = rules.found(here.pack.procedures, form.q.value, (await store.kept("recent")) ?? []);
  if (hits.length) choose(hits[0]);
  find("hits").replaceChildren(
    ...hits.slice(1).map((one) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn--sm" });
      button.textContent = one.name;
      button.addEventListener("click", () => choose(one));
      return button;
    }),
  );
  if (!hits.length) show("chosen", "Không có thủ tục nào khớp.");
};

// Half filled is kept too, sealed, for a day.
const keepDraft = async () => {
  if (!here.key) return;
  const said = {
    at: Date.now(), code: here.chosen?.code ?? "", answers: answersNow(), papers: papersNow(),
    fields: ["number", "full_name", "born_on", "phone"].map((name) => [name, form[name].value]),
  };
  await store.keep("draft", await store.seal(here.key, said));
};

const putBack = async () => {
  const sealed = await store.kept("draft");
  const said = sealed && (await store.unseal(here.key, sealed).catch(() => null));
  if (!said || Date.now() - said.at > 86_400_000) return;
  for (const [name, value] of said.fields) form[name].value = value;
  here.chosen = here.pack.procedures.find((one) => one.code === said.code) ?? null;
  for (let round = 0; round < 2; round++) {
    draw(); // answers may call for more questions
    for (const [kind, values] of [["a", said.answers], ["p", said.papers]])
      for (const [key, value] of Object.entries(values))
        for (const one of form.querySelectorAll(`[name="${CSS.escape(`${kind}.${key}`)}"]`))
          if (one.type === "radio") one.checked = one.value === value;
          else one.value = value;
  }
};

const status = async () => {
  const rows = await store.entries();
  const waiting = rows.filter((one) => one.state === rules.WAITS);
  const refused = rows.filter((one) => one.state === rules.REFUSED);
  const [ranges, used] = [(await store.kept("ranges")) ?? [], (await store.kept("used")) ?? {}];
  show("network", navigator.onLine ? "Có mạng." : "Mất mạng. Bạn vẫn nhận được bằng số đã cấp.");
  show("machine", here.device?.name ?? "Chưa đăng ký");
  show("unit", here.pack?.unit.name ?? "–");
  show("left", String(rules.left(ranges, used, new Date())));
  show("waiting", String(waiting.length));
  find("refused").hidden = !refused.length;
  find("refused").replaceChildren(
    ...refused.map((one) => {
      const line = document.createElement("li");
      line.textContent = `Số ${String(one.serial).padStart(7, "0")}: ${one.sentence}`;
      return line;
    }),
  );
  const ready = Boolean(here.device && here.key && here.pack);
  find("register").hidden = Boolean(here.device);
  find("unlock").hidden = !here.device || ready;
  if (find("receipt").hidden) form.hidden = !ready;
};

const sync = async () => {
  try {
    await refresh();
    if (here.device) await mendBroken();
    if (here.device) await flush();
    show("said", here.device ? "Mọi thứ đã đồng bộ lúc " + hour.format(new Date()) : "");
  } catch {
    show("said", "Chưa gửi được. Các lượt vẫn nằm trên máy, sẽ gửi khi có mạng và bạn đã đăng nhập.");
  }
  await status();
};

const register = async () => {
  const { name, pin } = find("register").elements;
  if (!name.value.trim() || !PIN.test(pin.value)) return show("said", "Bạn đặt tên máy và mã mở khóa từ 6 chữ số.");
  const key = await store.newSigningKey();
  const { device } = await send("/may", formOf({ name: name.value, key }));
  here.device = { id: device, name: name.value.trim() };
  await store.keep("device", here.device);
  await refresh();
  await store.closeWithPin(pin.value, here.code);
  pin.value = "";
  await status();
  await ready();
};

const unlock = async () => {
  const { pin } = find("unlock").elements;
  try {
    here.key = await store.openWithPin(pin.value);
  } catch {
    return show("said", "Mã mở khóa không đúng.");
  } finally {
    pin.value = "";
  }
  await mendBroken();
  await status();
  await ready();
};

const ready = async () => {
  if (!here.key) return;
  const returns = here.pack.returns.map((one, place) => {
    const [line, input] = pick("return_form", one.value, one.label);
    input.defaultChecked = place === 0;
    return line;
  });
  find("returns").replaceChildren(...returns);
  await putBack();
  form.number.focus();
};

const failed = () => show("said", "Chưa làm được. Bạn thử lại; những gì đã nhận vẫn nằm trên máy.");

const on = (name, event, act) =>
  find(name).addEventListener(event, (happened) => {
    happened.preventDefault();
    act().catch(failed);
  });

const start = async () => {
  here.device = (await store.kept("device")) ?? null;
  here.pack = (await store.kept("pack")) ?? null;
  on("register", "submit", register);
  on("unlock", "submit", unlock);
  on("take", "submit", () => (document.activeElement === form.q && form.q.value ? search() : take()));
  on("send", "click", sync);
  on("next", "click", async () => next());
  form.addEventListener("change", ({ target }) => {
    if (target.name === "number") target.value = rules.numberIn(target.value) || target.value;
    if (target.name?.startsWith("a.")) draw();
    keepDraft().catch(() => {}); // a full disk: what is typed stays on the page
  });
  form.addEventListener("keydown", (event) => {
    if (event.target === form.number && event.code === "Enter") {
      event.preventDefault();
      form.number.value = rules.numberIn(form.number.value) || form.number.value;
      form.full_name.focus();
    } else if (event.ctrlKey && event.code === "Enter") {
      event.preventDefault();
      take().catch(failed);
    } else if (event.code === "Enter" && event.target.type === "radio") event.preventDefault();
  });
  document.addEventListener("keydown", (event) => event.code === "F2" && !find("receipt").hidden && next());
  addEventListener("online", sync);
  addEventListener("offline", status);
  await sync();
  await ready();
  setInterval(() => navigator.onLine && store.entries().then((rows) => rules.batchOf(rows).length && sync()), AGAIN);
};

start();
