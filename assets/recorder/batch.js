// Several sightings at once: moving photographs between them, and the text above them.

import { Draft, withPhotos } from "./draft.js";
import { element } from "./element.js";
import * as shelf from "./shelf.js";

/** @import { Photo, Recorder, Sighting } from "./types" */

/** Give each row of photographs its own draft; the first row stays with `draft`.
 *  @param {Draft} draft
 *  @param {Photo[][]} rows
 *  @param {boolean} mayUsePlace */
export async function spread(draft, rows, mayUsePlace) {
  const { batch } = draft.fields;
  const others = rows.slice(1).map((photos) => withPhotos(new Draft({ batch }).fields, photos, mayUsePlace));
  await regroup([draft, withPhotos(draft.fields, rows[0], mayUsePlace)], others);
  return others;
}

/** Split a draft before `photo`; returns the fields of the new one.
 *  @param {Draft} draft
 *  @param {Photo} photo
 *  @param {boolean} mayUsePlace */
export async function split(draft, photo, mayUsePlace) {
  const at = draft.fields.photos.indexOf(photo);
  const { batch, place, event_date, time_known, time_source } = draft.fields;
  const blank = { ...new Draft({ batch }).fields, event_date, time_known, time_source, place };
  const other = withPhotos(blank, draft.fields.photos.slice(at), mayUsePlace);
  await regroup([draft, withPhotos(draft.fields, draft.fields.photos.slice(0, at), mayUsePlace)], [other]);
  return other;
}

/** Merge `other` into `draft`; fields that are empty in `draft` come from `other`.
 *  @param {Draft} draft
 *  @param {Draft} other
 *  @param {boolean} mayUsePlace */
export async function merge(draft, other, mayUsePlace) {
  const [one, two] = [draft.fields, other.fields];
  const isNamed = one.taxon || one.name || one.is_unknown;
  const source = isNamed ? one : two;
  const fields = {
    ...withPhotos(one, [...one.photos, ...two.photos], mayUsePlace),
    taxon: source.taxon, name: source.name, is_unknown: source.is_unknown, group: source.group,
    count: one.count ?? two.count, establishment_means: source.establishment_means,
    note: [one.note, two.note].filter(Boolean).join("\n"), hide_exact_place: one.hide_exact_place || two.hide_exact_place,
  };
  fields.place ??= two.place;
  if (!fields.event_date) Object.assign(fields, { event_date: two.event_date, time_source: two.time_source });
  await other.leave();
  await regroup([draft, fields], [], [two.id]);
}

// In one transaction, so that every photograph is in a draft even if the phone is switched off.
/** @param {[Draft, Sighting]} options
 *  @param {Sighting[]} others
 *  @param {string[]} idsOut */
async function regroup([draft, fields], others, idsOut = []) {
  await draft.saving;
  await shelf.exchange("drafts", [fields, ...others], idsOut).catch((error) => console.warn("drafts not kept:", error.name));
  draft.change(fields);
}

/** The text above several sightings: their number, and that the grouping can be changed.
 *  @param {Recorder} recorder */
export function batchHead({ say, sheets }) {
  const photos = sheets.reduce((sum, { draft }) => sum + draft.fields.photos.length, 0);
  return element("div", { class: "batch-head" },
    element("h2", { tabindex: "-1" }, say("batch_title", { count: sheets.length })),
    element("p", { class: "hint" }, say("batch_note", { count: photos })));
}
