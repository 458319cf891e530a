// Where the finds were: the districts, and a drop for each square in which something was met.

import { shape } from "./drawing.js";

/** @import { Spot, Wall } from "./types" */

const NARROWEST = 0.12; // degrees: a wetland fills the screen no more than so
const MARGIN = 0.15; // of what is shown
const [LEAST, MOST] = [0.006, 0.022]; // the radius of a drop, of the width: one encounter, and MANY
const MANY = 30;

/** The map of the wall. `land` is one path in degrees, latitude downwards.
 *  @param {Wall} wall
 *  @param {{ land: { path: string } }} data */
export function mapScene({ spots }, { land }) {
  const [west, north, width, height] = frameOf(spots);
  const squeeze = Math.cos((spots[0].latitude * Math.PI) / 180);
  const most = Math.max(MANY, ...spots.map(({ count }) => count));
  const drops = spots.map(({ longitude, latitude, count }) => shape("circle", {
    cx: longitude * squeeze, cy: -latitude, r: width * (LEAST + (MOST - LEAST) * Math.sqrt((count - 1) / most)), class: "drop",
  }));
  const picture = shape("svg", { viewBox: `${west} ${north} ${width} ${height}`, class: "map", "aria-hidden": "true" },
    shape("path", { d: land.path, transform: `scale(${squeeze} 1)`, class: "land", "stroke-width": width / 400 }), ...drops);
  return picture;
}

/** The frame round all spots, in degrees of latitude: west, north, width, height.
 *  @param {Spot[]} spots
 *  @returns {[number, number, number, number]} */
export function frameOf(spots) {
  const squeeze = Math.cos((spots[0].latitude * Math.PI) / 180);
  const [across, down] = [spots.map(({ longitude }) => longitude * squeeze), spots.map(({ latitude }) => -latitude)];
  const [west, east, north, south] = [Math.min(...across), Math.max(...across), Math.min(...down), Math.max(...down)];
  const height = Math.max(NARROWEST, (east - west) / 2, south - north) * (1 + 2 * MARGIN);
  const width = Math.max(height * 2, (east - west) * (1 + 2 * MARGIN));
  return [(west + east - width) / 2, (north + south - height) / 2, width, height];
}
