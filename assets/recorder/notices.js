// Notices above the form: sightings that wait for the network, and a draft from last time.

import { asText } from "./clock.js";
import { button, element, icon, set } from "./element.js";
import { isAnswering, shelves } from "./shelf.js";
import { nameOf } from "./taxon_name.js";

/** @import { Outbox, OutboxEntry, Recorder, Say, Sheet, Sighting } from "./types" */

/** The owner of a list of waiting sightings: the recorder, or a box on another page.
 *  @typedef {object} OutboxOwner
 *  @property {Say} say
 *  @property {Outbox} outbox
 *  @property {() => unknown} wake
 *  @property {(row: OutboxEntry) => unknown} reopen
 *  @property {number} delivered
 *  @property {Set<string>} [inHand] */

const OFFERED = 4;                // pictures of a draft of last time

/** The number of sightings that wait on the phone, those refused, and those just sent.
 *  @param {OutboxOwner} recorder */
export function outboxNotice(recorder) {
  const { say, outbox } = recorder;
  const words = element("span", { class: "words" });
  const open = button("quiet", say("outbox_open"), () => {
    const refused = refusedIn(outbox);
    if (refused) recorder.reopen(refused);
  });
  const retry = button("quiet", say("outbox_retry"), () => recorder.wake());
  const node = element("div", { class: "notice", role: "status", hidden: true }, icon("cloud"), words, open, retry);
  const refresh = () => {
    const refused = refusedIn(outbox)?.refused;
    const waiting = outbox.rows.filter((row) => !row.refused && !recorder.inHand?.has(row.id)).length;
    set(node, "hidden", !refused && !waiting && !recorder.delivered);
    node.dataset.kind = refused ? "warn" : waiting ? "wait" : "ok";
    set(open, "hidden", !refused);
    set(retry, "hidden", Boolean(refused) || !waiting);
    if (refused) words.textContent = say("outbox_refused", { message: refused.message });
    else if (waiting) words.textContent = say("outbox_waiting", { count: waiting });
    else words.textContent = recorder.delivered ? say("outbox_delivered", { count: recorder.delivered }) : "";
  };
  outbox.addEventListener("change", refresh);
  refresh();
  return node;
}

/** @param {Outbox} outbox */
const refusedIn = (outbox) => outbox.rows.find((row) => row.refused);

/** Shown without consent: what cannot be done, and that everything stays on the phone.
 *  @param {Pick<Recorder, "say" | "consent" | "askAgain">} recorder */
export function declinedNotice(recorder) {
  const { say, consent } = recorder;
  const node = element("div", { class: "notice", "data-kind": "warn", role: "status", hidden: true }, icon("shield"),
    element("span", { class: "words" }, say("declined")), button("quiet", say("consent_read_again"), () => recorder.askAgain()));
  const refresh = () => set(node, "hidden", !consent.declined || Boolean(consent.agreement));
  consent.addEventListener("change", refresh);
  refresh();
  return node;
}

/** Shown while the phone's storage does not answer: what is on the page goes with it.
 *  @param {Pick<Recorder, "say" | "life">} recorder */
export function unkeptNotice({ say, life }) {
  const node = element("div", { class: "notice", "data-kind": "warn", role: "status", hidden: isAnswering() }, icon("shield"),
    element("span", { class: "words" }, say("unkept")));
  shelves.addEventListener("change", () => set(node, "hidden", isAnswering()), { signal: life.signal });
  return node;
}

/** "Last time's is still here": continue (resolves with true) or discard it (false).
 *  @param {Pick<Recorder, "say" | "data" | "previews" | "writeDate">} pick
 *  @param {Sighting[]} batch */
export function offerDrafts({ say, data, previews, writeDate }, batch) {
  const photos = batch.flatMap((fields) => fields.photos);
  const sources = photos.map((photo) => previews.get(photo.upload_id) ?? photo.thumb).filter(Boolean);
  const [{ event_date: date, time_known: isTimeKnown }] = batch;
  const names = batch.map(({ taxon, name }) => (taxon ? nameOf(taxon, data.language) : name)).filter(Boolean);
  const facts = [batch.length > 1 && say("sightings_count", { count: batch.length }), names.slice(0, 3).join(say("list_comma")),
    date && writeDate(new Date(date), isTimeKnown), photos.length && say("photos_count", { count: photos.length })].filter(Boolean).join(" · ");
  /** @type {(isWanted: boolean) => void} */
  let answer;
  const title = element("h2", { tabindex: "-1" }, say("draft_found"));
  const pictures = sources.length ? sources.slice(0, OFFERED).map((source) => element("img", { src: source, alt: "" }))
    : [element("span", { class: "no" }, icon("photos"))];
  const node = element("section", { class: "offer card" },
    element("div", { class: "offered" }, pictures), title, element("p", { class: "hint" }, facts),
    element("div", { class: "pair" }, button("main", say("draft_continue"), () => answer(true)),
      button("other", say("draft_drop"), () => answer(false))));
  return { node, answer: new Promise((done) => { answer = done; }) };
}

/** Before the first photograph: how to make a good one, and that none is needed.
 *  @param {Sheet} sheet */
export function tips({ say, draft, onChange }) {
  const lines = [["search", "tip_close"], ["plant", "tip_sides"], ["shield", "tip_gentle"]];
  const without = element("button", { type: "button", onclick: () => draft.change({ is_open: true, event_date: asText(new Date()), time_source: "phone" }) },
    icon("footprint"), element("span", {}, say("tip_without")), icon("next", "icon end"));
  const node = element("ul", { class: "tips" },
    lines.slice(0, 2).map(line), element("li", {}, without), lines.slice(2).map(line));
  /** @param {string[]} string */
  function line([picture, key]) {
    return element("li", {}, element("div", {}, icon(picture), element("span", {}, say(key))));
  }
  const refresh = () => set(node, "hidden", Boolean(draft.fields.photos.length || draft.fields.is_open));
  onChange(refresh);
  refresh();
  return node;
}
