// The storage on this phone: IndexedDB "luji". Every row has its version: { v: 2, … }.

import { Unanswered, within } from "./patience.js";
import { modern } from "./upgrade.js";

/** @import { Fact, KeptReceipt, OutboxEntry, Sighting } from "./types" */

const NAME = "luji";
const VERSION = 2;
const SHELVES = { drafts: "id", photos: "upload_id", outbox: "id", facts: "key" };
const SIGHTINGS = ["drafts", "outbox"];
const OPEN_MS = 4000;
const WORK_MS = 10_000;           // a photograph of 40 MB
const STUCK_MS = 500;             // while nothing has answered of late

/** The rows of each store.
 *  @typedef {{ upload_id: string, draft_id: string, blob: Blob }} KeptPhoto
 *  @typedef {{ drafts: Sighting, photos: KeptPhoto, outbox: OutboxEntry, facts: Fact }} Rows
 *  @typedef {keyof Rows} Shelf */

/** @type {Promise<IDBDatabase> | null} */
let database = null;
let isStuck = false;

/** Dispatches "change" when the phone's storage stops answering, and when it answers again. */
export const shelves = new EventTarget();

/** Whether the phone's storage answers: while it does not, everything goes on without it. */
export const isAnswering = () => !isStuck;

/** @param {boolean} value */
function setStuck(value) {
  if (value === isStuck) return;
  isStuck = value;
  shelves.dispatchEvent(new Event("change"));
}

// Some browsers never answer, nor fail: in a private window, after an update, beside an old tab.
/** @template R
 *  @param {Promise<R>} promise
 *  @param {number} patience
 *  @returns {Promise<R>} */
async function answered(promise, patience) {
  return within(isStuck ? STUCK_MS : patience, promise).catch((error) => {
    if (error instanceof Unanswered) setStuck(true);
    throw error;
  });
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  database ??= new Promise((done, failed) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = ({ oldVersion }) => upgrade(request.result, /** @type {IDBTransaction} */ (request.transaction), oldVersion);
    request.onsuccess = () => {
      done(watched(request.result));
      if (isStuck) get("facts", "").catch(() => null);      // it opened at last: does it answer, too?
    };
    request.onerror = () => failed(request.error);
  }).catch((error) => {
    database = null;
    throw error;
  });
  return database;
}

// In one transaction with the new version number: a phone that is switched off keeps all old rows.
/** @param {IDBDatabase} connection
 *  @param {IDBTransaction} transaction
 *  @param {number} oldVersion */
function upgrade(connection, transaction, oldVersion) {
  for (const [name, keyPath] of Object.entries(SHELVES)) {
    if (!connection.objectStoreNames.contains(name)) connection.createObjectStore(name, { keyPath });
  }
  if (!oldVersion) return;
  for (const name of SIGHTINGS) {
    const request = transaction.objectStore(name).openCursor();
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) return;
      cursor.update(modern(cursor.value));
      cursor.continue();
    };
  }
}

// A newer page in another tab may close the database; the next access opens it again.
/** @param {IDBDatabase} connection */
function watched(connection) {
  const leave = () => {
    connection.close();
    database = null;
  };
  connection.onversionchange = leave;
  connection.onclose = () => { database = null; };
  return connection;
}

/** @template R
 *  @param {string[]} names
 *  @param {IDBTransactionMode} mode
 *  @param {(...stores: IDBObjectStore[]) => IDBRequest<R> | void} work
 *  @returns {Promise<R>} */
async function inTransaction(names, mode, work) {
  const connection = await answered(open(), OPEN_MS).catch((error) => {
    setStuck(true);
    throw error;
  });
  const transaction = connection.transaction(names, mode);
  /** @type {Promise<R>} */
  const done = new Promise((finish, failed) => {
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
    const answer = work(...names.map((name) => transaction.objectStore(name)));
    transaction.oncomplete = () => {
      finish(/** @type {R} */ (answer?.result));
      setStuck(false);
    };
  });
  try {
    return await answered(done, WORK_MS);
  } catch (error) {
    if (error instanceof Unanswered) giveUp(transaction);
    throw error;
  }
}

