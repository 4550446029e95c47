// Acts without a network: the form waits here with its idempotency key and is sent when there is
// one again. Sent twice it is done once, because the server knows the key.

const WAITS = "waiting";
const AWAY = "away"; // until the same person signs in again
const SENT = "sent";
const REFUSED = "refused";
const TOKEN = "csrfmiddlewaretoken";
const patterns = CONFIG.queued.map(({ kind, path }) => ({ kind, path: new RegExp(path) }));
const kindOf = (path) => patterns.find((pattern) => pattern.path.test(path));

const tell = async (message) => {
  for (const page of await self.clients.matchAll({ type: "window" })) page.postMessage(message);
};

const pageOf = (path) => path.replace(/\/luu$/, "");

// A page that saves itself: only what was typed last counts.
const dropOlder = async (path) => {
  for (const older of await allOf("queue"))
    if (older.header && pageOf(older.path) === pageOf(path)) await drop("queue", older.id);
};

// One after the other: two saves of a page must see each other.
let keeping = Promise.resolve();
const keepAct = (request) => {
  keeping = keeping.catch(() => {}).then(() => keepNow(request));
  return keeping;
};

const keepNow = async (request) => {
  const account = await stateOf("account");
  if (!account) return null;
  const url = new URL(request.url);
  const header = request.headers.get("Idempotency-Key");
  const fields = [...(await request.formData())].filter(([name]) => name !== TOKEN);
  await dropOlder(url.pathname);
  const row = {
    path: url.pathname,
    kind: kindOf(url.pathname).kind,
    header: header || "",
    fields,
    account,
    state: WAITS,
    at: new Date().toISOString(),
  };
  await put("queue", row);
  if (self.registration.sync) await self.registration.sync.register("queue").catch(() => {});
  await tell({ queue: "changed" });
  return row;
};

const act = async (event) => {
  const copy = event.request.clone();
  try {
    const answer = await fetch(event.request);
    if (answer.ok || answer.type === "opaqueredirect") await dropOlder(new URL(event.request.url).pathname);
    return answer;
  } catch (failure) {
    const kept = await keepAct(copy);
    if (event.request.mode !== "navigate") {
      if (!kept) throw failure;
      return Response.json({ kept: true }, { status: 202 });
    }
    return kept ? Response.redirect(CONFIG.device, 303) : fromShell(CONFIG.offline);
  }
};

const notSent = async (event) => {
  try {
    return await fetch(event.request);
  } catch {
    return fromShell(CONFIG.offline);
  }
};

// What belongs together is sent in its order: /nhap/<draft>, /ho-so/<code>.
const matterOf = (path) => path.split("/").slice(0, 3).join("/");

const send = async (row, token) => {
  const body = new FormData();
  for (const [name, value] of row.fields) body.append(name, value);
  body.set(TOKEN, token);
  const headers = { Accept: row.header ? "application/json" : "text/html" };
  if (row.header) headers["Idempotency-Key"] = row.header;
  const answer = await fetch(row.path, { method: "POST", body, headers });
  const to = new URL(answer.url).pathname;
  if (to === CONFIG.signIn) return { ...row, state: AWAY };
  if (answer.ok && row.header) return null;
  if (answer.ok) return { ...row, fields: [], state: SENT, to };
  if (answer.status >= 500 || answer.status === 429) return { ...row, state: WAITS };
  return { ...row, state: REFUSED };
};

const dropOld = async () => {
  const eldest = new Date(Date.now() - CONFIG.days * 86_400_000).toISOString();
  for (const row of await allOf("queue")) if (row.at < eldest) await drop("queue", row.id);
};

const sendAll = async () => {
  await dropOld();
  const rows = await allOf("queue");
  const waiting = rows.filter((row) => row.state === WAITS || row.state === AWAY);
  if (!waiting.length) return;
  const pulse = await (await fetch(CONFIG.pulse, { cache: "no-store" })).json();
  const stopped = new Set(rows.filter((row) => row.state === REFUSED).map((row) => matterOf(row.path)));
  for (const row of waiting) {
    const matter = matterOf(row.path);
    if (stopped.has(matter)) continue;
    // Never in another's name: whoever is signed in now must be who pressed the button.
    const isMine = row.account === pulse.account;
    const after = isMine ? await send(row, pulse.token) : { ...row, state: AWAY };
    if (after) await put("queue", after);
    else await drop("queue", row.id);
    if (after && after.state !== SENT) stopped.add(matter);
    await tell({ queue: "changed" });
  }
};

let sending = null;
const flush = () => {
  sending ??= sendAll()
    .catch(() => {}) // no network yet: what waits goes on waiting
    .finally(() => {
      sending = null;
    });
  return sending;
};

const listed = async () => {
  const account = await stateOf("account");
  const rows = (await allOf("queue")).filter((row) => row.account === account);
  return rows.map(({ id, path, kind, state, at, to }) => ({ id, path, kind, state, at, to }));
};

const keepShared = async (request) => {
  const files = (await request.formData()).getAll("files").filter((file) => file instanceof File);
  for (const file of files) await put("shared", { file, at: new Date().toISOString() });
  return Response.redirect(CONFIG.shared, 303);
};
