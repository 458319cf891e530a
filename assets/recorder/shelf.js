// What is kept on this phone: IndexedDB "luji". Every row says its version: { v: 2, … }.

import { modern } from "./upgrade.js";

const NAME = "luji";
const VERSION = 2;
const SHELVES = { drafts: "id", photos: "upload_id", outbox: "id", facts: "key" };
const SIGHTINGS = ["drafts", "outbox"];

let opened = null;

function open() {
  opened ??= new Promise((done, failed) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = ({ oldVersion }) => upgrade(request.result, request.transaction, oldVersion);
    request.onsuccess = () => done(watched(request.result));
    request.onerror = () => failed(request.error);
  }).catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

// In one transaction with the new number: a phone that is switched off between has the old rows.
function upgrade(database, transaction, oldVersion) {
  for (const [name, keyPath] of Object.entries(SHELVES)) {
    if (!database.objectStoreNames.contains(name)) database.createObjectStore(name, { keyPath });
  }
  if (!oldVersion) return;
  for (const name of SIGHTINGS) {
    transaction.objectStore(name).openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      cursor.update(modern(cursor.value));
      cursor.continue();
    };
  }
}

// A newer page in another tab may take the shelf over; the next access opens it again.
function watched(database) {
  const leave = () => {
    database.close();
    opened = null;
  };
  database.onversionchange = leave;
  database.onclose = () => { opened = null; };
  return database;
}

async function inTransaction(shelves, mode, work) {
  const database = await open();
  return new Promise((done, failed) => {
    const transaction = database.transaction(shelves, mode);
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
    const answer = work(...shelves.map((name) => transaction.objectStore(name)));
    transaction.oncomplete = () => done(answer?.result);
  });
}

const marked = (row) => ({ ...row, v: VERSION });

/** Keep `row` on `shelf`, in place of the one with its key. */
export const put = (shelf, row) =>
  inTransaction([shelf], "readwrite", (store) => store.put(marked(row)));

/** The row with that key, or undefined. */
export const get = (shelf, key) => inTransaction([shelf], "readonly", (store) => store.get(key));

/** All rows of a shelf, oldest id first, each as this version of the app writes it. */
export async function all(shelf) {
  const rows = await inTransaction([shelf], "readonly", (store) => store.getAll());
  return SIGHTINGS.includes(shelf) ? rows.map(modern) : rows;
}

/** Take the row with that key away. */
export const drop = (shelf, key) =>
  inTransaction([shelf], "readwrite", (store) => store.delete(key));

/** Keep `rows` and take the rows with the ids `gone` away, in one step: a photograph that changes
 *  from one draft to another is never in neither. */
export const exchange = (shelf, rows, gone = []) =>
  inTransaction([shelf], "readwrite", (store) => {
    for (const row of rows) store.put(marked(row));
    for (const id of gone) store.delete(id);
  });

/** Move drafts between the two shelves in one step: each is never on neither. */
export const move = (rows, from, to) =>
  inTransaction([from, to], "readwrite", (source, target) => {
    for (const row of rows) {
      source.delete(row.id);
      target.put(marked(row));
    }
  });

/** Forget a sent or unwanted draft with its photographs, in one step. */
export const forget = (shelf, row) =>
  inTransaction([shelf, "photos"], "readwrite", (store, photos) => {
    for (const photo of row.photos) photos.delete(photo.upload_id);
    return store.delete(row.id);
  });

/** Take away photographs that no draft and nothing in the outbox holds any more. */
export const sweep = () =>
  inTransaction([...SIGHTINGS, "photos"], "readwrite", (drafts, outbox, photos) => {
    const wanted = new Set();
    const note = ({ target: { result: rows } }) => {
      for (const row of rows) for (const photo of row.photos ?? []) wanted.add(photo.upload_id);
    };
    drafts.getAll().onsuccess = note;
    outbox.getAll().onsuccess = note;
    photos.getAllKeys().onsuccess = ({ target: { result: keys } }) => {
      for (const key of keys) if (!wanted.has(key)) photos.delete(key);
    };
  });
