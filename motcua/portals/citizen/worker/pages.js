// Pages to read without a network. Those of everybody are kept as they are read; those that name a
// person only where that person asked for it on this device («Trên máy này»).

const SHELL = `motcua-shell-${CONFIG.version}`;
const PUBLIC = "motcua-public";
const OWN = "motcua-own";
const MOST = 60;

const keepShell = async () => {
  const shell = await caches.open(SHELL);
  await shell.addAll(CONFIG.assets);
  for (const language of CONFIG.languages)
    for (const path of [CONFIG.offline, CONFIG.device]) {
      const asked = new Request(path, {
        credentials: "omit",
        cache: "reload",
        headers: { "Accept-Language": language },
      });
      const answer = await fetch(asked);
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      await shell.put(`${path}?${language}`, answer);
    }
};

// Pages of officers that go on without a network: the counter, and a visit to a place. They name
// nobody; each is kept on the machine that asks for it.
const COUNTER = "motcua-counter";
const FIELD = "motcua-field";

const keepWhole = async (name, paths) => {
  const cache = await caches.open(name);
  for (const path of paths) {
    const answer = await fetch(path, { cache: "reload" });
    if (!answer.ok || answer.redirected) throw new Error(`${path}: ${answer.status}`);
    await cache.put(path, answer);
  }
  return true;
};

const keepCounter = () => keepWhole(COUNTER, [CONFIG.counter, ...CONFIG.counterAssets]);
const keepField = () => keepWhole(FIELD, [CONFIG.field, ...CONFIG.fieldAssets]);

const dropOldShells = async () => {
  for (const name of await caches.keys())
    if (name.startsWith("motcua-shell-") && name !== SHELL) await caches.delete(name);
};

const fromShell = async (path) => {
  const shell = await caches.open(SHELL);
  return shell.match(`${path}?${(await stateOf("language")) || CONFIG.languages[0]}`);
};

const asset = async (request) => {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(PUBLIC)).put(request, answer.clone());
  return answer;
};

const begins = (path, places) =>
  places.some((place) => path === place || (place !== "/" && path.startsWith(`${place}/`)));

const placeFor = async (request, answer) => {
  const path = new URL(request.url).pathname;
  const isPage = (answer.headers.get("Content-Type") || "").startsWith("text/html");
  if (!answer.ok || answer.redirected || !isPage) return "";
  const namesSomebody = (answer.headers.get("Cache-Control") || "").includes("no-store");
  if (!namesSomebody) return begins(path, CONFIG.open) ? PUBLIC : "";
  return begins(path, CONFIG.own) && (await stateOf("keeps")) ? OWN : "";
};

// The hour stands in the page itself, so that whoever reads it knows how old it is.
const dated = async (answer) => {
  const text = await answer.text();
  const headers = new Headers(answer.headers);
  return new Response(text.replace("<html ", `<html data-kept-at="${new Date().toISOString()}" `), {
    status: answer.status,
    headers,
  });
};

const keepPage = async (request, answer) => {
  const place = await placeFor(request, answer);
  if (!place) return;
  const cache = await caches.open(place);
  await cache.delete(request.url);
  await cache.put(request.url, await dated(answer));
  const kept = await cache.keys();
  for (const old of kept.slice(0, Math.max(0, kept.length - MOST))) await cache.delete(old);
};

const readPage = async (event) => {
  const { request } = event;
  try {
    const answer = await fetch(request);
    event.waitUntil(keepPage(request, answer.clone()));
    return answer;
  } catch {
    if (new URL(request.url).pathname === CONFIG.device) return fromShell(CONFIG.device);
    for (const place of [COUNTER, FIELD, OWN, PUBLIC]) {
      const kept = await (await caches.open(place)).match(request.url);
      if (kept) return kept;
    }
    return fromShell(CONFIG.offline);
  }
};

const keepOwnPages = async (keeps) => {
  await setState("keeps", keeps);
  if (!keeps) return caches.delete(OWN);
  for (const path of CONFIG.first) {
    const request = new Request(path, { headers: { Accept: "text/html" } });
    await keepPage(request, await fetch(request));
  }
  return true;
};

// Another person at this browser reads nothing of the one before.
const meet = async ({ account, language }) => {
  await setState("language", language);
  const before = await stateOf("account");
  if (!account || account === before) return;
  if (before) {
    await caches.delete(OWN);
    await setState("keeps", false);
  }
  await setState("account", account);
};
