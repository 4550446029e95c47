// Papers from a phone: a photograph is looked at, turned and made smaller here, and every file goes
// up in parts that are resumed where they stopped. Without script the form sends plain files.
//
// <form data-papers="/giay-to/len"> … <section data-paper="key"> <input type="file"> <ul data-tray>
// A form with data-papers-now is sent as soon as the files of a paper are there; another keeps them
// until it is sent by hand.

const LONGEST_SIDE = 1600;
const QUALITY = 0.85;
const LIGHT = 1024 * 1024; // a picture of this size and side goes up as it is
const LOOKED_AT = 480;
const FIRST_PART = 256 * 1024;
const QUICK = 1500;
const PAUSES = [1, 2, 4, 8, 15, 30, 30, 30];

const english = document.documentElement.lang === "en";
const WORDS = {
  use: ["Dùng ảnh này", "Use this picture"],
  turn: ["Xoay phải", "Turn right"],
  drop: ["Bỏ", "Remove"],
  again: ["Thử lại", "Try again"],
  waiting: ["Xem ảnh rồi bấm «Dùng ảnh này».", "Look at the picture, then press “Use this picture”."],
  choose: ["Bạn bấm «Dùng ảnh này» hoặc «Bỏ» rồi gửi.", "Press “Use this picture” or “Remove”, then send."],
  wait: ["Tệp này đang tải lên. Bạn đợi tải xong rồi gửi.", "This file is still uploading. Wait until it has, then send."],
  preparing: ["Đang chuẩn bị…", "Getting ready…"],
  sending: ["Đang tải lên", "Uploading"],
  offline: ["Mất mạng. Có mạng sẽ tải tiếp từ chỗ dừng.", "No network. It goes on from where it stopped."],
  stopped: ["Chưa tải xong. Phần đã gửi vẫn còn.", "Not finished. What was sent is kept."],
  done: ["Đã tải lên", "Uploaded"],
  kept: ["Đã tải lên, gửi cùng biểu mẫu này", "Uploaded, sent with this form"],
  empty: ["Tệp này trống (0 byte). Bạn mở tệp kiểm tra rồi chọn lại.", "This file is empty (0 bytes). Open it, check, and choose again."],
  huge: ["Tệp lớn hơn 50 MB. Bạn giảm dung lượng hoặc tách thành nhiều tệp.", "The file is over 50 MB. Make it smaller or split it."],
  unseen: ["Máy này không xem trước được ảnh. Ảnh vẫn được gửi nguyên vẹn.", "This device cannot show the picture. It is sent as it is."],
  twice: ["Tệp này đã được chọn cho giấy này.", "This file was chosen for this paper before."],
  BLURRED: ["Ảnh có thể bị mờ. Bạn chụp lại hoặc vẫn dùng.", "The picture may be blurred. Take it again, or use it."],
  DARK: ["Ảnh có thể quá tối. Bạn chụp lại nơi sáng hơn hoặc vẫn dùng.", "The picture may be too dark. Take it again in better light, or use it."],
  SMALL: ["Ảnh nhỏ, chữ có thể khó đọc.", "The picture is small; words may be hard to read."],
  CUT: ["Giấy có thể bị cắt mất mép. Bạn chụp trọn tờ giấy.", "An edge of the paper may be cut off. Take all of it."],
};
const word = (name) => WORDS[name][english ? 1 : 0];

// ---- what a picture looks like: advice only, by rough measures

const canvasOf = (width, height) => Object.assign(document.createElement("canvas"), { width, height });

const greyOf = (canvas) => {
  const scale = Math.min(1, LOOKED_AT / Math.max(canvas.width, canvas.height));
  const width = Math.max(1, Math.round(canvas.width * scale));
  const height = Math.max(1, Math.round(canvas.height * scale));
  const small = canvasOf(width, height);
  const pen = small.getContext("2d", { willReadFrequently: true });
  pen.imageSmoothingQuality = "high";
  pen.drawImage(canvas, 0, 0, width, height);
  const { data } = pen.getImageData(0, 0, width, height);
  const grey = new Float32Array(width * height);
  for (let at = 0; at < grey.length; at++)
    grey[at] = 0.299 * data[at * 4] + 0.587 * data[at * 4 + 1] + 0.114 * data[at * 4 + 2];
  return { grey, width, height };
};

