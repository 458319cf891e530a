// What is on this phone, record by record: waiting, being sent, received, or to be mended.

import { button, element, icon, set } from "../recorder/element.js";
import { receiptsKept } from "../recorder/receipts_kept.js";
import { nameOf, tongueOf } from "../recorder/taxon_name.js";

/** @import { Field, KeptReceipt, OutboxEntry } from "../recorder/types" */
/** @typedef {OutboxEntry | KeptReceipt} Row
 *  @typedef {"phone" | "sending" | "received" | "mend"} State */

const SHOWN = 8;                  // of those that were received, until all are asked for
const ICONS = { phone: "cloud", sending: "back", received: "check", mend: "edit" };

/** The list with its heading; empty until something was recorded.
 *  @param {Field} field */
export function recordList(field) {
  const { recorder, say } = field;
  const { outbox } = recorder;
  const list = element("ul", { class: "records" });
  const count = element("p", { class: "hint", role: "status" });
  const why = element("p", { class: "error", hidden: true });
  const now = button("quiet", say("outbox_retry"), () => recorder.wake());
  const all = button("link", say("field_all"), () => {
    shown = Infinity;
    refresh();
  });
  const node = element("section", { class: "recorder mine", hidden: true, "aria-labelledby": "mine" },
    element("div", { class: "head" }, element("h2", { id: "mine" }, say("field_mine")), now), count, why, list, all);
  
  let shown = SHOWN;
  let asked = 0;
  const refresh = async () => {
    asked += 1;
    const question = asked;
    const received = await receiptsKept();
    if (question !== asked) return;
    const waiting = outbox.rows.filter(({ id }) => !received.some((note) => note.id === id));
    const rows = [...waiting.toReversed(), ...received.slice(0, shown)];
    list.replaceChildren(...rows.map((row) => line(field, row)));
    set(node, "hidden", !rows.length);
    set(all, "hidden", received.length <= shown);
    set(now, "hidden", !waiting.some((row) => !row.refused));
    count.textContent = say("field_count", { waiting: waiting.length, received: received.length });
    why.textContent = outbox.reason;
    set(why, "hidden", !outbox.reason);
  };
  for (const event of ["change", "delivered"]) outbox.addEventListener(event, refresh);
  navigator.serviceWorker?.addEventListener("message", () => outbox.load());
  refresh();
  return node;
}

/** @param {Field} field
 *  @param {Row} row */
function line(field, row) {
  const { recorder, say } = field;
  const state = stateOf(row, recorder.outbox.sending);
  const title = titleOf(field, row);
  const entry = state === "mend" ? /** @type {OutboxEntry} */ (row) : null;
  return element("li", { class: "record card", "data-id": row.id, "data-state": state },
    picture(field, row),
    element("div", { class: "about" }, element("b", { lang: tongueOf(title) }, title), element("small", {}, factsOf(field, row)),
      entry && element("p", { class: "error" }, entry.refused?.message ?? "")),
    element("span", { class: "state" }, icon(ICONS[state]), say(`field_${state}`)),
    entry && button("quiet", say("outbox_open"), () => recorder.reopen(entry)));
}

/** @param {Field} field
 *  @param {Row} row */
function titleOf({ recorder, say }, { taxon, name, group }) {
  const called = taxon ? nameOf(taxon, recorder.data.language) : name;
  const groupName = recorder.data.groups.find(({ code }) => code === group)?.name;
  return called || (groupName ? say("unnamed_of", { group: groupName }) : say("unnamed"));
}

/** When it was, how many, and the number of one that was received.
 *  @param {Field} field
 *  @param {Row} row */
function factsOf({ recorder, say }, row) {
  const { event_date: date, time_known: isTimeKnown, count } = row;
  const number = "number" in row && row.number;
  return [date && recorder.writeDate(new Date(date), isTimeKnown), count && say("field_counted", { n: count }),
    number].filter(Boolean).join(" · ");
}

/** @param {Row} row
 *  @param {string | null} sending
 *  @returns {State} */
function stateOf(row, sending) {
  if ("number" in row) return "received";
  if (row.refused) return "mend";
  return row.id === sending ? "sending" : "phone";
}

/** @param {Field} field
 *  @param {Row} row */
function picture({ recorder }, row) {
  const photo = "photos" in row ? row.photos[0] : null;
  const source = photo ? recorder.previews.get(photo.upload_id) ?? photo.thumb : "thumb" in row && row.thumb;
  const blank = element("span", { class: "no" }, icon("photos"));
  if (!source) return blank;
  const shown = element("img", { src: source, alt: "" });
  shown.onerror = () => shown.replaceWith(blank);
  return shown;
}
