// What this phone remembers of sightings that were received: their numbers, for a month.

import * as shelf from "./shelf.js";

/** @import { KeptReceipt, RecordAnswer, WholeSighting } from "./types" */

const PREFIX = "received-";
const KEPT_MS = 31 * 24 * 3600 * 1000;

/** The note of a sighting that the server has, without its place.
 *  @param {WholeSighting} fields
 *  @param {RecordAnswer} answer
 *  @returns {KeptReceipt} */
export function receiptKept({ id, taxon, name, group, count, event_date, time_known, photos }, { number = "", sighting = "" }) {
  return { key: PREFIX + id, id, number, sighting, taxon, name, group, count, event_date, time_known, thumb: photos[0]?.thumb ?? "", at: Date.now() };
}

/** The notes of this phone, the latest first; older ones are deleted.
 *  @returns {Promise<KeptReceipt[]>} */
export async function receiptsKept(now = Date.now()) {
  const notes = /** @type {KeptReceipt[]} */ (await shelf.factsOf(PREFIX).catch(() => []));
  const [fresh, old] = [true, false].map((isFresh) => notes.filter(({ at }) => (now - at < KEPT_MS) === isFresh));
  for (const { key } of old) shelf.drop("facts", key).catch(() => null);
  return fresh.sort((one, other) => other.at - one.at);
}
