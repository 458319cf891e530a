// Grouping photographs that were chosen together into sightings, by time and place.

/** @import { Photo, Point } from "./types" */
/** @typedef {Pick<Photo, "facts">} Dated */

const GAP_S = 60;                 // after a longer pause it is probably another sighting
const APART_M = 50;               // more than two positions of a phone differ
const METRES_PER_DEGREE = 111_320;

/** Rows of photographs in the order of time, each row one sighting with at most `most`. One without
 *  time and place stays with the one before it: a tap splits them.
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

// The album has its own order; photographs without a time stay beside their neighbour.
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
