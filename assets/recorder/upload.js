// Photographs on their way to the server: two at once, again after a pause when nobody answers.

import { pauseAfter } from "./back_off.js";
import { Refusal, Unreachable } from "./fetchers.js";
import * as shelf from "./shelf.js";

const AT_ONCE = 2;
const FIRST_PAUSE_MS = 1000;

/**
 * A photo's `state`: waiting, sending, retrying, stored, refused. Tells "change" with the photo at
 * each step.
 * `mayStart()` answers whether consent was given; `onConsentMissing()` is told when the server
 * asks for it.
 */
export class Uploads extends EventTarget {
  constructor({ send, mayStart, onConsentMissing }) {
    super();
    Object.assign(this, { send, mayStart, onConsentMissing });
    this.items = new Map();
    this.blobs = new Map();
    this.wake = this.wake.bind(this);
  }

  /** Remember the bytes of a photograph, so that they are there even if the shelf is full. */
  hold(id, blob) {
    this.blobs.set(id, blob);
  }

  /** Put a photo in the queue; `onChange` keeps its owner. One that is in it already stays. */
  add(photo, onChange = () => {}) {
    if (photo.state === "stored") return;
    if (this.items.get(photo.upload_id)?.photo !== photo) {
      if (photo.state !== "refused") photo.state = "waiting";
      this.items.set(photo.upload_id, { photo, onChange, tries: 0, progress: 0 });
    }
    this.start();
  }

  /** Take a photo out of the queue and forget its bytes. */
  remove(id) {
    const item = this.items.get(id);
    clearTimeout(item?.timer);
    item?.abort?.abort();
    this.items.delete(id);
    this.blobs.delete(id);
  }

  /** Take it out of the queue but keep its bytes: it will be added again. */
  forget(id) {
    clearTimeout(this.items.get(id)?.timer);
    this.items.delete(id);
  }

  /** Try everything that waits, now: the network or the person is back. */
  wake() {
    for (const item of this.items.values()) {
      clearTimeout(item.timer);
      if (item.photo.state === "retrying") item.photo.state = "waiting";
    }
    this.start();
  }

  /** How much of a photo has gone up, 0 to 1. */
  progressOf(photo) {
    return photo.state === "stored" ? 1 : this.items.get(photo.upload_id)?.progress ?? 0;
  }

  /** Resolves with "stored", "refused" or "unreachable", whichever these photos come to first. */
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

  async push(item) {
    const id = item.photo.upload_id;
    const blob = this.blobs.get(id) ?? (await shelf.get("photos", id))?.blob;
    if (!blob) throw new Refusal(0, { code: "photo.lost" });
    item.abort = new AbortController();
    return this.send(id, blob, (share) => {
      item.progress = share;
      this.dispatchEvent(new Event("progress"));
    }, item.abort.signal);
  }

  fail(item, error) {
    if (!this.items.has(item.photo.upload_id)) return;
    item.photo.message = error.message;
    if (error instanceof Unreachable) this.pause(item, error.waitSeconds);
    else if (error.code === "consent.missing") this.ask(item);
    else if (error instanceof Refusal) this.step(item, "refused");
    else throw error;
  }

  ask(item) {
    this.step(item, "waiting");
    this.onConsentMissing();
  }

  pause(item, waitSeconds) {
    item.timer = setTimeout(() => {
      if (item.photo.state === "retrying") item.photo.state = "waiting";
      this.start();
    }, pauseAfter(item.tries, FIRST_PAUSE_MS, waitSeconds));
    item.tries += 1;
    this.step(item, "retrying");
  }

  step(item, state) {
    item.photo.state = state;
    if (state === "sending") item.progress = 0;
    item.onChange();
    this.dispatchEvent(new CustomEvent("change", { detail: item.photo }));
  }
}
