// What the city pushes: a title, one sentence and an address of ours. Anything else is not shown as
// such, but something is, because the browser promised it.

const PLAIN = { title: "Công dân số", body: "Bạn có tin mới.", url: "/thong-bao", tag: "" };

const pushed = (event) => {
  try {
    return { ...PLAIN, ...event.data.json() };
  } catch {
    return PLAIN;
  }
};

const ownPath = (url) => {
  const there = new URL(url, location.origin);
  return there.origin === location.origin ? there.href : new URL(PLAIN.url, location.origin).href;
};

self.addEventListener("push", (event) => {
  const { title, body, url, tag } = pushed(event);
  const shown = { body, tag, renotify: Boolean(tag), data: { url: ownPath(url) }, icon: CONFIG.icon };
  event.waitUntil(self.registration.showNotification(title, shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPage(event.notification.data.url));
});

const openPage = async (url) => {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = pages.find((page) => page.url === url);
  return open ? open.focus() : self.clients.openWindow(url);
};
