// The recorder: one sighting from the first photograph to 已收到. `mount` draws it anywhere.

import { askConsent, Consent } from "./consent.js";
import { countField, hideField, noteField, originField } from "./detail_fields.js";
import { districtOf } from "./districts.js";
import { Draft, isBegun, whatIsMissing } from "./draft.js";
import { element, set } from "./element.js";
import { factsRow } from "./facts_row.js";
import { online } from "./fetchers.js";
import { heldElsewhere, hold } from "./holding.js";
import { Intake } from "./intake.js";
import { declinedNotice, offerDraft, outboxNotice, tips } from "./notices.js";
import { Outbox } from "./outbox.js";
import { photoCard } from "./photo_card.js";
import { placePanel } from "./place_panel.js";
import { isAllowed } from "./position.js";
import { keptReceipt, receipt } from "./receipt.js";
import { sendBar } from "./send_bar.js";
import { refuse, send } from "./sending.js";
import * as shelf from "./shelf.js";
import { taxonField } from "./taxon_field.js";
import { timePanel } from "./time_panel.js";
import { Uploads } from "./upload.js";
import { calendar, speaker } from "./words.js";

const STYLE = new URL("recorder.css", import.meta.url).href;
const openedHere = new Set();          // drafts of this page's life: shown again without asking

/**
 * Draw the recorder in `root` (an element or a shadow root). `words` are the sentences by key,
 * `data` what the page knows (districts, groups, limits, consent), `fetchers` the routes;
 * `onReceived(id)` is told when a receipt is on the screen, and with null when it has gone.
 * Returns a function that takes the recorder away.
 */
export function mount(root, { words, data, fetchers = online(), onReceived = () => {} }) {
  const recorder = new Recorder(root, { words, data, fetchers, onReceived });
  recorder.begin();
  return () => recorder.end();
}

class Recorder {
  constructor(root, { words, data, fetchers, onReceived }) {
    Object.assign(this, { root, data, fetchers, onReceived });
    this.say = speaker(words);
    this.writeDate = calendar(data.language);
    this.previews = new Map();
    this.delivered = 0;
    this.life = new AbortController();
    for (const name of ["districtName", "wake", "onChange", "mayUsePlace"]) this[name] = this[name].bind(this);
    this.connect(fetchers);
  }

  connect(fetchers) {
    this.consent = new Consent({ data: this.data, send: fetchers.consent });
    const mayStart = () => Boolean(this.consent.given);
    const agreed = (fetcher) => (...what) => this.consent.before(() => fetcher(...what));
    this.uploads = new Uploads({ send: agreed(fetchers.media), mayStart, onConsentMissing: () => this.askAgain() });
    this.outbox = new Outbox({ uploads: this.uploads, send: agreed(fetchers.record), mayStart });
    this.intake = new Intake(this);
  }

  // --- its life

  async begin() {
    const style = element("link", { rel: "stylesheet", href: STYLE });
    const styled = new Promise((done) => { style.onload = style.onerror = done; });
    this.body = element("div", { class: "body" });
    this.box = element("div", { class: "recorder", hidden: true }, outboxNotice(this), declinedNotice(this), this.body);
    this.root.append(style, this.box);
    this.listen();
    await Promise.all([styled, this.consent.load(), this.outbox.load()]);
    set(this.box, "hidden", false);
    await this.startAnew();
    this.wake();
  }

  listen() {
    const { signal } = this.life;
    addEventListener("online", this.wake, { signal });
    document.addEventListener("visibilitychange", () => !document.hidden && this.wake(), { signal });
    this.outbox.addEventListener("delivered", ({ detail }) => this.noteDelivered(detail), { signal });
    this.uploads.addEventListener("change", () => this.tell(), { signal });
    this.consent.addEventListener("change", () => this.followConsent(), { signal });
  }

  end() {
    this.life.abort();
    this.formLife?.abort();
    for (const photo of [...this.uploads.items.keys()]) this.uploads.remove(photo);
    for (const url of this.previews.values()) URL.revokeObjectURL(url);
    this.root.replaceChildren();
  }

  /** The network or the person is back: send what waits. */
  wake() {
    this.uploads.wake();
    this.outbox.flush();
  }

  noteDelivered(answer) {
    const { kept } = this;
    if (kept?.id === answer.id) return this.finish({ answer: { ...answer, status: "received" }, fields: kept });
    this.delivered += 1;
    return this.outbox.tell();
  }

  // --- one sighting after the other

  /** A fresh form, or the draft of last time, if the person wants it. */
  async startAnew() {
    this.onReceived(null);
    this.delivered = 0;
    const elsewhere = await heldElsewhere();
    const drafts = await shelf.all("drafts").catch(() => []);
    const kept = drafts.filter((fields) => isBegun(fields) && !elsewhere.has(fields.id));
    const known = kept.find((fields) => openedHere.has(fields.id));
    const latest = kept.at(-1);
    this.box.scrollIntoView({ block: "nearest" });
    return known || !latest ? this.showForm(known) : this.offer(latest);
  }

  async offer(fields) {
    await this.intake.readPreviews(fields);
    const { node, answer } = offerDraft(this, fields);
    this.show(node);
    if (await answer) return this.showForm(fields);
    await shelf.forget("drafts", fields);
    return this.startAnew();
  }

  /** Put a refused sighting of the outbox back into the form. */
  async reopen(row) {
    await this.draft?.keep();
    const { refused } = row;
    await this.showForm(await this.outbox.takeBack(row));
    refuse(this, refused);
  }

