// The EXIF block of a photograph, wherever its format keeps it.

import { Bytes, lettersAt, numberAt } from "./bytes.js";
import { itemsOf } from "./heif_items.js";
import { boxesOf, kindOf, pngChunksOf, SCAN, segmentsOf, webpChunksOf } from "./photo_file.js";

const MARK = "Exif\0\0";
const APP1 = 0xe1;
const MOST_BYTES = 1024 * 1024;
const TEXTS = new Set(["tEXt", "zTXt"]);
const RAW = /^Raw profile type (exif|APP1)\0/i;

/** The block that begins with the byte order, or null.
 *  @param {Blob} file
 *  @returns {Promise<Uint8Array | null>} */
export async function exifBlockOf(file) {
  const bytes = new Bytes(file);
  const kind = await kindOf(bytes);
  const find = { jpeg: inJpeg, png: inPng, webp: inWebp, heif: inHeif, other: nowhere }[kind];
  return find(bytes);
}

const nowhere = async () => null;

/** @param {Uint8Array} block */
const unmarked = (block) => (lettersAt(block, 0, MARK.length) === MARK ? block.subarray(MARK.length) : block);

/** @param {Bytes} bytes
 *  @param {{ at: number, end: number }} part */
async function contentOf(bytes, { at, end }) {
  return (await bytes.read(at, Math.min(end - at, MOST_BYTES))).slice();
}

/** @param {Bytes} bytes */
async function inJpeg(bytes) {
  for await (const { code, at, end } of segmentsOf(bytes)) {
    if (code === SCAN) return null;
    if (code !== APP1) continue;
    const block = await contentOf(bytes, { at: at + 2, end });
    if (lettersAt(block, 0, MARK.length) === MARK) return unmarked(block);
  }
  return null;
}

/** @param {Bytes} bytes */
async function inPng(bytes) {
  /** @type {Uint8Array | null} */
  let written = null;
  for await (const part of pngChunksOf(bytes)) {
    if (part.name === "eXIf") return unmarked(await contentOf(bytes, part));
    if (TEXTS.has(part.name)) written ??= await inText(part.name, await contentOf(bytes, part));
  }
  return written;
}

// Programs wrote it as figures in a text, before PNG had a chunk for it.
/** @param {string} name
 *  @param {Uint8Array} chunk */
async function inText(name, chunk) {
  const head = lettersAt(chunk, 0, 80);
  const keyword = RAW.exec(head)?.[0];
  if (!keyword) return null;
  const body = chunk.slice(keyword.length);
  const text = new TextDecoder("latin1").decode(name === "zTXt" ? await inflated(body.slice(1)) : body);
  const [, , , ...lines] = text.split("\n");
  const figures = lines.join("").match(/[0-9a-f]{2}/gi) ?? [];
  return unmarked(Uint8Array.from(figures, (pair) => Number.parseInt(pair, 16)));
}

/** @param {Uint8Array<ArrayBuffer>} packed */
async function inflated(packed) {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  const parts = [];
  for (let length = 0; length < 2 * MOST_BYTES;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
  }
  reader.cancel().catch(() => null);
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** @param {Bytes} bytes */
async function inWebp(bytes) {
  for await (const part of webpChunksOf(bytes)) {
    if (part.name === "EXIF") return unmarked(await contentOf(bytes, part));
  }
  return null;
}

/** @param {Bytes} bytes */
async function inHeif(bytes) {
  const items = await itemsOf(bytes).catch(() => []);
  const [extent] = items.find(({ type }) => type === "Exif")?.extents ?? [];
  if (!extent) return byItsMark(bytes);
  const block = await contentOf(bytes, extent);
  return unmarked(block.subarray(4 + numberAt(block, 0, 4)));
}

// A table of contents that cannot be read: the block is found by its mark and the byte order.
/** @param {Bytes} bytes */
async function byItsMark(bytes) {
  for await (const { at, end } of boxesOf(bytes)) {
    for (let from = at; from < Math.min(end, bytes.size); from += bytes.piece) {
      const piece = await bytes.read(from, bytes.piece + MARK.length + 2);
      const place = new TextDecoder("latin1").decode(piece).search(/Exif\0\0(II|MM)/);
      if (place >= 0) return unmarked(await contentOf(bytes, { at: from + place, end: bytes.size }));
    }
  }
  return null;
}
