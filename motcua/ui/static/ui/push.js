// Push: the button of «Cách nhận thông báo» asks the browser for a subscription and sends it like any
// form. Nothing is asked before the button is pressed. Without this file the button is not shown.

const form = document.querySelector("form[data-push]");
const say = (why, shown) => {
  document.querySelector(`[data-push-${why}]`).hidden = !shown;
};

const key = () => {
  const plain = atob(form.dataset.push.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};

const subscribed = async () => {
  await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  const { pushManager } = await navigator.serviceWorker.ready;
  const wanted = { userVisibleOnly: true, applicationServerKey: key() };
  try {
    return await pushManager.subscribe(wanted);
  } catch (failure) {
    const older = await pushManager.getSubscription(); // under another key of the city
    if (!older) throw failure;
    await older.unsubscribe();
    return pushManager.subscribe(wanted);
  }
};

const allow = async () => {
  say("refused", false);
  say("failed", false);
  if ((await Notification.requestPermission()) !== "granted") return say("refused", true);
  try {
    const { endpoint, keys } = (await subscribed()).toJSON();
    Object.entries({ endpoint, ...keys }).forEach(([name, value]) => {
      if (form.elements[name]) form.elements[name].value = value;
    });
  } catch {
    return say("failed", true);
  }
  form.requestSubmit();
};

if (form && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  form.hidden = false;
  say("missing", false);
  form.addEventListener("submit", (event) => {
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    allow();
  });
}
