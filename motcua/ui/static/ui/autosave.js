// Every answer is saved as it is given: <form data-autosave="/address"> … <p data-saved></p>.
// The address answers 2xx, with {"saved": "14:02"} if it wants the hour shown. Without script the
// button «Tiếp tục» saves the page as ever.

const WAIT = 800;
const AGAIN = 15000;

const freshKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const hour = () => new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });

const watch = (form) => {
  const note = form.querySelector("[data-saved]");
  const english = document.documentElement.lang === "en";
  let timer = 0;
  let sending = false;
  let waiting = false;

  const show = (text) => note && (note.textContent = text);
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };

  const save = async () => {
    if (form.dataset.sent) return;
    if (sending) return (waiting = true);
    sending = true;
    const answers = new FormData(form);
    answers.delete("idempotency_key");
    for (const [name, value] of [...answers]) if (value instanceof File) answers.delete(name);
    try {
      const reply = await fetch(form.dataset.autosave, {
        method: "POST",
        body: answers,
        headers: { "Idempotency-Key": freshKey(), Accept: "application/json" },
      });
      if (!reply.ok) throw new Error(String(reply.status));
      const said = reply.headers.get("Content-Type")?.includes("json") ? await reply.json() : {};
      if (said.kept) show(english ? "Kept on this device. Waiting for a network." : "Đã giữ trên máy này. Chờ có mạng.");
      else show(`${english ? "Saved at" : "Đã lưu"} ${said.saved || hour()}`);
    } catch {
      show(english ? "Not saved yet. Trying again." : "Chưa lưu được. Đang thử lại.");
      later(AGAIN);
    } finally {
      sending = false;
      if (waiting) {
        waiting = false;
        later(0);
      }
    }
  };

  form.addEventListener("input", () => later(WAIT));
  form.addEventListener("change", () => later(100));
  addEventListener("online", () => later(0));
};

for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);
