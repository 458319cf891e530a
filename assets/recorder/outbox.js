// Sightings that were sent by the person and have not reached the server. They stay on the phone.

import { pauseAfter } from "./back_off.js";
import { payloadOf } from "./draft.js";
import { inOneTab } from "./draft_locks.js";
import { Refusal, Unreachable } from "./fetchers.js";
import { receiptKept } from "./receipts_kept.js";
import * as shelf from "./shelf.js";

/** @import { Fetchers, Outcome, OutboxEntry, Photo, RecordAnswer, Uploads, WholeSighting } from "./types" */

const LOCK = "luji-outbox";
const FIRST_PAUSE_MS = 4000;

/** Dispatches "change" when the number that waits, or those refused, has changed. */
export class Outbox extends EventTarget {
  /** With `isPatient` a sighting that is handed in is kept first and sent in the background.
   *  @param {{ uploads: Uploads, send: Fetchers["record"], mayStart: () => boolean, isPatient?: boolean }} options */
  constructor({ uploads, send, mayStart, isPatient = false }) {
    super();
    this.isPatient = isPatient;
    /** @type {string | null} the sighting that is being sent */
    this.sending = null;
    /** What the server said when it last asked to wait. */
    this.reason = "";
    this.uploads = uploads;
    this.send = send;
    this.mayStart = mayStart;
    /** @type {OutboxEntry[]} */
    this.rows = [];
    /** @type {Set<string>} where the shelf does not work, they live in this page alone */
    this.onlyHere = new Set();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.isBusy = false;
    this.tries = 0;
    this.flush = this.flush.bind(this);
  }

  /** Read the sightings that wait from an earlier visit. */
  async load() {
    await this.read();
    this.tell();
  }

  // Another tab may have sent some of them.
  async read() {
    const stored = await shelf.all("outbox").catch(() => null);
    if (!stored) return;
    const rows = new Map(this.rows.map((row) => [row.id, row]));
    const kept = new Set(stored.map(({ id }) => id));
    this.rows = [...stored.map((row) => rows.get(row.id) ?? row), ...this.rows.filter(({ id }) => this.onlyHere.has(id) && !kept.has(id))];
  }

  /** Move drafts into the outbox in one step, then try to send each; resolves with a list of
   *  { fields, answer: { status: "received" | "already" | "kept", … } } or { fields, refusal }.
   *  @param {WholeSighting[]} rows
   *  @returns {Promise<Outcome[]>} */
  async hand(rows) {
    await shelf.move(rows, "drafts", "outbox").catch(() => rows.forEach(({ id }) => this.onlyHere.add(id)));
    const ids = new Set(rows.map(({ id }) => id));
    this.rows = [...this.rows.filter((row) => !ids.has(row.id)), ...rows];
    /** @type {Outcome[]} */
    const results = [];
    for (const fields of rows) results.push({ fields, ...(await this.result(fields)) });
    if (this.isPatient) queueMicrotask(this.flush);
    return results;
  }

  /** @param {WholeSighting} fields */
  async result(fields) {
    if (this.isPatient) return { answer: /** @type {RecordAnswer} */ ({ status: "kept" }) };
    try {
      return { answer: await this.deliver(fields) };
    } catch (error) {
      if (error instanceof Refusal) return { refusal: { field: error.field, message: error.message, code: error.code } };
      console.error(error);
      return { refusal: { field: null, message: String(error) } };
    }
  }

  /** Try once. Throws a `Refusal`; the row stays until `takeBack`.
   *  @param {WholeSighting} fields
   *  @returns {Promise<RecordAnswer>} */
  async deliver(fields) {
    this.sending = fields.id;
    this.tell();
    try {
      const answer = await this.bringAndSend(fields);
      await this.strike(fields, answer);
      return answer;
    } catch (error) {
      this.sending = null;
      if (error instanceof Unreachable) {
        this.reason = error.message;
        this.later(error.waitSeconds);
        this.tell();
        return { status: "kept", message: error.message };
      }
      throw error;
    }
  }

  // No event tells the phone that the server can be reached again.
  /** @param {number} waitSeconds */
  later(waitSeconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.flush, pauseAfter(this.tries, FIRST_PAUSE_MS, waitSeconds));
    this.tries += 1;
  }

  /** Stop trying, because the page is closed. */
  stop() {
    clearTimeout(this.timer);
  }

  // The server removes an unused photograph after some days; the phone still has it and sends it
  // again. Only this phone knew its ids: where they are another browser's, it is this phone that sent
  // them, before it lost its cookies.
  /** @param {WholeSighting} fields */
  async bringAndSend(fields) {
    try {
      await this.bring(fields.photos);
      return await this.send(payloadOf(fields));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === "record.id_taken") return /** @type {RecordAnswer} */ ({ status: "already", id: fields.id });
      if (error.code !== "photo.unknown") throw error;
    }
    for (const photo of fields.photos) {
      this.uploads.forget(photo.upload_id);
      photo.state = "waiting";
    }
    await this.bring(fields.photos);
    return this.send(payloadOf(fields));
  }

  /** Move a refused sighting back to the drafts, to be corrected.
   *  @param {OutboxEntry} fields */
  async takeBack(fields) {
    const { refused, ...row } = fields;
    await shelf.move([row], "outbox", "drafts").catch(() => null);
    this.rows = this.rows.filter((other) => other.id !== fields.id);
    this.tell();
    return row;
  }

  /** Try all that wait, one after the other, in one tab at a time. */
  async flush() {
    if (this.isBusy || !this.rows.length || !this.mayStart()) return;
    this.isBusy = true;
    try {
      await inOneTab(LOCK, () => this.flushRows());
    } finally {
      this.isBusy = false;
    }
  }

  // Meanwhile others may be handed in, here or in another tab.
  async flushRows() {
    const tried = new Set();
    for (;;) {
      await this.read();
      this.tell();
      const row = this.rows.find(({ id, refused }) => !refused && !tried.has(id));
      if (!row) return;
      tried.add(row.id);
      const answer = await this.deliver(row).catch((error) => this.noteRefusal(row, error));
      if (answer?.status === "kept") return;
      if (answer) this.dispatchEvent(new CustomEvent("delivered", { detail: answer }));
    }
  }

  /** @param {OutboxEntry} row
   *  @param {unknown} error */
  noteRefusal(row, error) {
    if (!(error instanceof Refusal)) throw error;
    row.refused = { field: error.field, message: error.message };
    shelf.put("outbox", row).catch(() => null);
    this.tell();
  }

  /** @param {Photo[]} photos */
  async bring(photos) {
    for (const photo of photos) this.uploads.add(photo);
    this.uploads.wake();
    const end = await this.uploads.settled(photos);
    if (end === "unreachable") throw new Unreachable(photos.find((photo) => photo.message)?.message);
    if (end === "refused") throw new Refusal(0, { field: "photos", ...refusalIn(photos) });
  }

  /** @param {WholeSighting} fields
   *  @param {RecordAnswer} answer */
  async strike(fields, answer) {
    await shelf.forget("outbox", fields, receiptKept(fields, answer)).catch(() => null);
    this.sending = null;
    this.reason = "";
    this.tries = 0;
    this.onlyHere.delete(fields.id);
    this.rows = this.rows.filter((row) => row.id !== fields.id);
    this.tell();
  }

  tell() {
    this.dispatchEvent(new Event("change"));
  }
}

/** @param {Photo[]} photos */
function refusalIn(photos) {
  const { message = "", code = "" } = photos.find((photo) => photo.state === "refused") ?? {};
  return { message, code };
}
