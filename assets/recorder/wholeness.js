// Whether a photograph is all there, by what its format says: browsers draw half of one without a word.

import { Bytes, numberAt } from "./bytes.js";
import { itemsOf } from "./heif_items.js";
import { boxesOf, END_OF_JPEG, kindOf, pngChunksOf, SCAN, segmentsOf, webpChunksOf } from "./photo_file.js";

/** "open": a JPEG whose end mark is missing; whether its rows are all there only drawing tells.
 *  "broken": all there, but not what was written.
 *  @typedef {"whole" | "open" | "cut" | "broken" | "unknown"} State */

const PIECE = 1024 * 1024;
const FRAMES = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);
const WEBP_PICTURES = new Set(["VP8 ", "VP8L", "ANMF"]);
// So many zeros at the end of a packed picture are room that was reserved and never written.
const UNWRITTEN = 1024;
// Items of a HEIC beside the picture.
const ASIDE = new Set(["Exif", "mime", "uri "]);

/** @param {Blob} file
 *  @returns {Promise<State>} */
export async function stateOf(file) {
  const bytes = new Bytes(file, PIECE);
  const look = { jpeg: jpegState, png: pngState, webp: webpState, heif: heifState, other: unknown }[await kindOf(bytes)];
  return look(bytes);
}

/** @returns {Promise<State>} */
const unknown = async () => "unknown";

/** @param {Bytes} bytes
 *  @returns {Promise<State>} */
async function jpegState(bytes) {
  let colours = Infinity;
  const drawn = new Set();
  for await (const { code, at, end } of segmentsOf(bytes)) {
    if (code === END_OF_JPEG) return drawn.size >= colours ? "whole" : "cut";
    if (end > bytes.size) return "cut";
    if (FRAMES.has(code)) [colours] = await bytes.read(at + 7, 1);
    if (code === SCAN) for (const colour of await coloursOf(bytes, at)) drawn.add(colour);
  }
  return drawn.size >= colours ? "open" : "cut";
}

/** @param {Bytes} bytes
 *  @param {number} at */
async function coloursOf(bytes, at) {
  const [count] = await bytes.read(at + 2, 1);
  return (await bytes.read(at + 3, 2 * count)).filter((_, place) => place % 2 === 0);
}

/** @param {Bytes} bytes
 *  @returns {Promise<State>} */
async function pngState(bytes) {
  let [hasPicture, areSound] = [false, true];
  for await (const { name, at, end } of pngChunksOf(bytes)) {
    if (end + 4 > bytes.size) return "cut";
    areSound &&= !/^[A-Z]/.test(name) || await isSound(bytes, at - 4, end);
    hasPicture ||= name === "IDAT";
    if (name === "IEND" && hasPicture) return areSound ? "whole" : "broken";
  }
  return "cut";
}

const SUMS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});

// By the checksum (CRC-32) that follows a chunk.
/** @param {Bytes} bytes
 *  @param {number} from
 *  @param {number} end */
async function isSound(bytes, from, end) {
  let sum = 0xffffffff;
  for (let at = from; at < end; at += PIECE) {
    for (const byte of await bytes.read(at, Math.min(PIECE, end - at))) sum = SUMS[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  }
  return (sum ^ 0xffffffff) >>> 0 === numberAt(await bytes.read(end, 4), 0, 4);
}

/** @param {Bytes} bytes
 *  @returns {Promise<State>} */
async function webpState(bytes) {
  const end = 8 + numberAt(await bytes.read(4, 4), 0, 4, true);
  let hasPicture = false;
  for await (const part of webpChunksOf(bytes)) {
    if (part.at > end) break;
    if (part.end > bytes.size) return "cut";
    if (!WEBP_PICTURES.has(part.name)) continue;
    if (await isUnwritten(bytes, part)) return "cut";
    hasPicture = true;
  }
  return hasPicture && end <= bytes.size ? "whole" : "cut";
}

/** @param {Bytes} bytes
 *  @returns {Promise<State>} */
async function heifState(bytes) {
  const items = await itemsOf(bytes).catch(() => []);
  for (const { type, extents } of items) {
    for (const extent of extents) {
      const isLost = extent.end > bytes.size || (!ASIDE.has(type) && await isUnwritten(bytes, extent));
      if (isLost) return "cut";
    }
  }
  if (items.length) return "whole";
  for await (const { end } of boxesOf(bytes)) if (end > bytes.size) return "cut";
  return "unknown";
}

/** @param {Bytes} bytes
 *  @param {{ at: number, end: number }} part */
async function isUnwritten(bytes, { at, end }) {
  return end - at > UNWRITTEN && (await bytes.read(end - UNWRITTEN, UNWRITTEN)).every((byte) => byte === 0);
}
