// Where the items of a HEIC or AVIF lie: its tables of contents (ISO/IEC 14496-12, `iinf` and `iloc`).

import { lettersAt, numberAt } from "./bytes.js";
import { boxesOf } from "./photo_file.js";

/** @import { Bytes } from "./bytes.js" */
/** @import { Part } from "./photo_file.js" */

/** `type` is "hvc1", "av01", "Exif" …
 *  @typedef {{ id: number, type: string, extents: { at: number, end: number }[] }} Item */

const MOST_BYTES = 4 * 1024 * 1024;

/** Takes one number after another. */
class Cursor {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  /** @param {number} count */
  take(count) {
    this.at += count;
    if (this.at > this.bytes.length) throw new RangeError("a table that ends too early");
    return numberAt(this.bytes, this.at - count, count);
  }
}

/** The items of the box `meta`, with where each lies in the file; none where there is no table.
 *  @param {Bytes} bytes
 *  @returns {Promise<Item[]>} */
export async function itemsOf(bytes) {
  for await (const box of boxesOf(bytes)) {
    if (box.name === "meta") return itemsIn(bytes, box);
  }
  return [];
}

/** @param {Bytes} bytes
 *  @param {Part} meta */
async function itemsIn(bytes, meta) {
  /** @type {Record<string, Part>} */
  const inside = {};
  for await (const box of boxesOf(bytes, meta.at + 4, meta.end)) inside[box.name] ??= box;
  const { iinf, iloc, idat } = inside;
  if (!iloc || iloc.end - iloc.at > MOST_BYTES) return [];
  const types = iinf ? await typesIn(bytes, iinf) : new Map();
  const table = new Cursor(await bytes.read(iloc.at, iloc.end - iloc.at));
  return locations(table, idat?.at ?? 0).map((item) => ({ ...item, type: types.get(item.id) ?? "" }));
}

/** @param {Bytes} bytes
 *  @param {Part} iinf */
async function typesIn(bytes, iinf) {
  const types = new Map();
  const isShort = (await bytes.read(iinf.at, 1))[0] === 0;
  for await (const { name, at } of boxesOf(bytes, iinf.at + (isShort ? 6 : 8), iinf.end)) {
    const entry = await bytes.read(at, 14);
    const [version] = entry;
    const width = version === 3 ? 4 : 2;
    if (name === "infe" && version >= 2) types.set(numberAt(entry, 4, width), lettersAt(entry, 6 + width, 4));
  }
  return types;
}

/** @param {Cursor} table
 *  @param {number} idat */
function locations(table, idat) {
  const version = table.take(4) >>> 24;
  const sizes = table.take(2);
  const [ofOffset, ofLength, ofBase] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const ofIndex = version ? sizes & 15 : 0;
  const count = table.take(version < 2 ? 2 : 4);
  return Array.from({ length: Math.min(count, MOST_BYTES) }, () => {
    const id = table.take(version < 2 ? 2 : 4);
    const isInBox = version > 0 && (table.take(2) & 15) === 1;
    table.take(2);                            // which file: always this one
    const base = table.take(ofBase) + (isInBox ? idat : 0);
    const extents = Array.from({ length: table.take(2) }, () => {
      table.take(ofIndex);
      const at = base + table.take(ofOffset);
      return { at, end: at + table.take(ofLength) };
    });
    return { id, extents };
  });
}
