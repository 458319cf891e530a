// The server's checks of a sighting before it is sent: advice, and possible duplicates. They run
// while the person writes; without an answer nothing is shown and nothing waits.

import { knowsItsPlace, payloadOf, whatIsMissing } from "./draft.js";
import { Refusal } from "./fetchers.js";

/** @import { Box, Fix, PlaceSource, Sheet, Sighting, WholeSighting } from "./types" */

const PAUSE_MS = 900;
const PATIENCE_MS = 1500;
const NOBODY_THERE = new Set([404, 405]);
const FRESH_MS = 10 * 60 * 1000;  // an older position may be of another place

/** Updates `advice` and `duplicates` of one sheet's draft. */
export class Checker {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    this.latest = "";
    this.isOver = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {AbortController | undefined} */
    this.aborter = undefined;
    this.answering = Promise.resolve();
  }

  /** Check soon, if the fields that matter have changed. */
  later() {
    clearTimeout(this.timer);
    const { fields } = this.sheet.draft;
    if (this.isOver || !this.sheet.consent.agreement || !isWhole(fields, this.sheet.data.box)) return;
    if (questionOf(fields) === this.latest) return;
    this.timer = setTimeout(() => this.ask(fields), PAUSE_MS);
  }

  /** Resolves when the server has answered for the current fields, or after a short time. */
  async settled() {
    const { fields } = this.sheet.draft;
    if (!isWhole(fields, this.sheet.data.box)) return;
    const isNew = questionOf(fields) !== this.latest;
    if (!this.isOver && this.sheet.consent.agreement && isNew) this.ask(fields);
    await Promise.race([this.answering, new Promise((done) => { setTimeout(done, PATIENCE_MS); })]);
  }

  stop() {
    clearTimeout(this.timer);
    this.isOver = true;
    this.aborter?.abort();
  }

  /** @param {WholeSighting} fields */
  ask(fields) {
    clearTimeout(this.timer);
    this.aborter?.abort();
    this.aborter = new AbortController();
    this.latest = questionOf(fields);
    this.answering = this.hear(fields, this.latest, this.aborter.signal);
  }

  // By the photograph's place and the phone's position the server notices a wrong datum.
  /** @param {WholeSighting} fields */
  question(fields) {
    const { note, hide_exact_place: hides, photos, establishment_means: means, ...question } = payloadOf(fields);
    const { lastFix } = this.sheet.recorder;
    const photo = fields.photos.find(knowsItsPlace)?.facts.place;
    if (!this.sheet.mayUsePlace()) return question;
    return { ...question, photo_place: photo ? placeFrom(photo, "exif") : null,
      device_place: lastFix && Date.now() - lastFix.at < FRESH_MS ? placeFrom(lastFix, "device") : null };
  }

  /** @param {WholeSighting} fields
   *  @param {string} question
   *  @param {AbortSignal} signal */
  async hear(fields, question, signal) {
    const { draft } = this.sheet;
    try {
      const { advice = [], duplicates = [] } = await this.sheet.fetchers.check(this.question(fields), signal);
      if (question !== this.latest) return;
      Object.assign(draft, { advice, duplicates });
      draft.dispatchEvent(new Event("change"));
    } catch (error) {
      if (error instanceof Refusal && NOBODY_THERE.has(error.status)) this.isOver = true;
      else if (question === this.latest && !signal.aborted) this.latest = "";
    }
  }
}

/** @param {Fix} fix
 *  @param {PlaceSource} source */
const placeFrom = ({ latitude, longitude, uncertainty_m }, source) => ({ latitude, longitude, uncertainty_m, source, datum: "WGS-84" });

/** @param {Sighting} fields
 *  @param {Box} box
 *  @returns {fields is WholeSighting} */
const isWhole = (fields, box) => !Object.keys(whatIsMissing(fields, box)).length;

// The fields that the answer depends on. The note stays private until the sighting is sent.
/** @param {WholeSighting} fields */
function questionOf(fields) {
  const { id, note, hide_exact_place: hides, ...question } = payloadOf(fields);
  return JSON.stringify({ ...question, photos: question.photos.length });
}
