// Place and time, read from the photograph on the phone before anything is sent.

import { parse } from "../vendor/exifr/lite.esm.js";
import { asText } from "./clock.js";

/** @import { Tags } from "../vendor/exifr/lite.esm.js" */

/** @import { Fix, PhotoFacts } from "./types" */

const TAKEN = 0x9003;
const OFFSET = 0x9011;
const [LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE, ERROR] = [1, 2, 3, 4, 31];
const READ = {
  ifd0: true, exif: [TAKEN, OFFSET], gps: true, interop: false, ifd1: false, mergeOutput: false,
  translateKeys: false, translateValues: false, reviveValues: false, sanitize: true,
};
const MARK = [0x45, 0x78, 0x69, 0x66, 0, 0];
const BLOCK_MAX = 65_000;
const ORDERS = new Set([0x49, 0x4d]);         // II and MM
// The uncertainty of a GPS point without one: Georeferencing Best Practices (GBIF, 2020).
const UNSTATED_M = 30;

/** { place, taken } of a photograph; each is null when it is missing or invalid.
 *  @param {Blob} file
 *  @returns {Promise<PhotoFacts>} */
export async function readFacts(file) {
  const tags = await readTags(file);
  return { place: placeOf(tags.gps ?? {}), taken: takenOf(tags.exif ?? {}) };
}

/** @param {Blob} file
 *  @returns {Promise<Tags>} */
async function readTags(file) {
  const tags = await parsed(file);
  if (tags.exif || tags.gps || !(await isHeif(file))) return tags;
  const block = blockIn(new Uint8Array(await file.arrayBuffer()));
  return block ? parsed(asJpeg(block)) : {};
}

/** @param {Blob | Uint8Array} source
 *  @returns {Promise<Tags>} */
async function parsed(source) {
  try {
    return (await parse(source, READ)) ?? {};
  } catch {
    return {};                                // broken metadata counts as none
  }
}

/** @param {Blob} file */
const isHeif = async (file) => (await file.slice(4, 8).text()) === "ftyp";

// exifr 7.1.3 ignores the base offset in a HEIC's table of contents (libheif writes one), so the
// block is found by its own mark ("Exif", two zeros, then the byte order twice) and passed on in the
// form that a JPEG has.
/** @param {Uint8Array} bytes */
function blockIn(bytes) {
  for (let at = bytes.indexOf(MARK[0]); at >= 0; at = bytes.indexOf(MARK[0], at + 1)) {
    const isMark = MARK.every((byte, place) => bytes[at + place] === byte);
    const start = at + MARK.length;
    if (isMark && bytes[start] === bytes[start + 1] && ORDERS.has(bytes[start])) return bytes.slice(at, at + BLOCK_MAX);
  }
  return null;
}

/** @param {Uint8Array} block */
function asJpeg(block) {
  const length = block.length + 2;
  const head = [0xff, 0xd8, 0xff, 0xe1, length >> 8, length & 0xff];
  return new Uint8Array([...head, ...block, 0xff, 0xd9, 0, 0]);
}

/** @param {Record<number, unknown>} gps
 *  @returns {Fix | null} */
function placeOf(gps) {
  const latitude = degrees(gps[LATITUDE], gps[LATITUDE_REF], "S");
  const longitude = degrees(gps[LONGITUDE], gps[LONGITUDE_REF], "W");
  const isOnEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  if (!isOnEarth || (latitude === 0 && longitude === 0)) return null;
  const error = Number(gps[ERROR]);
  return { latitude, longitude, uncertainty_m: error > 0 ? Math.ceil(error) : UNSTATED_M };
}

/** @param {unknown} parts
 *  @param {unknown} hemisphere
 *  @param {string} negative */
function degrees(parts, hemisphere, negative) {
  const [whole, minutes = 0, seconds = 0] = Array.from(/** @type {ArrayLike<unknown>} */ (parts ?? [])).map(Number);
  const size = whole + minutes / 60 + seconds / 3600;
  const isNegative = String(hemisphere ?? "").trim().toUpperCase().startsWith(negative);
  return Number((isNegative ? -size : size).toFixed(6));
}

/** @param {Record<number, unknown>} exif */
function takenOf(exif) {
  const parts = /^(\d{4})\D(\d\d)\D(\d\d)\D(\d\d)\D(\d\d)(?:\D(\d\d))?/.exec(String(exif[TAKEN] ?? ""));
  if (!parts) return null;
  const [, year, month, day, hour, minute, second = "00"] = parts;
  const offset = /^[+-]\d\d:\d\d/.exec(String(exif[OFFSET] ?? ""))?.[0] ?? "+08:00";
  const moment = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(moment.getTime()) || Number(year) < 1900 ? null : asText(moment);
}
