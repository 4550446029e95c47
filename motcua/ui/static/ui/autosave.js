// Every answer is saved as it is given: <form data-autosave="/address"> … <p data-saved></p>.
// The address answers JSON {"saved": "14:02", "seen": "…", "overtaken": ["label"]}; whatever else
// comes back was not saved, and the page says so. What the city has not confirmed is kept in this
// tab, so that a page that dies with the connection comes back with what was typed.
// Without script the button «Lưu và tiếp tục» saves the page as ever.

const WAIT = 800;
const AGAIN = [2000, 4000, 8000, 15000];
const KEPT = "chua-luu:";
const SESSION_ENDS = new Set([401, 403]);
const GONE = 404;
const LATER = new Set([409, 429]); // somebody saves this very moment, or too often

const english = document.documentElement.lang === "en";
const WORDS = english
  ? {
      saved: "Saved",
      trying: "Not saved yet: no answer. What you typed is kept here; trying again.",
      device: "Kept on this device. Waiting for a network.",
      ended: "Not saved: your session has ended. Sign in again in another tab; what you typed stays on this page.",
      gone: "Not saved: this draft was sent or dropped on another device.",
      refused: "Not saved. Press the button below to see why.",
      overtaken: "Not saved, because another device has just answered differently: ",
      faster: (who) => `Not saved, because ${who} has just changed this part: `,
      choose: ". Press the button below and choose.",
      back: "What you typed before is back on this page.",
    }
  : {
      saved: "Đã lưu",
      trying: "Chưa lưu được vì mất kết nối. Những gì bạn gõ còn ở đây, đang thử lại.",
      device: "Đã giữ trên máy này. Chờ có mạng.",
      ended: "Chưa lưu vì phiên đăng nhập đã hết. Bạn đăng nhập lại ở thẻ khác, trang này vẫn giữ những gì bạn gõ.",
      gone: "Chưa lưu vì bản nháp này đã nộp hoặc đã bỏ trên máy khác.",
      refused: "Chưa lưu được. Bạn bấm nút bên dưới để xem lý do.",
      overtaken: "Chưa lưu, vì máy khác vừa điền khác: ",
      faster: (who) => `Chưa lưu, vì ${who} vừa sửa phần này: `,
      choose: ". Bạn bấm nút bên dưới để chọn.",
      back: "Những gì bạn gõ lúc trước đã có lại trên trang này.",
    };

const freshKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const answersOf = (form) => {
  const answers = new FormData(form);
  for (const [name, value] of [...answers]) if (value instanceof File) answers.delete(name);
  return answers;
};

// --- what this tab keeps until the city has it -----------------------------------------------
// Sealed with a key that only the page of this account and this draft brings (data-seal): whoever
// reads the tab's storage without it reads nothing.

const unlocked = async (form) => {
  const raw = Uint8Array.from(atob(form.dataset.seal), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
};
const canSeal = (form) => Boolean(form.dataset.seal && crypto.subtle);
const kept = (name) => JSON.parse(sessionStorage.getItem(KEPT + name) ?? "null");
const keepSealed = (name, sealed) => sessionStorage.setItem(KEPT + name, JSON.stringify(sealed));
const forget = (name) => sessionStorage.removeItem(KEPT + name);

const remember = async (form) => {
  if (!canSeal(form)) return;
  const fields = [...answersOf(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  const plain = new TextEncoder().encode(JSON.stringify(fields));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await unlocked(form), plain));
  const post = form.elements.idempotency_key?.value;
  keepSealed(form.dataset.autosave, { post, visit: visitOf(form), iv: [...iv], data: [...data] });
};

// Whom the page is about, where it says so: what was typed of one person never comes to another.
const visitOf = (form) => form.elements.visit?.value;

const markSent = (form) => {
  const sealed = kept(form.dataset.autosave);
  if (sealed) keepSealed(form.dataset.autosave, { ...sealed, sent: true });
};

// A page that the browser was sent on to proves that what was posted before arrived.
const forgetArrived = (forms) => {
  const from = document.referrer ? new URL(document.referrer).pathname : "";
  if (!forms.some((form) => form.dataset.autosave === `${from}/luu`) && kept(`${from}/luu`)?.sent) forget(`${from}/luu`);
};

const fieldsKept = async (form) => {
  const sealed = kept(form.dataset.autosave);
  if (!sealed || !canSeal(form)) return null;
  if (sealed.post !== form.dataset.answered && sealed.visit === visitOf(form))
    try {
      const [iv, data] = [new Uint8Array(sealed.iv), new Uint8Array(sealed.data)];
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await unlocked(form), data);
      return JSON.parse(new TextDecoder().decode(plain));
    } catch {
      // Somebody else's, of an account that was signed in here before.
    }
  forget(form.dataset.autosave);
  return null;
};

