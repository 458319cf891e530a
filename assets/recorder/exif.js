// Place and time, read from the photograph on the phone before anything is sent.

import { momentOf } from "./camera_time.js";
import { exifBlockOf } from "./exif_block.js";
import { tagsOf } from "./tiff_tags.js";

/** @import { Fix, PhotoFacts } from "./types" */
/** @import { Directory, Value } from "./tiff_tags.js" */

const ORIENTATION = 0x0112;
const TAKEN = 0x9003;
const OFFSETS = [0x9011, 0x9012, 0x9010];     // of the picture, of its digits, of the file
const [LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE, STATUS, ERROR] = [1, 2, 3, 4, 9, 31];
// The uncertainty of a GPS point without one: Georeferencing Best Practices (GBIF, 2020).
const UNSTATED_M = 30;
// More is a number that stands for "unknown", as 4294967295 does: the city is 250 km wide.
const MOST_M = 100_000;

/** { place, taken } of a photograph; each is null when it is missing or invalid.
 *  @param {Blob} file
 *  @returns {Promise<PhotoFacts>} */
export async function readFacts(file) {
  const { exif, gps } = await readTags(file);
  return { place: placeOf(gps), taken: momentOf(exif.get(TAKEN), OFFSETS.map((tag) => exif.get(tag))) };
}

/** How a picture must be turned, 1 (not at all) to 8, as EXIF counts.
 *  @param {Blob} file */
export async function readOrientation(file) {
  const orientation = Number((await readTags(file)).first.get(ORIENTATION)?.[0]);
  return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

/** @param {Blob} file */
async function readTags(file) {
  try {
    return tagsOf((await exifBlockOf(file)) ?? new Uint8Array());
  } catch {
    return tagsOf(new Uint8Array());          // broken metadata counts as none
  }
}

/** @param {Directory} gps
 *  @returns {Fix | null} */
function placeOf(gps) {
  const latitude = degrees(gps.get(LATITUDE), gps.get(LATITUDE_REF), "S");
  const longitude = degrees(gps.get(LONGITUDE), gps.get(LONGITUDE_REF), "W");
  const isOnEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  const isLost = letter(gps.get(STATUS)) === "V";        // the receiver had no fix
  if (!isOnEarth || isLost || (latitude === 0 && longitude === 0)) return null;
  const error = Number(gps.get(ERROR)?.[0]);
  return { latitude, longitude, uncertainty_m: error > 0 && error <= MOST_M ? Math.ceil(error) : UNSTATED_M };
}

/** @param {Value | undefined} parts
 *  @param {Value | undefined} hemisphere
 *  @param {string} negative */
function degrees(parts, hemisphere, negative) {
  const [whole, minutes = 0, seconds = 0] = Array.isArray(parts) ? parts : [Number.NaN];
  const size = whole + minutes / 60 + seconds / 3600;
  return Number((letter(hemisphere) === negative ? -size : size).toFixed(6));
}

/** The first letter of a text, large.
 *  @param {Value | undefined} text */
const letter = (text) => (typeof text === "string" ? text.trim().slice(0, 1).toUpperCase() : "");