const mean = (values) => values.reduce((sum, one) => sum + one, 0) / (values.length || 1);

const edges = ({ grey, width, height }) => {
  const found = [];
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      found.push(4 * grey[at] - grey[at - 1] - grey[at + 1] - grey[at - width] - grey[at + width]);
    }
  const middle = mean(found);
  return mean(found.map((one) => (one - middle) ** 2));
};

const brightSides = ({ grey, width, height }, limit) => {
  const share = (size, at) => {
    let bright = 0;
    for (let n = 0; n < size; n++) if (grey[at(n)] > limit) bright += 1;
    return bright / size;
  };
  return [
    share(width, (n) => n),
    share(width, (n) => (height - 1) * width + n),
    share(height, (n) => n * width),
    share(height, (n) => n * width + width - 1),
  ];
};

const adviceOn = (canvas, side) => {
  const found = [];
  const picture = greyOf(canvas);
  const light = mean(picture.grey);
  if (edges(picture) < 60) found.push("BLURRED");
  if (light < 70) found.push("DARK");
  if (side < 700) found.push("SMALL");
  const [most, least] = [Math.max, Math.min].map((pick) => pick(...brightSides(picture, light)));
  if (most > 0.6 && least < 0.2) found.push("CUT");
  return found;
};

// ---- a picture on this device

const opened = async (file) => {
  if (!file.type.startsWith("image/") && !/\.(jpe?g|png|webp|hei[cf])$/i.test(file.name)) return null;
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
};

const drawn = (bitmap, quarters) => {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [Math.round(bitmap.width * scale), Math.round(bitmap.height * scale)];
  const canvas = quarters % 2 ? canvasOf(height, width) : canvasOf(width, height);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; // a PNG may be transparent, a JPEG never is
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.translate(canvas.width / 2, canvas.height / 2);
  pen.rotate((quarters * Math.PI) / 2);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(bitmap, -width / 2, -height / 2, width, height);
  return canvas;
};

const shrunk = async (item) => {
  const { file, bitmap, quarters } = item;
  const fits = Math.max(bitmap.width, bitmap.height) <= LONGEST_SIDE && file.size <= LIGHT;
  if (fits && !quarters && file.type !== "image/heic") return { blob: file, name: file.name };
  const canvas = drawn(bitmap, quarters);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return { blob, name: file.name.replace(/\.[^.]*$/, "") + ".jpg" };
};

// ---- parts

const freshKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const digestOf = async (blob) =>
  Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer())), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

class Refused extends Error {}
const LATER = new Set([408, 429, 500, 502, 503, 504]);

const call = async (url, options = {}) => {
  const headers = { Accept: "application/json", "X-CSRFToken": token(), ...options.headers };
  const reply = await fetch(url, { ...options, headers, redirect: "error" });
  if (LATER.has(reply.status)) throw new TypeError(String(reply.status));
  const json = reply.headers.get("Content-Type")?.includes("json");
  return { status: reply.status, told: json ? await reply.json() : {} };
};

// The same bytes announced again go on where they stopped: the server knows by their hash.
const begun = async (door, blob, name) => {
  const body = new URLSearchParams({ name, size: blob.size, sha256: await digestOf(blob) });
  const { status, told } = await call(door, { method: "POST", body, headers: { "Idempotency-Key": freshKey() } });
  if (status !== 201) throw new Refused(told.message || word("stopped"));
  return told;
};

