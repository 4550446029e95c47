// What a window keeps on its machine. Entries lie sealed: the key comes with the session of a
// receiver, or is unwrapped with the PIN; neither lies beside them. The signing key cannot be read.

const ROUNDS = 600_000;
const text = new TextEncoder();
const PIECE = 0x8000; // arguments that one call may have
const b64 = (raw) => {
  const all = new Uint8Array(raw);
  let letters = "";
  for (let at = 0; at < all.length; at += PIECE) letters += String.fromCharCode(...all.subarray(at, at + PIECE));
  return btoa(letters);
};
const bytes = (code) => Uint8Array.from(atob(code), (letter) => letter.charCodeAt(0));

// A window and a phone at a place are kept apart, also on one machine.
let place = "motcua-counter";
export const keepIn = (name) => (place = name);

const opened = () =>
  new Promise((done, failed) => {
    const asked = indexedDB.open(place, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("entries", { keyPath: "id" });
      asked.result.createObjectStore("kept");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });

// Everything that act asks of the stores happens in one transaction, or nothing.
const within = async (mode, act) => {
  const store = await opened();
  try {
    return await new Promise((done, failed) => {
      const transaction = store.transaction(["entries", "kept"], mode, { durability: "strict" });
      const answer = act(transaction.objectStore("entries"), transaction.objectStore("kept"));
      transaction.oncomplete = () => done(answer.result ?? answer.value);
      transaction.onabort = transaction.onerror = () => failed(transaction.error);
    });
  } finally {
    store.close();
  }
};

export const entries = () => within("readonly", (rows) => rows.getAll());
export const kept = (key) => within("readonly", (_rows, things) => things.get(key));
export const keep = (key, value) => within("readwrite", (_rows, things) => things.put(value, key));

export const replaceAll = (before, now) =>
  within("readwrite", (rows) => {
    const stays = new Set(now.map((row) => row.id));
    for (const row of before) if (!stays.has(row.id)) rows.delete(row.id);
    for (const row of now) rows.put(row);
    return {};
  });

// A number is taken and its entry begun in one transaction: two tabs never give the same.
export const reserve = (choose, begin) =>
  within("readwrite", (rows, things) => {
    const answer = { value: null };
    const ranges = things.get("ranges");
    const used = things.get("used");
    used.onsuccess = () => {
      const taken = used.result ?? {};
      const next = choose(ranges.result ?? [], taken);
      if (!next) return;
      answer.value = begin(next);
      things.put({ ...taken, [next.range]: next.serial + 1 }, "used");
      rows.put(answer.value);
    };
    return answer;
  });

// An entry is signed once: whoever comes second, or when it was sent already, hears false.
export const complete = (row) =>
  within("readwrite", (rows) => {
    const answer = { value: false };
    const before = rows.get(row.id);
    before.onsuccess = () => {
      if (!before.result || before.result.signature) return;
      rows.put(row);
      answer.value = true;
    };
    return answer;
  });

// --- keys ----------------------------------------------------------------------------------------

const imported = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
export const sealKey = (code) => imported(bytes(code));

export const seal = async (key, value) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, text.encode(JSON.stringify(value)));
  return { iv: b64(iv), data: b64(data) };
};

export const unseal = async (key, sealed) => {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(sealed.iv) }, key, bytes(sealed.data));
  return JSON.parse(new TextDecoder().decode(plain));
};

const fromPin = async (pin, salt) => {
  const raw = await crypto.subtle.importKey("raw", text.encode(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, raw, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
};

export const closeWithPin = async (pin, code) => {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  await keep("pin", { salt: b64(salt), sealed: await seal(await fromPin(pin, salt), code) });
};

// Throws where the PIN is wrong.
export const openWithPin = async (pin) => {
  const { salt, sealed } = await kept("pin");
  return sealKey(await unseal(await fromPin(pin, bytes(salt)), sealed));
};

export const newSigningKey = async () => {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  await keep("signing", pair);
  return b64(await crypto.subtle.exportKey("spki", pair.publicKey));
};

export const sign = async (body) => {
  const { privateKey } = await kept("signing");
  return b64(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, privateKey, text.encode(body)));
};
