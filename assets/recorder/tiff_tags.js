// The tags of a TIFF block, each read for itself: one that is broken takes no other with it.

import { numberAt } from "./bytes.js";

/** @typedef {string | number[]} Value
 *  @typedef {Map<number, Value>} Directory */

const EXIF = 0x8769;
const GPS = 0x8825;
const MOST_TAGS = 1000;
const MOST_VALUES = 64;
const TEXT = 2;
// By the number of the type: bytes a value, whether it has a sign, whether it is a fraction.
/** @type {Record<number, { size: number, isSigned?: boolean, isRatio?: boolean }>} */
const TYPES = {
  1: { size: 1 }, [TEXT]: { size: 1 }, 3: { size: 2 }, 4: { size: 4 }, 5: { size: 8, isRatio: true }, 7: { size: 1 },
  8: { size: 2, isSigned: true }, 9: { size: 4, isSigned: true }, 10: { size: 8, isSigned: true, isRatio: true }, 13: { size: 4 },
};

/** The first directory of a block, and those of EXIF and GPS; what cannot be read is not in them.
 *  @param {Uint8Array} block
 *  @returns {{ first: Directory, exif: Directory, gps: Directory }} */
export function tagsOf(block) {
  const isLittle = block[0] === 0x49;
  const isTiff = numberAt(block, 2, 2, isLittle) === 42 && block[0] === block[1] && (isLittle || block[0] === 0x4d);
  if (!isTiff) return { first: new Map(), exif: new Map(), gps: new Map() };
  const first = directoryAt(block, numberAt(block, 4, 4, isLittle), isLittle);
  /** @param {number} tag */
  const below = (tag) => {
    const at = first.get(tag)?.[0];
    return typeof at === "number" ? directoryAt(block, at, isLittle) : new Map();
  };
  return { first, exif: below(EXIF), gps: below(GPS) };
}

/** @param {Uint8Array} block
 *  @param {number} at
 *  @param {boolean} isLittle
 *  @returns {Directory} */
function directoryAt(block, at, isLittle) {
  const directory = new Map();
  const count = Math.min(numberAt(block, at, 2, isLittle), MOST_TAGS);
  for (let entry = at + 2; entry < at + 2 + 12 * count && entry + 12 <= block.length; entry += 12) {
    const tag = numberAt(block, entry, 2, isLittle);
    const value = valueAt(block, entry, isLittle);
    if (value !== null && !directory.has(tag)) directory.set(tag, value);
  }
  return directory;
}

/** @param {Uint8Array} block
 *  @param {number} entry
 *  @param {boolean} isLittle
 *  @returns {Value | null} */
function valueAt(block, entry, isLittle) {
  const kind = numberAt(block, entry + 2, 2, isLittle);
  const count = numberAt(block, entry + 4, 4, isLittle);
  const type = TYPES[kind];
  if (!type || !count) return null;
  const length = type.size * count;
  const at = length <= 4 ? entry + 8 : numberAt(block, entry + 8, 4, isLittle);
  if (at + length > block.length) return null;
  if (kind === TEXT) return textOf(block.subarray(at, at + length));
  return Array.from({ length: Math.min(count, MOST_VALUES) }, (_, place) => numberOf(block, at + place * type.size, type, isLittle));
}

/** @param {Uint8Array} block
 *  @param {number} at
 *  @param {{ size: number, isSigned?: boolean, isRatio?: boolean }} type
 *  @param {boolean} isLittle
 *  @returns {number} */
function numberOf(block, at, { size, isSigned = false, isRatio = false }, isLittle) {
  if (isRatio) {
    const [over, under] = [at, at + 4].map((part) => numberOf(block, part, { size: 4, isSigned }, isLittle));
    return over / under;
  }
  const number = numberAt(block, at, size, isLittle);
  return isSigned && number >= 2 ** (8 * size - 1) ? number - 2 ** (8 * size) : number;
}

// Meant for ASCII; phones set to Chinese write 下午 into it, in either coding.
/** @param {Uint8Array} bytes */
function textOf(bytes) {
  const end = bytes.indexOf(0);
  const written = end < 0 ? bytes : bytes.subarray(0, end);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(written);
  } catch {
    return new TextDecoder("gb18030").decode(written);
  }
}
