// The recorder: from the first photograph to 已收到, one sighting or several. `mount` draws it anywhere.

import { batchHead, merge, split, spread } from "./batch.js";
import { askConsent, Consent } from "./consent.js";
import { districtOf } from "./districts.js";
import { isBegun } from "./draft.js";
import { element, one, set } from "./element.js";
import { online } from "./fetchers.js";
import { lockedDrafts } from "./draft_locks.js";
import { Intake } from "./intake.js";
import { declinedNotice, offerDrafts, outboxNotice, tips, unkeptNotice } from "./notices.js";
import { Outbox } from "./outbox.js";
import { NameList } from "./name_list.js";
import { within } from "./patience.js";
import { isAllowed } from "./position.js";
import { receiptOf } from "./receipt.js";
import { sendBar } from "./send_bar.js";
import { refuse, send } from "./sending.js";
import { Sheet } from "./sheet.js";
import * as shelf from "./shelf.js";
import { Uploads } from "./upload.js";
import { calendar, speaker } from "./words.js";

/** @import { Boundaries, Delivery, Fetchers, Fix, Outcome, OutboxEntry, Photo, PhotoSource, Place, RecordAnswer, RecorderData, Sighting, Taxon, Words } from "./types" */

/** What a page passes to the recorder.
 *  @typedef {object} Page
 *  @property {Words} words
 *  @property {RecorderData} data
 *  @property {Fetchers} fetchers
 *  @property {(id: string | null) => void} onReceived
 *  @property {boolean} [isPatient] keeps first and sends in the background */

const STYLE = new URL("recorder.css", import.meta.url).href;
const SETTLED_MS = 4000;                // then the question is asked, perhaps once too often
const STYLE_MS = 8000;                  // without its style it still works
const openedHere = new Set();          // drafts of this page: shown again without a question

// Sorted by time and not by id: a sighting that was split off has a later id than those after it.
/** @param {Sighting} former
 *  @param {Sighting} latter */
const byTime = (former, latter) => (Date.parse(former.event_date) || Infinity) - (Date.parse(latter.event_date) || Infinity);

/** @param {Event} event */
const detailOf = (event) => /** @type {CustomEvent} */ (event).detail;

/**
 * Draw the recorder in `root` (an element or a shadow root). `words` are the sentences by key,
 * `data` what the page knows (districts, groups, limits, consent), `fetchers` the routes;
* `onReceived(id)` is called when a receipt is shown, and with null when it is closed.
 * Returns a function that removes the recorder.
 * @param {HTMLElement | ShadowRoot} root
 * @param {Partial<Page> & Pick<Page, "words" | "data">} partial
 */
export function mount(root, { words, data, fetchers = online(), onReceived = () => {} }) {
  const recorder = new Recorder(root, { words, data, fetchers, onReceived });
  recorder.begin();
  return () => recorder.end();
}

/** @type {Recorder | null} the recorder of the first screen, until the page takes it over */
let early = null;

/** Draw the recorder in the first screen, before the page that will hold it is there.
 *  `data` says nothing of the visitor.
 *  @param {HTMLElement} host
 *  @param {Pick<Page, "words" | "data">} page */
export async function start(host, { words, data }) {
  const root = host.attachShadow({ mode: "open" });
  early = new Recorder(root, { words, data, fetchers: online(), onReceived: () => {} });
  document.documentElement.dataset.recorder = "early";
  await early.begin();
}

/** Draw the recorder in a page: the one of the first screen, with all that is in it, where there is one.
 *  @param {HTMLElement | ShadowRoot} root
 *  @param {Pick<Page, "words" | "data" | "onReceived">} page */
export function adopt(root, page) {
  const recorder = early;
  early = null;
  if (!recorder) return mount(root, page);
  recorder.moveTo(root, page).finally(() => delete document.documentElement.dataset.recorder);
  return () => recorder.end();
}

