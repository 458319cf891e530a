// The parts that photographs are made of: a JPEG's segments, the chunks of PNG and WebP, HEIC's boxes.

import { lettersAt, numberAt } from "./bytes.js";

/** @import { Bytes } from "./bytes.js" */

/** `at` is where a part's content begins, `end` where it ends, as the file says.
 *  @typedef {{ name: string, at: number, end: number }} Part
 *  @typedef {{ code: number, at: number, end: number }} Segment
 *  @typedef {"jpeg" | "png" | "webp" | "heif" | "other"} Kind */

export const END_OF_JPEG = 0xd9;
export const SCAN = 0xda;
const ALONE = new Set([0x01, 0xd8, END_OF_JPEG]);       // markers without a length

/** What a file is by its first bytes; AVIF is built as HEIC is.
 *  @param {Bytes} bytes
 *  @returns {Promise<Kind>} */
export async function kindOf(bytes) {
  const head = await bytes.read(0, 12);
  const letters = lettersAt(head, 0, 12);
  if (letters.startsWith("\xff\xd8\xff")) return "jpeg";
  if (letters.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (letters.startsWith("RIFF") && letters.endsWith("WEBP")) return "webp";
  return letters.slice(4, 8) === "ftyp" ? "heif" : "other";
}

/** The segments of a JPEG up to its own end mark; those of a thumbnail in its metadata are not its own.
 *  @param {Bytes} bytes
 *  @returns {AsyncGenerator<Segment>} */
export async function* segmentsOf(bytes) {
  let at = 2;
  for (;;) {
    const marker = await markerFrom(bytes, at);
    if (!marker) return;
    const start = marker.at + 2;
    const length = ALONE.has(marker.code) ? 0 : numberAt(await bytes.read(start, 2), 0, 2);
    yield { code: marker.code, at: start, end: start + length };
    if (marker.code === END_OF_JPEG) return;
    at = start + length;
  }
}

// Between the segments lie the picture's bits, in which 0xff is followed by 0 or is a restart.
/** @param {Bytes} bytes
 *  @param {number} from */
async function markerFrom(bytes, from) {
  for (let at = from; at < bytes.size - 1;) {
    const next = await bytes.read(at, 2);
    const piece = isMarker(next, 0) ? next : await bytes.read(at, Math.min(bytes.piece, bytes.size - at));
    for (let place = piece.indexOf(0xff); place >= 0 && place < piece.length - 1; place = piece.indexOf(0xff, place + 1)) {
      if (isMarker(piece, place)) return { code: piece[place + 1], at: at + place };
    }
    at += piece.length - 1;
  }
  return null;
}

/** @param {Uint8Array} piece
 *  @param {number} place */
function isMarker(piece, place) {
  const code = piece[place + 1];
  return piece[place] === 0xff && code !== 0 && code !== 0xff && !(code >= 0xd0 && code <= 0xd7);
}

/** The chunks of a PNG, whether or not they are all there.
 *  @param {Bytes} bytes
 *  @returns {AsyncGenerator<Part>} */
export async function* pngChunksOf(bytes) {
  for (let at = 8; at + 8 <= bytes.size;) {
    const head = await bytes.read(at, 8);
    const end = at + 8 + numberAt(head, 0, 4);
    yield { name: lettersAt(head, 4, 4), at: at + 8, end };
    at = end + 4;                             // a checksum follows
  }
}

/** The chunks of a WebP, whether or not they are all there.
 *  @param {Bytes} bytes
 *  @returns {AsyncGenerator<Part>} */
export async function* webpChunksOf(bytes) {
  for (let at = 12; at + 8 <= bytes.size;) {
    const head = await bytes.read(at, 8);
    const length = numberAt(head, 4, 4, true);
    yield { name: lettersAt(head, 0, 4), at: at + 8, end: at + 8 + length };
    at += 8 + length + (length % 2);
  }
}

/** The boxes of a HEIC or AVIF, or of one of its boxes.
 *  @param {Bytes} bytes
 *  @returns {AsyncGenerator<Part>} */
export async function* boxesOf(bytes, from = 0, until = bytes.size) {
  for (let at = from; at + 8 <= until;) {
    const head = await bytes.read(at, 16);
    const short = numberAt(head, 0, 4);
    const start = short === 1 ? 16 : 8;
    const length = short === 1 ? numberAt(head, 8, 8) : short || until - at;        // 0: to the end
    if (length < start) return;
    yield { name: lettersAt(head, 4, 4), at: at + start, end: at + length };
    at += length;
  }
}
