// Which of the 13 districts a point lies in, computed on the phone. WGS-84 decimal degrees.

/** @import { MultiPolygon, Polygon, Position } from "geojson" */

/** @import { Boundaries, Box, Point } from "./types" */

/** True when the point lies in the box (south, west, north, east) that a record must lie in.
 *  @param {Point} point
 *  @param {Box} box */
export function isInCity({ latitude, longitude }, { south, west, north, east }) {
  return latitude >= south && latitude <= north && longitude >= west && longitude <= east;
}

/** The code of the district that contains the point, or null.
 *  @param {Point} point
 *  @param {Boundaries} boundaries
 *  @returns {string | null} */
export function districtOf({ latitude, longitude }, boundaries) {
  const holder = boundaries.features.find(({ geometry }) =>
    polygonsOf(geometry).some((rings) => holds(rings, longitude, latitude)));
  return holder ? codeOf(holder) : null;
}

/** The district code of a boundary.
 *  @param {Boundaries["features"][number]} feature */
const codeOf = (feature) => String(feature.properties.adcode ?? feature.properties.code);

/** @param {Polygon | MultiPolygon} polygon
 *  @returns {Position[][][]} */
const polygonsOf = ({ type, coordinates }) => (type === "Polygon" ? [coordinates] : coordinates);

// Inside when a ray crosses the rings an odd number of times; a hole is crossed twice.
/** @param {Position[][]} rings
 *  @param {number} x
 *  @param {number} y */
function holds(rings, x, y) {
  let isInside = false;
  for (const ring of rings) {
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at, at += 1) {
      if (crosses(ring[at], ring[before], x, y)) isInside = !isInside;
    }
  }
  return isInside;
}

/** @param {Position} position
 *  @param {Position} position
 *  @param {number} x
 *  @param {number} y */
function crosses([ax, ay], [bx, by], x, y) {
  return ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax;
}