const putBack = async (form) => {
  const fields = await fieldsKept(form);
  if (!fields) return false;
  const values = {};
  for (const [name, value] of fields) (values[name] ??= []).push(value);
  for (const [name, said] of Object.entries(values)) {
    if (["idempotency_key", "shown"].includes(name)) continue;
    form.querySelectorAll(`[name="${CSS.escape(name)}"]`).forEach((field, place) => {
      if (["radio", "checkbox"].includes(field.type)) field.checked = said.includes(field.value);
      else if (field.tagName !== "BUTTON") field.value = said[Math.min(place, said.length - 1)];
    });
  }
  return true;
};

// --- saving ------------------------------------------------------------------------------------

const watch = (form) => {
  const note = form.querySelector("[data-saved]");
  let timer = 0;
  let sending = false;
  let waiting = false;
  let failures = 0;
  let unsaved = false;

  const show = (text, trouble) => {
    if (!note || note.textContent === text) return;
    note.textContent = text;
    note.classList.toggle("saved--not", Boolean(trouble));
  };
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };
  const tryAgain = (words = WORDS.trying) => {
    show(words, true);
    later(AGAIN[Math.min(failures++, AGAIN.length - 1)]);
  };
  const refuse = (status) =>
    show(status === GONE ? WORDS.gone : SESSION_ENDS.has(status) ? WORDS.ended : WORDS.refused, true);

  const fieldOf = (name) => form.querySelector(`[name="${CSS.escape(name)}"]`);
  const take = (said) => {
    if (said.kept) return tryAgain(WORDS.device); // by the app, which sends it when nobody is here
    failures = 0;
    const seen = form.querySelector('[name="seen"]');
    if (seen && said.seen) seen.value = said.seen;
    for (const [name, value] of Object.entries(said.fields ?? {})) fieldOf(name)?.setAttribute("value", value);
    for (const [name, words] of Object.entries(said.spoken ?? {})) {
      const place = form.querySelector(`[data-spoken="${CSS.escape(name)}"]`);
      if (place) place.textContent = words;
    }
    const faster = said.who ? WORDS.faster(said.who) : WORDS.overtaken;
    if (said.overtaken?.length) return show(faster + said.overtaken.join(", ") + WORDS.choose, true);
    show(`${WORDS.saved} ${said.saved}`);
    if (waiting) return;
    unsaved = false;
    forget(form.dataset.autosave);
  };

  const save = async () => {
    if (form.dataset.sent) return;
    if (sending) return (waiting = true);
    sending = true;
    clearTimeout(timer);
    const answers = answersOf(form);
    answers.delete("idempotency_key");
    try {
      const reply = await fetch(form.dataset.autosave, {
        method: "POST",
        body: answers,
        headers: { "Idempotency-Key": freshKey(), Accept: "application/json" },
        redirect: "manual",
        keepalive: document.hidden,
      });
      if (reply.ok) take(await reply.json());
      else if (reply.type === "opaqueredirect") refuse(401);
      else if (reply.status >= 500 || LATER.has(reply.status)) tryAgain();
      else refuse(reply.status);
    } catch {
      tryAgain();
    } finally {
      sending = false;
      if (waiting) {
        waiting = false;
        later(0);
      }
    }
  };

  const changed = (pause) => {
    unsaved = true;
    remember(form);
    later(pause);
  };

  form.addEventListener("input", () => changed(WAIT));
  form.addEventListener("change", () => changed(100));
  form.addEventListener("submit", () => markSent(form));
  addEventListener("online", () => unsaved && later(0));
  document.addEventListener("visibilitychange", () => document.hidden && unsaved && save());
  addEventListener("beforeunload", (event) => unsaved && failures && !form.dataset.sent && event.preventDefault());
  putBack(form).then((found) => {
    if (!found) return;
    show(WORDS.back);
    changed(1000);
  });
};

const forms = [...document.querySelectorAll("form[data-autosave]")];
forgetArrived(forms);
forms.forEach(watch);
// The next person at this screen finds nothing.
document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action")?.endsWith("/dang-xuat")) sessionStorage.clear();
});