export class Recorder {
  /** @param {HTMLElement | ShadowRoot} root
   *  @param {Page} page */
  constructor(root, { words, data, fetchers, onReceived, isPatient = false }) {
    this.root = root;
    this.data = data;
    this.fetchers = fetchers;
    this.onReceived = onReceived;
    this.say = speaker(words);
    this.writeDate = calendar(data.language);
    /** @type {Map<string, string>} addresses of pictures, by the id of the photograph */
    this.previews = new Map();
    /** @type {Sheet[]} */
    this.sheets = [];
    /** @type {Delivery[]} what became of the sightings of this batch */
    this.results = [];
    /** @type {Set<string>} ids of sightings on the screen, which the notice does not count */
    this.inHand = new Set();
    this.delivered = 0;
    /** @type {Set<string>} drafts that were discarded and that the phone did not forget */
    this.leftOut = new Set();
    this.isSending = false;
    /** @type {(Fix & { at: number }) | null} where the phone last was, and when it said so */
    this.lastFix = null;
    /** @type {Taxon | null} what somebody saw on the page of another's sighting, and has met too */
    this.seen = data.taxon ?? null;
    /** @type {Promise<Boundaries> | null} */
    this.borders = null;
    /** @type {Promise<boolean> | null} */
    this.asking = null;
    /** @type {string | null} the sighting whose receipt is on the screen */
    this.received = null;
    this.settle = () => {};
    /** @type {Promise<void>} until it is known whether the server has the consent */
    this.settled = new Promise((settle) => { this.settle = () => settle(); });
    if (data.consented !== undefined) this.settle();
    this.life = new AbortController();
    this.body = element("div", { class: "body" });
    this.box = element("div", { class: "recorder", hidden: true });
    this.consent = new Consent({ data, send: fetchers.consent });
    const mayStart = () => Boolean(this.consent.agreement);
    const onConsentMissing = () => {
      this.consent.forget();
      return this.askAgain();
    };
    this.uploads = new Uploads({ send: this.consent.guard(fetchers.media), mayStart, onConsentMissing });
    this.outbox = new Outbox({ uploads: this.uploads, send: this.consent.guard(fetchers.record), mayStart, isPatient });
    this.intake = new Intake(this);
    this.names = new NameList(fetchers);
    /** @type {Promise<void>} until the checklist's names are here, or could not be had */
    this.settledNames = Promise.resolve();
  }

// --- start and end

  async begin() {
    const styled = this.styled(this.root);
    this.box.append(outboxNotice(this), declinedNotice(this), unkeptNotice(this), this.body);
    this.root.append(this.box);
    this.listen();
    await shelf.sweep().catch((error) => console.warn("nothing can be kept:", error.name));
    await Promise.all([styled, this.consent.load(), this.outbox.load()]);
    set(this.box, "hidden", false);
    this.wake();
    await this.startAnew();
    this.settledNames = this.names.load();
  }

  /** Go on in another root, when nothing is open that a move would close.
   *  @param {HTMLElement | ShadowRoot} root
   *  @param {Pick<Page, "data" | "onReceived">} page */
  async moveTo(root, { data, onReceived }) {
    this.data = data;
    this.consent.know(data);
    this.settle();
    await this.styled(root);
    await this.asking;
    await this.untilNobodyTypes();
    const active = this.focused();
    this.root = root;
    this.onReceived = onReceived;
    root.append(this.box);
    if (active instanceof HTMLElement && this.box.contains(active) && this.focused() !== active) active.focus({ preventScroll: true });
    if (this.received) onReceived(this.received);
    this.followConsent();
    this.wake();
  }

  /** A move would close the list under a field and take the field away from whoever types in it. */
  async untilNobodyTypes() {
    while (this.focused()?.matches("input:not([type=file], [type=checkbox], [type=radio]), textarea, select")) {
      await new Promise((left) => { this.box.addEventListener("focusout", () => setTimeout(left), { once: true }); });
    }
  }

  /** Put the recorder's style into a root, and wait for it a while.
   *  @param {HTMLElement | ShadowRoot} root */
  async styled(root) {
    const style = element("link", { rel: "stylesheet", href: STYLE });
    const loaded = new Promise((done) => { style.onload = style.onerror = done; });
    root.append(style);
    await within(STYLE_MS, loaded).catch(() => null);
  }

  listen() {
    const { signal } = this.life;
    addEventListener("online", this.wake, { signal });
    document.addEventListener("visibilitychange", () => !document.hidden && this.wake(), { signal });
    this.outbox.addEventListener("delivered", (event) => this.noteDelivered(detailOf(event)), { signal });
    this.uploads.addEventListener("change", (event) => this.sheetOf(detailOf(event))?.tell(), { signal });
    this.consent.addEventListener("change", () => this.followConsent(), { signal });
    shelf.shelves.addEventListener("change", () => shelf.isAnswering() && this.catchUp(), { signal });
  }

