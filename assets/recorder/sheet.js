// The form of one sighting: its draft, its panels, its fields. There may be several below each other.

import { advice } from "./advice.js";
import { Checker } from "./checker.js";
import { countField, hideField, noteField, originField } from "./detail_fields.js";
import { Draft, whatIsMissing } from "./draft.js";
import { duplicateBox } from "./duplicates.js";
import { button, element, fresh, icon, set } from "./element.js";
import { factsRow } from "./facts_row.js";
import { lockDraft } from "./draft_locks.js";
import { photoCard } from "./photo_card.js";
import { placePanel } from "./place_panel.js";
import { taxonField } from "./taxon_field.js";
import { timePanel } from "./time_panel.js";

/** @import { Photo, PhotoSource, Recorder, Sighting } from "./types" */

/** Which of several sheets this one is, from 0.
 *  @typedef {{ at: number, of: number }} Place */

/** One sighting on the screen: the values and functions of its cards. */
export class Sheet {
  /** @param {Recorder} recorder
   *  @param {Partial<Sighting>} fields */
  constructor(recorder, fields) {
    this.recorder = recorder;
    this.say = recorder.say;
    this.data = recorder.data;
    this.previews = recorder.previews;
    this.uploads = recorder.uploads;
    this.consent = recorder.consent;
    this.fetchers = recorder.fetchers;
    this.names = recorder.names;
    this.intake = recorder.intake;
    this.writeDate = recorder.writeDate;
    this.districtName = recorder.districtName;
    this.mayUsePlace = recorder.mayUsePlace;
    this.askAgain = recorder.askAgain;
    this.boundaries = recorder.boundaries;
    this.focused = recorder.focused;
    this.onChange = this.onChange.bind(this);
    this.draft = new Draft(fields);
    this.isCompact = false;
    /** @type {Record<string, HTMLElement>} where the focus goes when something is wrong */
    this.registered = {};
    /** @type {(() => void)[]} what takes over the words that stand half typed in a field */
    this.typed = [];
    /** Reads the phone's position. */
    this.locate = () => {};
    /** @type {HTMLElement | null} */
    this.heading = null;
    this.life = new AbortController();           // while these elements are on the page
    this.signal = this.life.signal;
    this.whole = new AbortController();          // while the draft is open
    lockDraft(this.draft.fields.id, this.whole.signal);
    this.checker = new Checker(this);
    this.draft.addEventListener("change", () => this.checker.later(), { signal: this.whole.signal });
  }

  /** Draw it alone on the page (`place` null) or as one of several ({ at, of }).
   *  @param {Place | null} place */
  build(place) {
    this.life.abort();
    this.life = new AbortController();
    this.signal = this.life.signal;
    this.registered = {};
    this.typed = [];
    this.isCompact = Boolean(place);
    const panels = { place: placePanel(this), time: timePanel(this) };
    this.panels = panels;
    const parts = [photoCard(this, factsRow(this, panels)), panels.place, panels.time, advice(this, "place", "event_date")];
    this.node = place ? this.entry(place, parts) : element("div", { class: "sheet-alone" }, parts);
    return this.node;
  }

  /** The role of its parts: of several sightings each has the same parts, which are no landmarks then. */
  get partRole() {
    return this.isCompact ? "group" : "region";
  }

  /** @param {Place} place
   *  @param {HTMLElement[]} parts */
  entry({ at, of }, parts) {
    const { say } = this;
    this.heading = element("h2", { class: "nth", id: fresh("nth"), tabindex: "-1" }, say("nth", { n: at + 1, count: of }));
    const merge = button("quiet merge", say("merge"), () => this.recorder.merge(this), icon("merge"));
    const refresh = () => set(merge, "hidden", at === 0 || !this.recorder.mayMerge(this));
    this.onChange(refresh);
    refresh();
    return element("section", { class: "entry", "aria-labelledby": this.heading.id },
      element("div", { class: "entry-head" }, this.heading, merge), parts, this.details());
  }

