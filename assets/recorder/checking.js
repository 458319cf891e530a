// What the server would say of a sighting before it is sent: advice, and what it may be again.
// Asked while the person writes; where nobody answers, nothing is said and nothing waits for it.

import { payloadOf, whatIsMissing } from "./draft.js";
import { Refusal } from "./fetchers.js";

const PAUSE_MS = 900;
const PATIENCE_MS = 1500;
const NOBODY_THERE = new Set([404, 405]);
const FRESH_MS = 10 * 60 * 1000;  // a fix older than that is of somewhere else

/** Keeps `advice` and `duplicates` of one sheet's draft up to date. */
export class Checker {
  constructor(sheet) {
    this.sheet = sheet;
    this.asked = "";
    this.answering = Promise.resolve();
  }

  /** Ask soon, if what matters has changed since. */
  later() {
    clearTimeout(this.timer);
    const { fields } = this.sheet.draft;
    if (this.isOver || !this.sheet.consent.given || !isWhole(fields, this.sheet.data.box)) return;
    if (questionOf(fields) === this.asked) return;
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  /** Resolves when what stands there now has been answered, or after a moment without an answer. */
  async settled() {
    const { fields } = this.sheet.draft;
    const isAsked = questionOf(fields) === this.asked;
    if (!this.isOver && this.sheet.consent.given && !isAsked) this.ask();
    await Promise.race([this.answering, new Promise((done) => { setTimeout(done, PATIENCE_MS); })]);
  }

  stop() {
    clearTimeout(this.timer);
    this.isOver = true;
    this.aborter?.abort();
  }

  ask() {
    clearTimeout(this.timer);
    this.aborter?.abort();
    this.aborter = new AbortController();
    const { draft } = this.sheet;
    this.asked = questionOf(draft.fields);
    this.answering = this.hear(draft, this.asked, this.aborter.signal);
  }

  // Where the photograph and the phone say it was may tell a mix-up of two datums.
  question(fields) {
    const { note, hide_exact_place: hides, photos, establishment_means: means, ...asked } = payloadOf(fields);
    const { lastFix } = this.sheet.recorder;
    const photo = fields.photos.find(({ facts }) => facts?.place)?.facts.place;
    if (!this.sheet.mayUsePlace()) return asked;
    return { ...asked, photo_place: photo ? placed(photo, "exif") : null,
      device_place: lastFix && Date.now() - lastFix.at < FRESH_MS ? placed(lastFix, "device") : null };
  }

  async hear(draft, question, signal) {
    try {
      const { advice = [], duplicates = [] } = await this.sheet.fetchers.check(this.question(draft.fields), signal);
      if (question !== this.asked) return;
      Object.assign(draft, { advice, duplicates });
      draft.dispatchEvent(new Event("change"));
    } catch (error) {
      if (error instanceof Refusal && NOBODY_THERE.has(error.status)) this.isOver = true;
      else if (question === this.asked && error.name !== "AbortError") this.asked = "";
    }
  }
}

const placed = ({ latitude, longitude, uncertainty_m }, source) => ({ latitude, longitude, uncertainty_m, source, datum: "WGS-84" });

const isWhole = (fields, box) => !Object.keys(whatIsMissing(fields, box)).length;

// What the answer depends on. The note is nobody's business before it is sent.
function questionOf(fields) {
  const { id, note, hide_exact_place: hides, ...question } = payloadOf(fields);
  return JSON.stringify({ ...question, photos: question.photos.length });
}
