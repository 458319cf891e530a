// Coordinates that somebody pasted: decimal degrees, degrees with minutes and seconds, 北纬…东经…,
// JSON, or a link of a map with them in it.

/** @import { Box, Fix } from "./types" */

/** One angle of a text: which axis it says it is of, how fine it is, in degrees.
 *  @typedef {{ axis: "latitude" | "longitude" | null, degrees: number, step: number, start: number, end: number, isJoined: boolean }} Angle */

// How exact a GPS or a map point is where nobody says: Georeferencing Best Practices (GBIF, 2020).
const UNSTATED_M = 30;
const METRES_PER_DEGREE = 111_320;
const LONGEST_GAP = 24;           // letters between the two: `","longitude":`
const NUMBER = String.raw`\d{1,3}(?:\.\d+)?`;
const LABEL = String.raw`北纬|南纬|东经|西经|纬度|经度|lat(?:itude)?|lon(?:g(?:itude)?)?|lng|(?<![a-z])[nsew]`;
const ANGLE = new RegExp(String.raw`(?:(?<label>${LABEL})[\s"':=]*)?(?<sign>[+-]|(?<![\d.]))(?<degrees>${NUMBER})`
  + String.raw`(?:\s*(?<mark>°)\s*(?:(?<minutes>${NUMBER})\s*'\s*(?:(?<seconds>${NUMBER})\s*")?)?)?(?!\d|\.\d)`
  + String.raw`(?:\s*(?<side>[nsew](?![a-z])))?`, "gu");
const PIN = /!3d(-?\d+\.\d+)!4d(-?\d+\.\d+)/;             // the pin of a link, beside the middle of its view
const BARE_PARTS = /(?<![\d.])(\d{1,3}) (\d{1,2}) (\d{1,2}(?:\.\d+)?) ?(?=[nsew](?![a-z]))/gu;
const DECIMAL_COMMAS = /^(\D{0,12}\d{1,3}),(\d{2,}\D{0,3}[;\s]\D{0,12}\d{1,3}),(\d{2,}\D{0,3})$/u;
const SOUTH_OR_WEST = /^(?:南|西|s$|w$)/u;
const MONEY = /[¥$€%]|\d\s*元/u;

/**
 * { latitude, longitude, uncertainty_m } as they stand in the text, or null. Which is which is told
 * by the text, else by the city: `box` (south, west, north, east). The uncertainty is that of the
 * figures given, and never better than that of a GPS that says nothing.
 * @param {string} text
 * @param {Box} box
 * @returns {Fix | null}
 */
export function coordinatesIn(text, box) {
  const plain = plainOf(text);
  if (MONEY.test(plain)) return null;
  const angles = [...plain.matchAll(ANGLE)].map(angleOf).filter((angle) => angle !== null);
  for (const [at, one] of angles.entries()) {
    const fix = angles[at + 1] && together(one, angles[at + 1], plain, box);
    if (fix) return fix;
  }
  return null;
}

// One sign for each thing, whatever the keyboard, the map or the web address made of it.
/** @param {string} text */
function plainOf(text) {
  const plain = decoded(text).replaceAll("º", "°").normalize("NFKC").toLowerCase()
    .replace(/[\p{Cf}]/gu, "").replaceAll("−", "-")
    .replace(/′′|''|’’|[″“”〃]/gu, '"').replace(/[′’‘´`]/gu, "'")
    .replace(/(?<=\d)\s*度/gu, "°").replace(/(?<=\d)\s*分/gu, "'").replace(/(?<=\d)\s*秒/gu, '"');
  const pin = PIN.exec(plain);
  if (pin) return `${pin[1]},${pin[2]}`;
  return plain.trim().replace(BARE_PARTS, "$1°$2'$3\"").replace(DECIMAL_COMMAS, "$1.$2.$3");
}

/** @param {string} text */
function decoded(text) {
  try {
    return text.includes("%") ? decodeURIComponent(text) : text;
  } catch {
    return text;
  }
}

// A whole number without minutes is a house number, a year, a zoom: no angle.
/** @param {RegExpExecArray} match
 *  @returns {Angle | null} */
function angleOf(match) {
  const { label, sign, degrees, mark, minutes, seconds, side } = match.groups ?? {};
  const parts = [minutes ?? "0", seconds ?? "0"].map(Number);
  if (!(degrees.includes(".") || minutes) || parts.some((part) => part >= 60)) return null;
  const words = [label, side].join("");
  const size = Number(degrees) + parts[0] / 60 + parts[1] / 3600;
  return {
    axis: axisOf(words), degrees: sign === "-" || SOUTH_OR_WEST.test(words) ? -size : size, step: stepOf(degrees, minutes, seconds),
    start: match.index, end: match.index + match[0].length, isJoined: [sign === "+", side, mark].some(Boolean),
  };
}

/** @param {string} word */
function axisOf(word) {
  if (/^(?:北|南|纬|lat|n$|s$)/u.test(word)) return "latitude";
  return word ? "longitude" : null;
}

/** @param {string} degrees
 *  @param {string | undefined} minutes
 *  @param {string | undefined} seconds */
function stepOf(degrees, minutes, seconds) {
  const [figure, parts] = seconds ? [seconds, 3600] : minutes ? [minutes, 60] : [degrees, 1];
  return 10 ** -(figure.split(".")[1]?.length ?? 0) / parts;
}

/** @param {Angle} one
 *  @param {Angle} other
 *  @param {string} text
 *  @param {Box} box
 *  @returns {Fix | null} */
function together(one, other, text, box) {
  const gap = text.slice(one.end, other.start);
  const isGap = gap ? gap.length <= LONGEST_GAP && !/\d/u.test(gap) : one.isJoined;
  const isTwice = one.axis !== null && one.axis === other.axis;
  if (!isGap || isTwice) return null;
  const [north, east] = isEastFirst(one, other, box) ? [other, one] : [one, other];
  const [latitude, longitude] = [rounded(north.degrees), rounded(east.degrees)];
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null;
  return { latitude, longitude, uncertainty_m: precisionOf(Math.max(one.step, other.step), latitude) };
}

/** @param {Angle} one
 *  @param {Angle} other
 *  @param {Box} box */
function isEastFirst(one, other, box) {
  if (one.axis || other.axis) return one.axis === "longitude" || other.axis === "latitude";
  return isNear(other.degrees, box.south, box.north) && isNear(one.degrees, box.west, box.east);
}

/** @param {number} degrees */
const rounded = (degrees) => Number(degrees.toFixed(7));

/** @param {number} value
 *  @param {number} low
 *  @param {number} high */
const isNear = (value, low, high) => value > low - 1 && value < high + 1;

/** @param {number} step
 *  @param {number} latitude */
function precisionOf(step, latitude) {
  const north = METRES_PER_DEGREE * step;
  return Math.max(UNSTATED_M, Math.ceil(Math.hypot(north, north * Math.cos((latitude * Math.PI) / 180))));
}