  end() {
    this.life.abort();
    this.outbox.stop();
    this.closeSheets();
    for (const photo of [...this.uploads.items.keys()]) this.uploads.remove(photo);
    for (const url of this.previews.values()) URL.revokeObjectURL(url);
    this.root.replaceChildren();
  }

  /** Send what waits, because the network or the person is back. */
  wake = () => {
    this.uploads.wake();
    this.outbox.flush();
  };

  /** The phone's storage answers again: keep what is on the screen, and offer what was on it before. */
  async catchUp() {
    for (const { draft } of this.sheets) draft.keep();
    await this.outbox.load();
    this.wake();
    const isUntouched = this.sheets.length && this.sheets.every(({ draft }) => !isBegun(draft.fields));
    if (isUntouched && !this.isSending) await this.startAnew();
  }

  /** @param {RecordAnswer} answer */
  noteDelivered(answer) {
    const shown = this.results.find(({ fields, answer: before }) => fields.id === answer.id && before?.status === "kept");
    if (!shown || this.sheets.length) {
      this.delivered += 1;
      return this.outbox.tell();
    }
    shown.answer = { ...answer, status: "received" };
    return this.showReceipt();
  }

  /** Tell the page which sighting's receipt is on the screen; null when it is closed.
   *  @param {string | null} id */
  report(id) {
    this.received = id;
    this.onReceived(id);
  }

  // --- one batch after the other

  /** Show an empty form, or the drafts of last time, if the person wants them.
   *  @returns {Promise<void>} */
  async startAnew() {
    this.report(null);
    this.delivered = 0;
    const elsewhere = await lockedDrafts();
    const drafts = await shelf.all("drafts").catch(() => []);
    const unsent = drafts.filter((fields) => isBegun(fields) && !elsewhere.has(fields.id) && !this.leftOut.has(fields.id));
    const fromHere = unsent.findLast((fields) => openedHere.has(fields.id));
    const latest = fromHere ?? unsent.at(-1);
    this.box.scrollIntoView({ block: "nearest" });
    if (!latest) return this.showForm([this.startingFields()]);
    const batch = unsent.filter((fields) => fields.batch === latest.batch).sort(byTime);
    return fromHere ? this.showForm(batch) : this.offer(batch);
  }

  /** What a form begins with: once, the species that somebody came with who met it too. */
  startingFields() {
    const taxon = this.seen;
    this.seen = null;
    return taxon ? { taxon, is_open: true } : {};
  }

  /** Start the next sighting, at the place of the last one until its photograph has another.
   *  @param {Place} place */
  startNext(place) {
    this.report(null);
    this.delivered = 0;
    this.box.scrollIntoView({ block: "nearest" });
    return this.showForm([{ place: { ...place, is_carried: true } }]);
  }

  /** @param {Sighting[]} batch */
  async offer(batch) {
    for (const fields of batch) await this.intake.readPreviews(fields);
    const { node, answer } = offerDrafts(this, batch);
    this.show(node);
    if (await answer) return this.showForm(batch);
    for (const fields of batch) await shelf.forget("drafts", fields).catch(() => this.leftOut.add(fields.id));
    return this.startAnew();
  }

  /** Put a refused sighting of the outbox back into the form.
   *  @param {OutboxEntry} row */
  async reopen(row) {
    for (const { draft } of this.sheets) await draft.keep();
    const { refused } = row;
    await this.showForm([await this.outbox.takeBack(row)]);
    if (refused) refuse(this.sheets[0], refused);
  }

  /** @param {Partial<Sighting>[]} batch */
  async showForm(batch) {
    this.inHand = new Set();
    this.closeSheets();
    this.results = [];
    await this.openSheets(batch);
    this.boundaries().catch(() => null);
  }

  /** @param {Partial<Sighting>[]} batch */
  async openSheets(batch) {
    this.isSending = false;
    this.inHand = new Set();
    this.sheets = batch.map((fields) => this.sheetFor(fields));
    this.outbox.tell();
    for (const { draft } of this.sheets) await this.intake.readPreviews(draft.fields);
    this.draw();
    for (const { draft } of this.sheets) this.intake.resumeAll(draft);
  }

