// A HEIC without what its camera wrote beside the picture, for a browser that cannot draw it anew.

import { Bytes } from "./bytes.js";
import { itemsOf } from "./heif_items.js";
import { boxesOf, kindOf } from "./photo_file.js";

// Whatever is none of these is blanked where it lies: nothing else moves, so all tables stay right.
const OF_THE_FILE = new Set(["ftyp", "meta", "mdat"]);
const OF_THE_TABLE = new Set(["hdlr", "dinf", "pitm", "iinf", "iloc", "iprp", "iref", "grpl", "idat"]);
const OF_THE_PICTURE = new Set(["hvc1", "hvc2", "av01", "avc1", "grid", "iden", "iovl"]);

/** The file with zeros in place of its metadata, and nothing behind its boxes; null for another
 *  format, or where its tables cannot be read.
 *  @param {Blob} file
 *  @returns {Promise<Blob | null>} */
export async function bareHeif(file) {
  const bytes = new Bytes(file);
  const items = await kindOf(bytes) === "heif" ? await itemsOf(bytes).catch(() => []) : [];
  const [drawn, beside] = [true, false].map((isOfPicture) =>
    items.filter(({ type }) => OF_THE_PICTURE.has(type) === isOfPicture).flatMap(({ extents }) => extents));
  if (!drawn.length) return null;
  const last = Math.max(...drawn.map(({ end }) => end));
  /** @type {{ at: number, end: number }[]} */
  const blanks = [...beside];
  let [until, hasTable] = [0, false];
  for await (const box of boxesOf(bytes)) {
    if (hasTable && until >= last) break;     // a video behind the picture
    until = box.end;
    if (!OF_THE_FILE.has(box.name)) blanks.push(box);
    if (box.name !== "meta") continue;
    hasTable = true;
    for await (const part of boxesOf(bytes, box.at + 4, box.end)) if (!OF_THE_TABLE.has(part.name)) blanks.push(part);
  }
  return blanked(file.slice(0, until), blanks);
}

/** @param {Blob} file
 *  @param {{ at: number, end: number }[]} blanks */
function blanked(file, blanks) {
  const parts = [];
  let from = 0;
  for (const { at, end } of blanks.toSorted((one, other) => one.at - other.at)) {
    const [start, until] = [Math.max(from, at), Math.min(end, file.size)];
    if (until <= start) continue;
    parts.push(file.slice(from, start), new Uint8Array(until - start));
    from = until;
  }
  return new Blob([...parts, file.slice(from)], { type: "image/heic" });
}
