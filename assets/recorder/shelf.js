// What is kept on this phone: IndexedDB "luji". Every row says its version: { v: 1, … }.

const NAME = "luji";
const VERSION = 1;
const SHELVES = { drafts: "id", photos: "upload_id", outbox: "id", facts: "key" };

let opened = null;

function open() {
  opened ??= new Promise((done, failed) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(SHELVES)) {
        if (!request.result.objectStoreNames.contains(name)) {
          request.result.createObjectStore(name, { keyPath });
        }
      }
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  return opened;
}

async function inTransaction(shelves, mode, work) {
  const database = await open();
  return new Promise((done, failed) => {
    const transaction = database.transaction(shelves, mode);
    let answer;
    transaction.oncomplete = () => done(answer?.result);
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
    answer = work(...shelves.map((name) => transaction.objectStore(name)));
  });
}

/** Keep `row` on `shelf`, in place of the one with its key. */
export const put = (shelf, row) =>
  inTransaction([shelf], "readwrite", (store) => store.put({ v: 1, ...row }));

/** The row with that key, or undefined. */
export const get = (shelf, key) => inTransaction([shelf], "readonly", (store) => store.get(key));

/** All rows of a shelf, oldest id first. */
export const all = (shelf) => inTransaction([shelf], "readonly", (store) => store.getAll());

/** Take the row with that key away. */
export const drop = (shelf, key) =>
  inTransaction([shelf], "readwrite", (store) => store.delete(key));

/** Move a draft between the two shelves in one step: it is never on neither. */
export const move = (row, from, to) =>
  inTransaction([from, to], "readwrite", (source, target) => {
    source.delete(row.id);
    return target.put({ v: 1, ...row });
  });

/** Forget a sent or unwanted draft with its photographs, in one step. */
export const forget = (shelf, row) =>
  inTransaction([shelf, "photos"], "readwrite", (store, photos) => {
    for (const photo of row.photos) photos.delete(photo.upload_id);
    return store.delete(row.id);
  });