  /** @param {Partial<Sighting>} fields */
  sheetFor(fields) {
    const sheet = new Sheet(this, fields);
    openedHere.add(sheet.draft.fields.id);
    return sheet;
  }

  closeSheets() {
    for (const sheet of this.sheets) sheet.end();
    this.sheets = [];
  }

  /** Draw the form again: for one sighting, or for several below each other. */
  draw() {
    for (const sheet of this.sheets) sheet.takeTyped();
    const [first] = this.sheets;
    const isOne = this.sheets.length === 1;
    const nodes = isOne ? [first.build(null), tips(first), first.details()]
      : [batchHead(this), ...this.sheets.map((sheet, at) => sheet.build({ at, of: this.sheets.length }))];
    this.show(element("form", { class: "form", novalidate: true, "data-many": isOne ? "no" : "yes",
      onsubmit: (event) => event.preventDefault() }, nodes, sendBar(this)));
    this.tell();
  }

  /** @param {HTMLElement} node */
  show(node) {
    this.body.replaceChildren(node);
  }

  tell() {
    for (const sheet of this.sheets) sheet.tell();
  }

  // --- photographs between sheets

  /** The sheet that has a photograph now.
   *  @param {Photo} photo */
  sheetOf(photo) {
    return this.sheets.find(({ draft }) => draft.fields.photos.includes(photo));
  }

  /** @param {Photo} photo */
  draftOf(photo) {
    return this.sheetOf(photo)?.draft;
  }

  countPhotos() {
    return this.sheets.reduce((sum, { draft }) => sum + draft.fields.photos.length, 0);
  }

  /** @param {Sheet} sheet
   *  @param {Photo[][]} rows */
  async spread(sheet, rows) {
    this.insertAfter(sheet, await spread(sheet.draft, rows, this.mayUsePlace()));
    this.draw();
    one(this.body, ".batch-head h2").focus({ preventScroll: true });
  }

  /** @param {Sheet} sheet
   *  @param {Photo} photo */
  async split(sheet, photo) {
    const [added] = this.insertAfter(sheet, [await split(sheet.draft, photo, this.mayUsePlace())]);
    this.draw();
    added.heading?.focus();
    added.node?.scrollIntoView({ block: "nearest" });
  }

  /** @param {Sheet} sheet
   *  @param {Sighting[]} rows */
  insertAfter(sheet, rows) {
    const added = rows.map((fields) => this.sheetFor(fields));
    this.sheets.splice(this.sheets.indexOf(sheet) + 1, 0, ...added);
    return added;
  }

  /** @param {Sheet} sheet */
  above(sheet) {
    return this.sheets[this.sheets.indexOf(sheet) - 1];
  }

  /** Whether the photographs of a sheet and of the one above it make one sighting.
   *  @param {Sheet} sheet */
  mayMerge(sheet) {
    const photos = [this.above(sheet), sheet].flatMap((each) => each?.draft.fields.photos ?? []);
    return photos.length <= this.data.max_photos;
  }

  /** Merge a sheet into the one above it.
   *  @param {Sheet} sheet */
  async merge(sheet) {
    const above = this.above(sheet);
    for (const each of [above, sheet]) each.takeTyped();
    await merge(above.draft, sheet.draft, this.mayUsePlace());
    this.leaveOut(sheet);
    (above.heading?.isConnected ? above.heading : above.registered.photos).focus();
  }

  /** @param {Sheet} sheet */
  leaveOut(sheet) {
    this.sheets = this.sheets.filter((other) => other !== sheet);
    sheet.end();
    this.draw();
  }

  /** Remove one of several sheets that has lost its last photograph.
   *  @param {Sheet} sheet */
  dropEmpty(sheet) {
    const { photos, taxon, name, note } = sheet.draft.fields;
    if (this.sheets.length > 1 && !photos.length && !taxon && !name && !note) this.leaveOut(sheet);
  }

  /** Discard a sighting that the person says is the same as an earlier one.
   *  @param {Sheet} sheet */
  async discard(sheet) {
    await sheet.draft.leave();
    for (const photo of sheet.draft.fields.photos) this.uploads.remove(photo.upload_id);
    await shelf.forget("drafts", sheet.draft.fields).catch(() => null);
    if (this.sheets.length > 1) return this.leaveOut(sheet);
    this.closeSheets();
    return this.startAnew();
  }

