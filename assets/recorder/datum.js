// GCJ-02, which AMap, WeChat and Tencent use, BD-09, which Baidu uses, and WGS-84, which everything here
// uses. The formulas are those of `observations/places/datum.py`, where they are explained; a test
// compares the two.

/** @import { Datum, Point } from "./types" */

const AXIS_M = 6_378_245;
const FLATNESS = 0.006693421622965943;
const ROUNDS = 3;
const [BD_EAST, BD_NORTH, BD_STRETCH, BD_TURN, BD_WAVES] = [0.0065, 0.006, 0.00002, 0.000003, (Math.PI * 3000) / 180];

/** The WGS-84 point of one given in `datum`, decimal degrees.
 *  @param {Point} point
 *  @param {Datum} datum
 *  @returns {Point} */
export function inWgs84(point, datum) {
  if (datum === "WGS-84") return point;
  return wgs84Of(datum === "BD-09" ? undone(bd09Of, point) : point);
}

/** The WGS-84 point of one given in GCJ-02, decimal degrees.
 *  @param {Point} point
 *  @returns {Point} */
export const wgs84Of = (point) => undone(gcj02Of, point);

/** The BD-09 point of one in GCJ-02, decimal degrees.
 *  @param {Point} point
 *  @returns {Point} */
export function bd09Of({ latitude, longitude }) {
  const distance = Math.hypot(longitude, latitude) + BD_STRETCH * Math.sin(latitude * BD_WAVES);
  const angle = Math.atan2(latitude, longitude) + BD_TURN * Math.cos(longitude * BD_WAVES);
  return { latitude: distance * Math.sin(angle) + BD_NORTH, longitude: distance * Math.cos(angle) + BD_EAST };
}

/** @param {(point: Point) => Point} shift
 *  @param {Point} point
 *  @returns {Point} */
function undone(shift, { latitude, longitude }) {
  const guess = { latitude, longitude };
  for (let round = 0; round < ROUNDS; round += 1) {
    const shifted = shift(guess);
    guess.latitude += latitude - shifted.latitude;
    guess.longitude += longitude - shifted.longitude;
  }
  return guess;
}

/** The GCJ-02 point of one in WGS-84, decimal degrees.
 *  @param {Point} point
 *  @returns {Point} */
export function gcj02Of({ latitude, longitude }) {
  const [x, y] = [longitude - 105, latitude - 35];
  const radians = (latitude / 180) * Math.PI;
  const bulge = 1 - FLATNESS * Math.sin(radians) ** 2;
  const perNorth = ((AXIS_M * (1 - FLATNESS)) / (bulge * Math.sqrt(bulge))) * Math.PI;
  const perEast = (AXIS_M / Math.sqrt(bulge)) * Math.cos(radians) * Math.PI;
  return {
    latitude: latitude + (northing(x, y) * 180) / perNorth,
    longitude: longitude + (easting(x, y) * 180) / perEast,
  };
}

/** @param {number} x
 *  @param {number} y */
const northing = (x, y) =>
  -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x))
  + waves(x, [6, 20], [2, 20]) + waves(y, [1, 20], [1 / 3, 40]) + waves(y, [1 / 12, 160], [1 / 30, 320]);

/** @param {number} x
 *  @param {number} y */
const easting = (x, y) =>
  300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x))
  + waves(x, [6, 20], [2, 20]) + waves(x, [1, 20], [1 / 3, 40]) + waves(x, [1 / 12, 150], [1 / 30, 300]);

/** @param {number} degrees
 *  @param {...number[]} all */
const waves = (degrees, ...all) =>
  (all.reduce((sum, [often, high]) => sum + high * Math.sin(often * degrees * Math.PI), 0) * 2) / 3;
