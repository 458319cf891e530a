// Pasted coordinates: "30.25,120.15", "120.15 30.25", or a link that contains them.

/** @import { Box, Fix } from "./types" */

// The uncertainty of a GPS or map point without one: Georeferencing Best Practices (GBIF, 2020).
const UNSTATED_M = 30;
const METRES_PER_DEGREE = 111_320;
const PAIR = /(-?\d{1,3}\.\d+)\s*°?\s*[NnEe]?\s*[,;\s]+\s*[NnEe]?\s*(-?\d{1,3}\.\d+)/;

/**
* { latitude, longitude, uncertainty_m } as in the text, or null. The order of the two is decided by
 * the city's `box` (south, west, north, east). The uncertainty is by the number of decimals, and
 * never less than that of a GPS without one.
 * @param {string} text
 * @param {Box} box
 * @returns {Fix | null}
 */
export function coordinatesIn(text, box) {
  const [, one, two] = PAIR.exec(text.normalize("NFKC")) ?? [];
  if (!one) return null;
  const [first, second] = [Number(one), Number(two)];
  const isSwapped = isNear(second, box.south, box.north) && isNear(first, box.west, box.east);
  const [latitude, longitude] = isSwapped ? [second, first] : [first, second];
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null;
  return { latitude, longitude, uncertainty_m: precisionOf(one, two, latitude) };
}

/** @param {number} value
 *  @param {number} low
 *  @param {number} high */
const isNear = (value, low, high) => value > low - 1 && value < high + 1;

/** @param {string} one
 *  @param {string} other
 *  @param {number} latitude */
function precisionOf(one, other, latitude) {
  const places = Math.min(...[one, other].map((figure) => figure.split(".")[1].length));
  const step = METRES_PER_DEGREE * 10 ** -places;
  return Math.max(UNSTATED_M, Math.ceil(Math.hypot(step, step * Math.cos((latitude * Math.PI) / 180))));
}