  /** The optional fields: the taxon and what depends on it. */
  details() {
    const { fields } = this.draft;
    const also = [noteField(this), hideField(this)];
    const isOpen = Boolean(fields.note || fields.hide_exact_place);
    const folded = element("details", { class: "more", open: isOpen }, element("summary", {}, this.say("more")), also);
    const node = element("div", { class: "details" }, taxonField(this), originField(this),
      countField(this), advice(this, "count"), this.isCompact ? folded : also, advice(this, ""), duplicateBox(this));
    const refresh = () => set(node, "hidden", !this.draft.fields.photos.length && !this.draft.fields.is_open);
    this.onChange(refresh);
    refresh();
    return node;
  }

  /** End its listeners and requests, because the draft has left the screen. */
  end() {
    this.life.abort();
    this.whole.abort();
    this.checker.stop();
  }

// --- called by the cards

  /** Call `refresh` after each change of this draft.
   *  @param {() => void} refresh */
  onChange(refresh) {
    this.draft.addEventListener("change", refresh, { signal: this.signal });
  }

  /** Call `refresh` while photographs go up.
   *  @param {() => void} refresh */
  onProgress(refresh) {
    this.uploads.addEventListener("progress", refresh, { signal: this.signal });
  }

  /** Set the element that gets the focus when something is wrong at `field`.
   *  @param {string} field
   *  @param {HTMLElement} node */
  register(field, node) {
    this.registered[field] = node;
  }

  /** Call `take` before sending, so that typed text without a choice is sent too.
   *  @param {() => void} take */
  beforeSend(take) {
    this.typed.push(take);
  }

  takeTyped() {
    this.typed.forEach((take) => take());
  }

  /** Use typed text and clear the errors, because the button was pressed. */
  startSending() {
    this.takeTyped();
    this.draft.errors = {};
  }

  tell() {
    this.draft.dispatchEvent(new Event("change"));
  }

  /** Add photographs.
   *  @param {File[]} files
   *  @param {PhotoSource} from
   *  @param {Photo | null} [replaced] */
  take(files, from, replaced) {
    this.intake.add(this, files, from, replaced);
  }

  /** @param {Photo} photo */
  remove(photo) {
    this.intake.remove(this.draft, photo);
    this.recorder.dropEmpty(this);
  }

  /** Make this photograph and those after it another sighting.
   *  @param {Photo} photo */
  split(photo) {
    return this.recorder.split(this, photo);
  }

  /** Sheets beside this one that have no place yet. */
  placeless() {
    return this.recorder.sheets.filter((sheet) => sheet !== this && !sheet.draft.fields.place);
  }

  /** Show one of the two panels, or none.
   *  @param {HTMLElement} panel
   *  @param {boolean} isOpen */
  open(panel, isOpen) {
    for (const other of Object.values(this.panels ?? {})) {
      set(other, "hidden", other !== panel || !isOpen);
      other.dispatchEvent(new Event("toggled"));
    }
  }

  /** @param {string} field */
  focusAt(field) {
    const panel = field === "place" ? this.panels?.place : field === "event_date" ? this.panels?.time : null;
    if (panel) this.open(panel, true);
    const node = this.registered[field];
    node?.closest("details")?.setAttribute("open", "");
    node?.focus();
    node?.scrollIntoView({ block: "center" });
  }

  /** @returns {string[]} */
  missing() {
    return Object.keys(whatIsMissing(this.draft.fields, this.data.box));
  }

  /** The error of a field as a sentence; with `onlyWrong` an empty field has none.
   *  @param {string} field
   *  @param {{ onlyWrong?: boolean }} options
   *  @returns {string} */
  problemAt(field, { onlyWrong = false } = {}) {
    const { errors, fields } = this.draft;
    const key = whatIsMissing(fields, this.data.box)[field];
    const isHidden = onlyWrong && key?.startsWith("missing");
    return errors[field] ?? (key && !isHidden ? this.say(key) : "");
  }
}
