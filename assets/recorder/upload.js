// Uploading photographs: two at once, repeated after a pause without an answer.

import { pauseAfter } from "./back_off.js";
import { Refusal, Unreachable } from "./fetchers.js";
import * as shelf from "./shelf.js";

/** @import { Fetchers, Photo, PhotoState } from "./types" */

const AT_ONCE = 2;
const FIRST_PAUSE_MS = 1000;

/** A photograph in the queue.
 *  @typedef {object} Item
 *  @property {Photo} photo
 *  @property {() => unknown} onChange
 *  @property {number} tries
 *  @property {number} progress
 *  @property {ReturnType<typeof setTimeout>} [timer]
 *  @property {AbortController} [abort] */

/**
* A photo's `state`: waiting, sending, retrying, stored, refused. Dispatches "change" with the photo
 * at each step.
 * `mayStart()` returns whether there is consent; `onConsentMissing()` is called when the server
 * lacks it.
 */
export class Uploads extends EventTarget {
  /** @param {{ send: Fetchers["media"], mayStart: () => boolean, onConsentMissing: () => unknown }} options */
  constructor({ send, mayStart, onConsentMissing }) {
    super();
    this.send = send;
    this.mayStart = mayStart;
    this.onConsentMissing = onConsentMissing;
    /** @type {Map<string, Item>} */
    this.items = new Map();
    /** @type {Map<string, Blob>} */
    this.blobs = new Map();
    this.wake = this.wake.bind(this);
  }

  /** Keep the bytes of a photograph in memory, in case the shelf is full.
   *  @param {string} id
   *  @param {Blob} blob */
  hold(id, blob) {
    this.blobs.set(id, blob);
  }

  /** Put a photo in the queue, unless it is there already; `onChange` stores the draft it belongs to.
   *  @param {Photo} photo
   *  @param {() => unknown} onChange */
  add(photo, onChange = () => {}) {
    if (photo.state === "stored") return;
    if (this.items.get(photo.upload_id)?.photo !== photo) {
      if (photo.state !== "refused") photo.state = "waiting";
      this.items.set(photo.upload_id, { photo, onChange, tries: 0, progress: 0 });
    }
    this.start();
  }

  /** Remove a photo from the queue, and its bytes from memory.
   *  @param {string} id */
  remove(id) {
    const item = this.items.get(id);
    clearTimeout(item?.timer);
    item?.abort?.abort();
    this.items.delete(id);
    this.blobs.delete(id);
  }

  /** Remove it from the queue but keep its bytes: it will be added again.
   *  @param {string} id */
  forget(id) {
    clearTimeout(this.items.get(id)?.timer);
    this.items.delete(id);
  }

  /** Try all that wait now, because the network or the person is back. */
  wake() {
    for (const item of this.items.values()) {
      clearTimeout(item.timer);
      if (item.photo.state === "retrying") item.photo.state = "waiting";
    }
    this.start();
  }

  /** The share of a photo that is uploaded, 0 to 1.
   *  @param {Photo} photo */
  progressOf(photo) {
    return photo.state === "stored" ? 1 : this.items.get(photo.upload_id)?.progress ?? 0;
  }

  /** Resolves with the first state that applies to these photos: "stored", "refused" or "unreachable".
   *  @param {Photo[]} photos
   *  @returns {Promise<"stored" | "refused" | "unreachable">} */
  settled(photos) {
    return new Promise((done) => {
      const look = () => {
        const states = photos.map((photo) => photo.state);
        const end = states.every((state) => state === "stored") ? "stored"
          : states.includes("refused") ? "refused"
            : states.includes("retrying") || !this.mayStart() ? "unreachable" : null;
        if (!end) return;
        this.removeEventListener("change", look);
        done(end);
      };
      this.addEventListener("change", look);
      look();
    });
  }

  start() {
    if (!this.mayStart()) return;
    const items = [...this.items.values()];
    const room = AT_ONCE - items.filter((item) => item.photo.state === "sending").length;
    const next = items.filter((item) => item.photo.state === "waiting").slice(0, Math.max(0, room));
    for (const item of next) this.run(item);
  }

  /** @param {Item} item */
  async run(item) {
    const { photo } = item;
    this.step(item, "sending");
    try {
      const stored = await this.push(item);
      photo.thumb = stored.thumb;
      this.step(item, "stored");
      this.blobs.delete(photo.upload_id);
    } catch (error) {
      this.fail(item, error);
    }
    this.start();
  }

  /** @param {Item} item */
  async push(item) {
    const id = item.photo.upload_id;
    const fresh = this.blobs.get(id);
    const blob = fresh ?? (await fromShelf(id));
    if (!blob) throw new Refusal(0, { code: "photo.lost" });
    item.abort = new AbortController();
    return this.send(id, blob, (share) => {
      item.progress = share;
      this.dispatchEvent(new Event("progress"));
    }, item.abort.signal, !fresh || item.tries > 0);
  }

  /** @param {Item} item
   *  @param {unknown} error */
  fail(item, error) {
    if (!this.items.has(item.photo.upload_id)) return;
    if (!(error instanceof Error)) throw error;
    item.photo.message = error.message;
    if (error instanceof Unreachable) this.pause(item, error.waitSeconds);
    else if (!(error instanceof Refusal)) throw error;
    else if (error.lacksConsent) this.ask(item);
    else {
      item.photo.code = error.code;
      this.step(item, "refused");
    }
  }

  /** @param {Item} item */
  ask(item) {
    this.step(item, "waiting");
    this.onConsentMissing();
  }

  /** @param {Item} item
   *  @param {number} waitSeconds */
  pause(item, waitSeconds) {
    item.timer = setTimeout(() => {
      if (item.photo.state === "retrying") item.photo.state = "waiting";
      this.start();
    }, pauseAfter(item.tries, FIRST_PAUSE_MS, waitSeconds));
    item.tries += 1;
    this.step(item, "retrying");
  }

  /** @param {Item} item
   *  @param {PhotoState} state */
  step(item, state) {
    item.photo.state = state;
    if (state === "sending") item.progress = 0;
    item.onChange();
    this.dispatchEvent(new CustomEvent("change", { detail: item.photo }));
  }
}

// A phone that does not answer now may answer later.
/** @param {string} id */
async function fromShelf(id) {
  const row = await shelf.get("photos", id).catch(() => { throw new Unreachable(); });
  return row?.blob;
}
