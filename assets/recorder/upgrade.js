// Converting drafts of an older version of the app to the current form. Pure: rows in, rows out.

/** @import { Sighting } from "./types" */

/** A sighting as stored by some version of the app, which is `v`.
 *  @typedef {Omit<Partial<Sighting>, "place"> & { v?: number, place?: object | null }} KeptRow */

/** The conversions, by the version of a row.
 *  @type {Record<number, (row: KeptRow) => KeptRow>} */
const STEPS = {
  // version 1 had one sighting at a time, and places in WGS-84 only
  1: (row) => ({
    ...row,
    v: 2,
    batch: row.batch ?? row.id,
    place: row.place ? { datum: "WGS-84", ...row.place } : null,
    different_from: row.different_from ?? [],
    typed: row.typed ?? "",
  }),
};

/** A stored sighting in the current form; one of a newer version is unchanged.
 *  @param {KeptRow} row
 *  @returns {KeptRow} */
export function modern(row) {
  let current = row;
  for (let step = STEPS[current.v ?? 1]; step; step = STEPS[current.v ?? 1]) current = step(current);
  return current;
}
