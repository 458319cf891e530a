// Reducing a photograph on the phone: upright, without metadata, 2048 pixels on its long side.

import { Bytes, lettersAt } from "./bytes.js";
import { readOrientation } from "./exif.js";
import { closings } from "./open_jpeg.js";
import { within } from "./patience.js";
import { kindOf } from "./photo_file.js";
import { turnOf, turnsItself, uprightSize } from "./turning.js";
import { stateOf } from "./wholeness.js";

const LONG_SIDE = 2048;
const QUALITY = 0.85;
const PATIENCE_MS = 60_000;                   // 80 megapixels on an old phone
const HALF_CLEAR = 128;

/** `fault` is why there is no picture: "photo_cut" (it ends too early), "photo_broken" (it is not what
 *  was written), "photo_unread" (the phone does not give its bytes), or none that is known.
 *  @typedef {{ blob: Blob, isDecoded: boolean, fault?: "photo_cut" | "photo_broken" | "photo_unread" }} Shrunk */

/**
* { blob, isDecoded }: the picture reduced and encoded again, which removes its metadata (and so its
 * place). A file that this browser cannot decode (HEIC in Chrome) or that is incomplete is returned
 * unchanged: the server decodes it, or refuses it with the reason.
 * @param {Blob} file
 * @returns {Promise<Shrunk>}
 */
export async function shrink(file) {
  /** @type {Shrunk} */
  const unchanged = { blob: file, isDecoded: false };
  const state = await stateOf(file).catch(() => null);
  if (!state) return { ...unchanged, fault: "photo_unread" };
  if (state === "cut" || state === "broken") return { ...unchanged, fault: `photo_${state}` };
  try {
    const canvas = state === "open" ? await drawnAlike(await closings(file)) : await drawn(file);
    const blob = await encoded(canvas);
    return blob ? { blob, isDecoded: true } : unchanged;
  } catch (error) {
    return error instanceof Incomplete ? { ...unchanged, fault: "photo_cut" } : unchanged;
  }
}

/** Rows of the picture are missing. */
class Incomplete extends Error {}

/** What two closings of one file both show. Throws where they differ.
 *  @param {Blob[]} files */
async function drawnAlike(files) {
  const [one, other] = [await drawn(files[0]), await drawn(files[1])];
  const [pixels, others] = [one, other].map(pixelsOf);
  free(other);
  if (pixels.some((value, at) => value !== others[at])) throw new Incomplete();
  return one;
}

/** A picture, reduced and upright, on a canvas. Throws where this browser cannot decode it.
 *  @param {Blob} file */
async function drawn(file) {
  const picture = await decode(file);
  const kind = await kindOf(new Bytes(file));
  const isTurned = !picture || await turnsItself(kind, decode);
  const orientation = isTurned ? 1 : await readOrientation(file);
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (!picture || !pen) throw new Error("no picture");
  const size = boxOf(picture.naturalWidth, picture.naturalHeight);
  Object.assign(canvas, uprightSize(size, orientation));
  pen.imageSmoothingQuality = "high";
  pen.setTransform(...turnOf(orientation, size));
  pen.drawImage(picture, 0, 0, size.width, size.height);
  if (!isThere(canvas, await mayBeClear(file))) throw new Error("an empty picture");
  return canvas;
}

// An <img> decodes lazily and at the size it is drawn, so a phone has enough memory for 48
// megapixels; a JPEG is drawn upright, by its EXIF orientation.
/** @param {Blob} file */
async function decode(file) {
  const picture = new Image();
  picture.src = URL.createObjectURL(file);
  try {
    await within(PATIENCE_MS, new Promise((done, failed) => { Object.assign(picture, { onload: done, onerror: failed }); }));
    return picture;
  } catch {
    return null;
  } finally {
    setTimeout(() => URL.revokeObjectURL(picture.src), 60_000);
  }
}

/** The width and height in pixels that a picture of this size is drawn at: its shape is kept, its long
 *  side is `longSide` at most, and no side is less than one pixel.
 *  @param {number} width
 *  @param {number} height */
export function boxOf(width, height, longSide = LONG_SIDE) {
  const scale = Math.min(1, longSide / Math.max(width, height));
  /** @param {number} length */
  const side = (length) => Math.max(1, Math.round(length * scale));
  return { width: side(width), height: side(height) };
}

// Whether a format knows transparent pixels: in any other they are rows that were never decoded.
/** @param {Blob} file */
async function mayBeClear(file) {
  const bytes = new Bytes(file);
  const isOpaque = lettersAt(await bytes.read(12, 4), 0, 4) === "VP8 ";
  return !isOpaque && ["png", "webp", "heif"].includes(await kindOf(bytes));
}

/** @param {HTMLCanvasElement} canvas
 *  @param {boolean} mayHaveHoles */
function isThere(canvas, mayHaveHoles) {
  const pixels = pixelsOf(canvas);
  let holes = 0;
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at] < HALF_CLEAR) holes += 1;
  return mayHaveHoles ? holes < pixels.length / 4 : holes === 0;
}

/** @param {HTMLCanvasElement} canvas */
const pixelsOf = (canvas) => canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();

/** @param {HTMLCanvasElement} canvas
 *  @returns {Promise<Blob | null>} */
async function encoded(canvas) {
  const pen = canvas.getContext("2d");
  pen?.setTransform(1, 0, 0, 1, 0, 0);
  Object.assign(pen ?? {}, { fillStyle: "white", globalCompositeOperation: "destination-over" });
  pen?.fillRect(0, 0, canvas.width, canvas.height);       // a JPEG has no transparency
  const blob = await within(PATIENCE_MS, new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); }));
  free(canvas);
  return blob;
}

// Frees the memory at once on iOS.
/** @param {HTMLCanvasElement} canvas */
const free = (canvas) => Object.assign(canvas, { width: 0, height: 0 });