  async showForm(kept = {}) {
    this.begins(new Draft(kept));
    const { draft } = this;
    await this.intake.readPreviews(draft.fields);
    this.panels = { place: placePanel(this), time: timePanel(this) };
    this.show(element("form", { class: "form", novalidate: true, onsubmit: (event) => event.preventDefault() },
      photoCard(this, factsRow(this, this.panels)), ...Object.values(this.panels), tips(this), this.details(), sendBar(this)));
    this.intake.resumeAll(draft);
    this.tell();
    this.boundaries().catch(() => null);
  }

  begins(draft) {
    this.kept = null;                  // the sighting whose "kept on the phone" is on the screen
    this.formLife?.abort();
    this.formLife = new AbortController();
    this.signal = this.formLife.signal;
    Object.assign(this, { draft, registered: {}, typed: [], isSending: false, inHand: null });
    openedHere.add(draft.fields.id);
    hold(draft.fields.id, this.signal);
    this.outbox.tell();
  }

  details() {
    const node = element("div", { class: "details" },
      taxonField(this), originField(this), countField(this), noteField(this), hideField(this));
    const refresh = () => set(node, "hidden", !this.draft.fields.photos.length && !this.draft.fields.is_open);
    this.onChange(refresh);
    refresh();
    return node;
  }

  show(node) {
    this.body.replaceChildren(node);
  }

  // --- what the cards ask

  tell() {
    this.draft?.dispatchEvent(new Event("change"));
  }

  /** Call `refresh` after each change of this draft. */
  onChange(refresh) {
    this.draft.addEventListener("change", refresh, { signal: this.signal });
  }

  /** Call `refresh` while photographs go up. */
  onProgress(refresh) {
    this.uploads.addEventListener("progress", refresh, { signal: this.signal });
  }

  /** Where the focus goes when something is wrong at `field`. */
  register(field, node) {
    this.registered[field] = node;
  }

  /** Call `take` before sending: what stands half typed in a field counts. */
  beforeSend(take) {
    this.typed.push(take);
  }

  takeTyped() {
    this.typed.forEach((take) => take());
  }

  focused() {
    return this.root.getRootNode().activeElement ?? document.activeElement;
  }

  /** Show one of the two panels, or none. */
  open(panel, isOpen) {
    for (const other of Object.values(this.panels)) {
      set(other, "hidden", other !== panel || !isOpen);
      other.dispatchEvent(new Event("toggled"));
    }
  }

  focusAt(field) {
    const panel = { place: this.panels.place, event_date: this.panels.time }[field];
    if (panel) this.open(panel, true);
    this.registered[field]?.focus();
    this.registered[field]?.scrollIntoView({ block: "center" });
  }

  boundaries() {
    this.borders ??= this.fetchers.boundaries("districts").then((found) => {
      this.districtBorders = found;
      this.tell();
      return found;
    }).catch((error) => {
      this.borders = null;
      throw error;
    });
    return this.borders;
  }

  /** The name of the district that holds a place, as far as the phone can tell. */
  districtName(place) {
    const code = place.district ?? (this.districtBorders && districtOf(place, this.districtBorders));
    return this.data.districts.find((district) => district.code === code)?.name ?? "";
  }

  missing() {
    return Object.keys(whatIsMissing(this.draft.fields, this.data.box));
  }

  /** What is wrong at a field, as a sentence; `onlyWrong` leaves out what is merely not there yet. */
  problemAt(field, { onlyWrong = false } = {}) {
    const { errors, fields } = this.draft;
    const key = whatIsMissing(fields, this.data.box)[field];
    const isHidden = onlyWrong && key?.startsWith("missing");
    return errors[field] ?? (key && !isHidden ? this.say(key) : "");
  }

  // The picture that was just taken was taken here: where the phone may tell, it is asked.
  async openWhatIsMissing(draft, from) {
    if (draft.fields.place) return;
    this.open(this.panels.place, true);
    if (from === "camera" && this.mayUsePlace() && (await isAllowed())) this.locate();
  }

  // --- consent

  mayUsePlace() {
    return this.consent.given?.place ?? true;
  }

  /** True when consent was given, now or before; asks where it was not. */
  async hasConsent() {
    return Boolean(this.consent.given) || this.askAgain();
  }

  askAgain() {
    this.asking ??= askConsent(this, this.box).finally(() => { this.asking = null; });
    return this.asking;
  }

  followConsent() {
    const { draft } = this;
    if (draft && this.mayUsePlace() && !draft.fields.place) this.intake.takePlace(draft);
    if (draft && !this.mayUsePlace()) {
      if (draft.fields.place && draft.fields.place.source !== "named") draft.change({ place: null });
      if (draft.fields.photos.length) this.openWhatIsMissing(draft);
      this.intake.leavePlacesBehind(draft);
    }
    this.tell();
    this.uploads.start();
  }

  // --- sending

  async send() {
    const sent = await send(this);
    if (sent) this.finish(sent);
  }

  setSending(isSending) {
    this.isSending = isSending;
    this.inHand = this.draft.fields.id;
    for (const part of this.body.querySelectorAll(".form > :not(.bar)")) part.inert = isSending;
    this.tell();
    return null;
  }

  finish({ answer, fields }) {
    this.isSending = false;
    this.formLife.abort();
    openedHere.delete(fields.id);
    this.outbox.tell();
    this.kept = answer.status === "kept" ? fields : null;
    if (this.kept) return this.show(keptReceipt(this, answer, fields));
    this.show(receipt(this, answer, fields));
    return this.onReceived(answer.id);
  }
}
