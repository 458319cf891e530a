// Drafts that an older version of the app wrote, brought to today's form. Pure: rows in, rows out.

/** @import { Sighting } from "./types" */

/** A sighting as some version of the app kept it; `v` says which.
 *  @typedef {Omit<Partial<Sighting>, "place"> & { v?: number, place?: object | null }} KeptRow */

/** What each version added, by the version that a row says it is of.
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

/** A kept sighting as this version writes it; one of a newer version stays as it is.
 *  @param {KeptRow} row
 *  @returns {KeptRow} */
export function modern(row) {
  let current = row;
  for (let step = STEPS[current.v ?? 1]; step; step = STEPS[current.v ?? 1]) current = step(current);
  return current;
}
