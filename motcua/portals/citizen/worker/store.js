// What the worker keeps in the browser: acts that wait for the network, shared files, who is here.

const openStore = () =>
  new Promise((done, failed) => {
    const asked = indexedDB.open("motcua", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("queue", { keyPath: "id", autoIncrement: true });
      asked.result.createObjectStore("shared", { keyPath: "id", autoIncrement: true });
      asked.result.createObjectStore("state");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });

const inStore = async (name, mode, act) => {
  const store = await openStore();
  try {
    return await new Promise((done, failed) => {
      const transaction = store.transaction(name, mode);
      const asked = act(transaction.objectStore(name));
      transaction.oncomplete = () => done(asked.result);
      transaction.onabort = transaction.onerror = () => failed(transaction.error);
    });
  } finally {
    store.close();
  }
};

const allOf = (name) => inStore(name, "readonly", (rows) => rows.getAll());
const put = (name, row) => inStore(name, "readwrite", (rows) => rows.put(row));
const drop = (name, id) => inStore(name, "readwrite", (rows) => rows.delete(id));
const stateOf = (key) => inStore("state", "readonly", (rows) => rows.get(key));
const setState = (key, value) => inStore("state", "readwrite", (rows) => rows.put(value, key));
