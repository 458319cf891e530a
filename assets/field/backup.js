// All that is on this phone in one file, and back: a line of JSON, then the photographs' bytes.

import { modern } from "../recorder/upgrade.js";
import * as shelf from "../recorder/shelf.js";
import { receiptsKept } from "../recorder/receipts_kept.js";

/** @import { Sighting } from "../recorder/types" */

const FORMAT = 1;
const LONGEST_HEAD = 8 * 2 ** 20;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @typedef {"drafts" | "outbox"} Shelf
 *  @typedef {{ upload_id: string, size: number, type: string }} Piece
 *  @typedef {{ shelf: Shelf, row: Sighting, photos: Piece[] }} Saved */

/** A file that is none of ours (`why` "not_ours"), that ends too early ("cut"), or that a newer page
 *  wrote ("newer"). */
export class Unreadable extends Error {
  /** @param {"not_ours" | "cut" | "newer"} why */
  constructor(why) {
    super(why);
    this.why = why;
  }
}

/** Every sighting that was not received yet, with its photographs.
 *  @returns {Promise<{ file: Blob, count: number }>} */
export async function saved() {
  /** @type {Saved[]} */
  const rows = [];
  /** @type {Blob[]} */
  const blobs = [];
  for (const name of /** @type {Shelf[]} */ (["drafts", "outbox"])) {
    for (const row of await shelf.all(name)) {
      const photos = await Promise.all(row.photos.map(({ upload_id: id }) => shelf.get("photos", id)));
      const here = photos.filter((photo) => photo !== undefined);
      blobs.push(...here.map(({ blob }) => blob));
      rows.push({ shelf: name, row, photos: here.map(({ upload_id, blob }) => ({ upload_id, size: blob.size, type: blob.type })) });
    }
  }
  const head = JSON.stringify({ luji: FORMAT, rows });
  return { file: new Blob([head, "\n", ...blobs], { type: "application/octet-stream" }), count: rows.length };
}

/** Put what a file has on this phone, but for what is here or was received; gives how many were new.
 *  Throws an `Unreadable`; then nothing was changed.
 *  @param {Blob} file */
export async function readBack(file) {
  const { rows, from } = await headOf(file);
  const known = await idsHere();
  let at = from;
  let count = 0;
  for (const { shelf: name, row, photos } of rows) {
    const blobs = photos.map(({ upload_id, size, type }) => {
      at += size;
      return { upload_id, draft_id: row.id, blob: file.slice(at - size, at, type) };
    });
    if (known.has(row.id)) continue;
    await shelf.takeIn(name, row, await Promise.all(blobs.map(copied)));
    count += 1;
  }
  return count;
}

// A slice would go with the file that it is of.
/** @template {{ blob: Blob }} P
 *  @param {P} photo */
const copied = async (photo) => ({ ...photo, blob: new Blob([await photo.blob.arrayBuffer()], { type: photo.blob.type }) });

/** @param {Blob} file
 *  @returns {Promise<{ rows: Saved[], from: number }>} */
async function headOf(file) {
  const start = new Uint8Array(await file.slice(0, LONGEST_HEAD).arrayBuffer());
  const end = start.indexOf(10);
  const { luji, rows } = parsed(new TextDecoder().decode(start.subarray(0, Math.max(end, 0))));
  if (!luji || !Array.isArray(rows)) throw new Unreadable("not_ours");
  if (luji > FORMAT) throw new Unreadable("newer");
  if (!rows.every(isSaved)) throw new Unreadable("not_ours");
  const whole = rows.flatMap(({ photos }) => photos).reduce((sum, { size }) => sum + size, end + 1);
  if (whole !== file.size) throw new Unreadable("cut");
  return { rows: rows.map((each) => ({ ...each, row: /** @type {Sighting} */ (modern(each.row)) })), from: end + 1 };
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** @param {Saved} saved_ */
const isSaved = ({ shelf: name, row, photos }) => ["drafts", "outbox"].includes(name) && ID.test(row?.id) && Array.isArray(row.photos)
  && row.photos.every(({ upload_id: id }) => ID.test(id)) && Array.isArray(photos)
  && photos.every(({ upload_id: id, size }) => ID.test(id) && Number.isSafeInteger(size) && size >= 0);

async function idsHere() {
  const [drafts, outbox, received] = await Promise.all([shelf.all("drafts"), shelf.all("outbox"), receiptsKept()]);
  return new Set([...drafts, ...outbox, ...received].map(({ id }) => id));
}