  /** Set the place of this sheet on the sheets without one.
   *  @param {Sheet} sheet */
  sharePlace(sheet) {
    const { place } = sheet.draft.fields;
    for (const other of sheet.placeless()) other.draft.change({ place: place && { ...place } });
    sheet.tell();
  }

// --- called by the cards

  focused = () => {
    const root = this.root.getRootNode();
    return (root instanceof ShadowRoot ? root.activeElement : null) ?? document.activeElement;
  };

  focusSend() {
    one(this.body, ".bar .main").focus();
  }

  boundaries = () => {
    this.borders ??= this.fetchers.boundaries("districts").then((borders) => {
      this.districtBorders = borders;
      this.tell();
      return borders;
    }).catch((error) => {
      this.borders = null;
      throw error;
    });
    return this.borders;
  };

  /** The name of the district of a place, as far as the phone can tell.
   *  @param {Place} place */
  districtName = (place) => {
    const code = place.district ?? (this.districtBorders && districtOf(place, this.districtBorders));
    return this.data.districts.find((district) => district.code === code)?.name ?? "";
  };

  // A photograph just taken was taken here, so the phone's position is read where it may be.
  /** @param {Sheet} sheet
   *  @param {PhotoSource} [from] */
  async openWhatIsMissing(sheet, from) {
    const lacking = this.sheets.includes(sheet) && !sheet.draft.fields.place ? sheet : this.sheets.find(({ draft }) => !draft.fields.place);
    if (!lacking) return;
    if (lacking.panels) lacking.open(lacking.panels.place, true);
    if (from === "camera" && this.mayUsePlace() && (await isAllowed())) lacking.locate();
  }

  // --- consent

  mayUsePlace = () => this.consent.agreement?.place ?? true;

  /** True when consent was given, now or before; asks where it was not. */
  async hasConsent() {
    return Boolean(this.consent.agreement) || this.askAgain();
  }

  askAgain = () => {
    this.asking ??= this.ask().finally(() => { this.asking = null; });
    return this.asking;
  };

  /** Ask, unless the server is about to say that it has the consent. */
  ask = async () => {
    await within(SETTLED_MS, this.settled).catch(() => null);
    return Boolean(this.consent.agreement) || askConsent(this, this.box);
  };

  followConsent() {
    for (const { draft } of this.sheets) {
      if (this.mayUsePlace() && !draft.fields.place) this.intake.takePlace(draft);
      if (this.mayUsePlace()) continue;
      if (draft.fields.place && draft.fields.place.source !== "named") draft.change({ place: null });
      this.intake.leavePlacesBehind(draft);
    }
    if (!this.mayUsePlace() && this.countPhotos()) this.openWhatIsMissing(this.sheets[0]);
    this.tell();
    this.uploads.start();
  }

  // --- sending

  async send() {
    const results = await send(this);
    if (results) this.finish(results);
  }

  /** @param {boolean} isSending */
  setSending(isSending) {
    this.isSending = isSending;
    this.inHand = new Set(isSending ? this.sheets.map(({ draft }) => draft.fields.id) : []);
    for (const part of this.body.querySelectorAll(".form > :not(.bar)")) part.toggleAttribute("inert", isSending);
    this.tell();
    return null;
  }

  /** Show the receipt; refused sightings come back into the form first.
   *  @param {Outcome[]} results */
  async finish(results) {
    const refused = results.filter((outcome) => outcome.refusal !== undefined);
    this.results.push(...results.filter((outcome) => outcome.answer !== undefined));
    for (const { fields } of results) openedHere.delete(fields.id);
    this.closeSheets();
    this.inHand = new Set(this.results.filter(({ answer }) => answer.status === "kept").map(({ fields }) => fields.id));
    this.isSending = false;
    if (!refused.length) {
      this.outbox.tell();
      return this.showReceipt();
    }
    this.delivered = this.results.length;
    const back = [];
    for (const { fields } of refused) back.push(await this.outbox.takeBack(fields));
    await this.openSheets(back);
    refused.forEach(({ refusal }, at) => refuse(this.sheets[at], { ...refusal, message: refusal.message || this.say("send_failed") }));
    return null;
  }

  showReceipt() {
    this.show(receiptOf(this, this.results));
    const arrived = this.results.find(({ answer }) => answer.status !== "kept");
    if (arrived) this.report(arrived.answer.id ?? null);
  }
}