const sentFrom = async (told, blob, received, length) => {
  const part = blob.slice(received, received + length);
  const headers = {
    "Content-Type": "application/offset+octet-stream",
    "Upload-Offset": String(received),
    "Upload-Checksum": await digestOf(part),
  };
  const { status, told: said } = await call(told.url, { method: "PATCH", body: part, headers });
  if (status === 200 || (status === 409 && "received" in said)) return said.received;
  if (said.code === "part_damaged") throw new TypeError("damaged");
  throw new Refused(said.message || word("stopped"));
};

const pause = (seconds) =>
  new Promise((done) => {
    const timer = setTimeout(done, seconds * 1000);
    addEventListener("online", () => (clearTimeout(timer), done()), { once: true });
  });

// Resolves with what the door told; throws Refused for what no repetition mends.
const brought = async (door, blob, name, show) => {
  let [told, received, length, failures] = [null, 0, FIRST_PART, 0];
  while (!told || received < blob.size) {
    try {
      if (!told) {
        told = await begun(door, blob, name);
        received = told.received;
      }
      const since = performance.now();
      if (received < blob.size) received = await sentFrom(told, blob, received, length);
      if (performance.now() - since < QUICK) length = Math.min(length * 2, told.part);
      failures = 0;
      show(received / blob.size);
    } catch (problem) {
      if (problem instanceof Refused || failures >= PAUSES.length) throw problem;
      show(received / blob.size, word("offline"));
      length = FIRST_PART;
      await pause(PAUSES[failures++]);
    }
  }
  return told;
};

// ---- the tray of a paper

const make = (tag, className, text) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
};

const button = (text, name, act, more = "") => {
  const made = make("button", `btn btn--sm ${more}`, text);
  made.type = "button";
  made.append(Object.assign(make("span", "visually-hidden"), { textContent: ` ${name}` }));
  made.addEventListener("click", act);
  return made;
};

