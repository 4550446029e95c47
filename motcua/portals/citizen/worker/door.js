// What the browser and our pages ask of the worker.

self.addEventListener("install", (event) => {
  event.waitUntil(keepShell().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldShells().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  const isPage = request.mode === "navigate";
  if (request.method === "POST") {
    if (url.pathname === CONFIG.shared) event.respondWith(keepShared(request));
    else if (kindOf(url.pathname)) event.respondWith(act(event));
    else if (isPage) event.respondWith(notSent(event));
    return;
  }
  if (request.method !== "GET") return;
  if (url.pathname.startsWith(CONFIG.statics)) event.respondWith(asset(request));
  else if (isPage) event.respondWith(readPage(event));
});

self.addEventListener("sync", (event) => {
  if (event.tag === "queue") event.waitUntil(flush());
});

const ASKED = {
  meet,
  keepCounter,
  keepField,
  flush,
  queue: listed,
  cancel: async ({ id }) => {
    const mine = (await listed()).some((row) => row.id === id);
    if (mine) await drop("queue", id);
  },
  keeps: async () => Boolean(await stateOf("keeps")),
  keep: ({ keeps }) => keepOwnPages(keeps),
  shared: () => allOf("shared"),
  take: ({ id }) => drop("shared", id),
};

self.addEventListener("message", (event) => {
  const job = ASKED[event.data?.ask];
  if (!job) return;
  const answered = Promise.resolve(job(event.data)).then(
    (answer) => event.ports[0]?.postMessage({ answer }),
    () => event.ports[0]?.postMessage({ failed: true }),
  );
  event.waitUntil(answered);
});
