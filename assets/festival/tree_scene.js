// The tree of life, filled so far: a flower of nine groups, a stamen for each order, a grain of gold for
// each species that was met.

import { polar, shape } from "./drawing.js";

/** @import { Limb, Wall } from "./types" */

const INNER = 84;
const OUTER = 300;
const LABEL = 352;
const GAP = 0.05; // radians between groups
const SIZE = 880;

/** @param {Wall} wall
 *  @param {{ groups: Record<string, string> }} data */
export function treeScene({ tree, species }, { groups }) {
  const half = SIZE / 2;
  const picture = shape("svg", { viewBox: `${-half} ${-half * 0.86} ${SIZE} ${SIZE * 0.86}`, class: "tree", "aria-hidden": "true" });
  for (const { limb, from, to } of sectors(tree)) picture.append(limbOf(limb, from, to, groups[limb.group]));
  picture.append(shape("text", { class: "middle", y: 18 }, String(species)));
  return picture;
}

/** Each group's share of the round, by its number of orders, so that none is too thin to see.
 *  @param {Limb[]} tree
 *  @returns {{ limb: Limb, from: number, to: number }[]} */
export function sectors(tree) {
  const weights = tree.map(({ orders }) => Math.sqrt(orders.length) + 1);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let at = 0;
  return tree.map((limb, number) => {
    const from = at;
    at += (2 * Math.PI * weights[number]) / whole;
    return { limb, from: from + GAP / 2, to: at - GAP / 2 };
  });
}

/** @param {Limb} limb
 *  @param {number} from
 *  @param {number} to
 *  @param {string} word */
function limbOf({ orders, met, species }, from, to, word) {
  const longest = Math.log(Math.max(...orders.map(({ species: number }) => number)) + 1);
  let pale = "";
  let gold = "";
  orders.forEach(({ species: number, met: here }, at) => {
    const angle = from + ((to - from) * (at + 0.5)) / orders.length;
    const length = (OUTER - INNER) * (0.35 + (0.65 * Math.log(number + 1)) / longest);
    pale += `M${polar(angle, INNER)}L${polar(angle, INNER + length)}`;
    for (let grain = 1; grain <= here; grain += 1) gold += `M${polar(angle, INNER + (length * grain) / number)}h0`;
  });
  const [x, y] = polar((from + to) / 2, LABEL);
  return shape("g", { class: met ? "limb" : "limb none" },
    shape("path", { d: pale, class: "stamen" }), shape("path", { d: gold, class: "grain" }),
    shape("text", { x, y }, word), shape("text", { x, y: y + 26, class: "count" }, `${met} / ${species}`));
}