const watch = (form, place) => {
  const items = [];
  let section = place; // until an answer of the server takes its place

  const draw = (item) => {
    const { row, file } = item;
    row.replaceChildren();
    if (item.bitmap) {
      const preview = drawn(item.bitmap, item.quarters);
      preview.className = "tray__picture";
      preview.setAttribute("role", "img");
      preview.setAttribute("aria-label", file.name);
      row.append(preview);
    }
    const said = make("div", "grow tray__words");
    said.append(make("b", "", file.name));
    item.note = make("p", `small${item.failed ? " error" : ""}`, item.words);
    item.bar = make("progress", "tray__bar");
    item.bar.max = 1;
    item.bar.value = item.share;
    item.bar.hidden = !item.busy;
    item.bar.setAttribute("aria-label", `${word("sending")} ${file.name}`);
    said.append(item.bar, item.note);
    for (const advice of item.advice) said.append(make("p", "small tray__advice", word(advice)));
    const acts = make("div", "row row--tight");
    if (item.ready) acts.append(button(word("use"), file.name, () => send(item), "btn--primary"));
    if (item.ready && item.bitmap) acts.append(button(word("turn"), file.name, () => turn(item)));
    if (item.again) acts.append(button(word("again"), file.name, () => send(item)));
    if (!item.busy) acts.append(button(word("drop"), file.name, () => drop(item)));
    said.append(acts);
    row.append(said);
  };

  const put = (item, state) => {
    Object.assign(item, { ready: false, busy: false, failed: false, again: false, words: "" }, state);
    draw(item);
  };

  const turn = (item) => {
    item.quarters = (item.quarters + 1) % 4;
    draw(item);
    item.row.querySelectorAll("button")[1]?.focus();
  };

  const drop = (item) => {
    items.splice(items.indexOf(item), 1);
    item.field?.remove();
    item.row.remove();
    section.querySelector("input[type=file]")?.focus();
  };

  const show = (item) => (share, words) => {
    item.share = share;
    item.bar.value = share;
    item.note.textContent = words || `${word("sending")} ${Math.round(share * 100)}%`;
  };

  const send = async (item) => {
    put(item, { busy: true, words: word("preparing") });
    try {
      item.made ??= item.bitmap ? await shrunk(item) : { blob: item.file, name: item.file.name };
      item.told = await brought(form.dataset.papers, item.made.blob, item.made.name, show(item));
    } catch (problem) {
      const words = problem instanceof Refused ? problem.message : word("stopped");
      return put(item, { failed: true, again: !(problem instanceof Refused), words });
    }
    item.field?.remove();
    item.field = Object.assign(make("input"), { type: "hidden", name: "arrived" });
    item.field.value = `${section.dataset.paper}:${item.told.id}:${item.made.name}`;
    form.append(item.field);
    const now = "papersNow" in form.dataset;
    put(item, { words: word(now ? "done" : "kept") });
    if (now && items.every((one) => one.field || one.ready || one.failed)) await handIn();
  };

  // The page answers with all papers; this one takes its place, and says what became of the files.
  const handIn = async () => {
    const body = new FormData();
    const done = items.filter((one) => one.field);
    for (const item of done) body.append("arrived", item.field.value);
    body.append("only", section.dataset.paper);
    body.append("csrfmiddlewaretoken", token());
    const headers = { "Idempotency-Key": freshKey() };
    let page;
    try {
      const reply = await fetch(form.action || location.href, { method: "POST", body, headers });
      page = new DOMParser().parseFromString(await reply.text(), "text/html");
    } catch {
      for (const item of done) put(item, { failed: true, again: true, words: word("stopped") });
      return;
    }
    for (const item of done) drop(item);
    const fresh = page.getElementById(section.id);
    if (!fresh) return location.reload();
    section.replaceWith(fresh);
    section = fresh;
    bind();
    const heading = fresh.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus();
  };

  const take = async (file) => {
    const item = { file, bitmap: null, quarters: 0, advice: [], share: 0, row: make("li", "tray__item") };
    const twice = items.some((one) => one.file.name === file.name && one.file.size === file.size);
    items.push(item);
    section.querySelector("[data-tray]").append(item.row);
    if (!file.size) return put(item, { failed: true, words: word("empty") });
    item.bitmap = await opened(file);
    if (!item.bitmap && file.size > Number(form.dataset.papersLimit)) return put(item, { failed: true, words: word("huge") });
    if (twice) return put(item, { ready: true, words: word("twice") });
    if (!item.bitmap) {
      if (/\.hei[cf]$/i.test(file.name)) item.words = word("unseen");
      return send(item);
    }
    const { width, height } = item.bitmap;
    item.advice = adviceOn(drawn(item.bitmap, 0), Math.min(width, height));
    put(item, { ready: true, words: word("waiting") });
    item.row.querySelector("button").focus();
  };

  const bind = () => {
    section.querySelector("[data-tray]").append(...items.map((item) => item.row));
    for (const input of section.querySelectorAll("input[type=file]"))
      input.addEventListener("change", async () => {
        const files = [...input.files];
        input.value = "";
        for (const file of files) await take(file);
      });
  };

  bind();
  // What still stands between a paper and the server, told beside it; null when there is nothing.
  return () => items.find((item) => item.busy || item.ready);
};

const unfinished = [];
const hold = (event) => {
  if (event.submitter?.hasAttribute("formaction")) return;
  const item = unfinished.map((ask) => ask()).find(Boolean);
  if (!item) return;
  event.preventDefault();
  item.note.textContent = word(item.busy ? "wait" : "choose");
  item.note.classList.add("error");
  item.row.scrollIntoView({ block: "center" });
  item.row.querySelector("button")?.focus();
};

for (const form of document.querySelectorAll("form[data-papers]")) {
  if (!crypto.subtle) break; // no checksums here: the plain form does it
  form.classList.add("is-quick");
  for (const tray of form.querySelectorAll("[data-paper] [data-tray]"))
    unfinished.push(watch(form, tray.closest("[data-paper]")));
  form.addEventListener("submit", hold);
}

addEventListener("beforeunload", (event) => {
  if (unfinished.some((ask) => ask()?.busy)) event.preventDefault();
});
