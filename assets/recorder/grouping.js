// Photographs chosen in one go, put together into sightings by when and where they were taken.

/** @import { Photo, Point } from "./types" */
/** @typedef {Pick<Photo, "facts">} Dated */

const GAP_S = 60;                 // a longer pause, and one has turned to something else
const APART_M = 50;               // farther than two fixes of a phone differ
const METRES_PER_DEGREE = 111_320;

/** Rows of photographs, each row one sighting of `most` at most, in the order of time. What says
 *  nothing of itself stays with what came before it: to part it is one tap.
 *  @template {Dated} P
 *  @param {P[]} photos
 *  @returns {P[][]} */
export function grouped(photos, most = Infinity) {
  /** @type {P[][]} */
  const rows = [];
  for (const photo of inOrder(photos)) {
    const row = rows.at(-1);
    if (row && row.length < most && belongs(photo, row)) row.push(photo);
    else rows.push([photo]);
  }
  return rows;
}

// The album hands them over in an order of its own; those without a time keep their neighbour.
/** @template {Dated} P
 *  @param {P[]} photos
 *  @returns {P[]} */
function inOrder(photos) {
  let last = -Infinity;
  const keyed = photos.map((photo, at) => {
    last = momentOf(photo) ?? last;
    return { photo, at, moment: last };
  });
  return keyed.sort((one, other) => one.moment - other.moment || one.at - other.at).map(({ photo }) => photo);
}

/** @param {Dated} photo
 *  @param {Dated[]} row */
function belongs(photo, row) {
  const before = row.findLast((other) => momentOf(other) !== null);
  const moment = momentOf(photo);
  if (before && moment !== null && moment - Number(momentOf(before)) > GAP_S * 1000) return false;
  const neighbour = row.findLast((other) => other.facts?.place);
  const [one, two] = [neighbour?.facts?.place, photo.facts?.place];
  return !one || !two || metresBetween(one, two) <= APART_M;
}

/** @param {Dated} dated */
const momentOf = ({ facts }) => (facts?.taken ? new Date(facts.taken).getTime() : null);

/** Metres between two places a few kilometres apart at most, as on a plane.
 *  @param {Point} one
 *  @param {Point} other */
export function metresBetween(one, other) {
  const north = (one.latitude - other.latitude) * METRES_PER_DEGREE;
  const east = (one.longitude - other.longitude) * METRES_PER_DEGREE * Math.cos((one.latitude * Math.PI) / 180);
  return Math.hypot(north, east);
}