// What is told to have failed must not happen later.
/** @param {IDBTransaction} transaction */
function giveUp(transaction) {
  try {
    transaction.abort();
  } catch {
    // it has ended meanwhile
  }
}

/** @param {object} row */
const withVersion = (row) => ({ ...row, v: VERSION });

/** Store `row` on `shelf`, replacing the row with the same key.
 *  @template {Shelf} S
 *  @param {S} shelf
 *  @param {Rows[S]} row */
export const put = (shelf, row) =>
  inTransaction([shelf], "readwrite", (store) => store.put(withVersion(row)));

/** The row with that key, or undefined.
 *  @template {Shelf} S
 *  @param {S} shelf
 *  @param {string} key
 *  @returns {Promise<Rows[S] | undefined>} */
export const get = (shelf, key) => inTransaction([shelf], "readonly", (store) => store.get(key));

/** All rows of a shelf, oldest id first, in the form of this version of the app.
 *  @template {Shelf} S
 *  @param {S} shelf
 *  @returns {Promise<Rows[S][]>} */
export async function all(shelf) {
  const rows = await inTransaction([shelf], "readonly", (store) => store.getAll());
  return SIGHTINGS.includes(shelf) ? rows.map((row) => /** @type {Rows[S]} */ (modern(row))) : rows;
}

/** Delete the row with that key.
 *  @param {Shelf} shelf
 *  @param {string} key */
export const drop = (shelf, key) =>
  inTransaction([shelf], "readwrite", (store) => store.delete(key));

/** Store `rows` and delete the rows of `idsOut` in one step: a photograph that moves from one draft
 *  to another is always in one of them.
 *  @param {Shelf} shelf
 *  @param {Sighting[]} rows
 *  @param {string[]} idsOut */
export const exchange = (shelf, rows, idsOut = []) =>
  inTransaction([shelf], "readwrite", (store) => {
    for (const row of rows) store.put(withVersion(row));
    for (const id of idsOut) store.delete(id);
  });

/** Move drafts between the two shelves in one step: each is always on one of them.
 *  @param {Sighting[]} rows
 *  @param {Shelf} from
 *  @param {Shelf} to */
export const move = (rows, from, to) =>
  inTransaction([from, to], "readwrite", (source, target) => {
    for (const row of rows) {
      source.delete(row.id);
      target.put(withVersion(row));
    }
  });

/** Delete a sent or unwanted draft with its photographs, in one step; of a sent one `receipt` stays.
 *  @param {Shelf} shelf
 *  @param {Sighting} row
 *  @param {KeptReceipt | null} [receipt] */
export const forget = (shelf, row, receipt = null) =>
  inTransaction([shelf, "photos", "facts"], "readwrite", (store, photos, facts) => {
    for (const photo of row.photos) photos.delete(photo.upload_id);
    if (receipt) facts.put(withVersion(receipt));
    return store.delete(row.id);
  });

/** The facts whose keys begin so.
 *  @param {string} prefix
 *  @returns {Promise<Rows["facts"][]>} */
export const factsOf = (prefix) =>
  inTransaction(["facts"], "readonly", (facts) => facts.getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`)));

/** Store sightings with their photographs in one step, but for those that are here already.
 *  @param {"drafts" | "outbox"} shelf
 *  @param {Sighting} row
 *  @param {KeptPhoto[]} blobs */
export const takeIn = (shelf, row, blobs) =>
  inTransaction([shelf, "photos"], "readwrite", (store, photos) => {
    for (const blob of blobs) photos.put(withVersion(blob));
    store.put(withVersion(row));
  });

/** Delete photographs that no draft and no sighting in the outbox has. */
export const sweep = () =>
  inTransaction([...SIGHTINGS, "photos"], "readwrite", (drafts, outbox, photos) => {
    const wanted = new Set();
    /** @param {IDBRequest<Sighting[]>} request */
    const note = (request) => () => {
      for (const row of request.result) for (const photo of row.photos ?? []) wanted.add(photo.upload_id);
    };
    for (const store of [drafts, outbox]) {
      const request = store.getAll();
      request.onsuccess = note(request);
    }
    const keys = photos.getAllKeys();
    keys.onsuccess = () => {
      for (const key of keys.result) if (!wanted.has(String(key))) photos.delete(key);
    };
  });
