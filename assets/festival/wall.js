// The wall in the tent: scenes that take turns on a big screen. Every so often it asks for what is new.
// Nothing is gathered: each scene replaces the one before, and what was fetched last is all it holds.

import { element, icon, one } from "../recorder/element.js";
import { mapScene } from "./map_scene.js";
import { treeScene } from "./tree_scene.js";

/** @import { Scene, Wall, Words } from "./types" */
/** @typedef {{ address: string, english: boolean, words: Words, land: { path: string },
 *    icons: Record<string, string>, groups: Record<string, string>, join: { digits: string, qr: string } | null }} Data */

const TURN_MS = 14_000;
const ASK_MS = 15_000;
const PATIENCE_MS = 10_000;
const TEAMS_A_SCREEN = 8;
/** @type {WeakMap<Element, () => void>} */
const running = new WeakMap();

/** Start the wall in `root`; started again it goes on as it is.
 *  @param {HTMLElement} root
 *  @param {Data} data */
export function start(root, data) {
  if (!running.has(root)) running.set(root, run(one(root, ".tent"), data));
}

/** Stop the wall in `root`.
 *  @param {HTMLElement} root */
export function stop(root) {
  running.get(root)?.();
  running.delete(root);
}

/** @param {HTMLElement} box
 *  @param {Data} data
 *  @returns {() => void} */
function run(box, data) {
  const stage = element("div", { class: "stage" });
  const top = element("header");
  const state = element("p", { class: "state", role: "status" });
  box.replaceChildren(top, stage, state);
  /** @type {Wall | null} */
  let wall = null;
  let turn = 0;
  const show = () => {
    if (!wall) return;
    const scenes = scenesOf(wall, data);
    const scene = scenes[turn % scenes.length];
    top.replaceChildren(...headOf(wall, data, scene.title));
    stage.replaceChildren(scene.draw());
  };
  const ask = async () => {
    const got = await fetched(data.address);
    state.textContent = got ? "" : data.words.away;
    const isFirst = !wall;
    wall = got ?? wall;
    if (isFirst) show();
  };
  ask();
  const turning = setInterval(() => { turn += 1; show(); }, TURN_MS);
  const asking = setInterval(ask, ASK_MS);
  return () => { clearInterval(turning); clearInterval(asking); box.replaceChildren(); };
}

/** @param {string} address
 *  @returns {Promise<Wall | null>} */
async function fetched(address) {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** The scenes that have something to show, in their order.
 *  @param {Wall} wall
 *  @param {Data} data
 *  @returns {Scene[]} */
function scenesOf(wall, data) {
  const { words } = data;
  /** @type {Scene[]} */
  const scenes = [];
  if (wall.spots.length) scenes.push({ title: words.map, draw: () => mapScene(wall, data) });
  if (wall.finds.length) scenes.push({ title: words.finds, draw: () => findsScene(wall, data) });
  for (let first = 0; first < wall.teams.length; first += TEAMS_A_SCREEN)
    scenes.push({ title: words.teams, draw: () => teamsScene(wall, data, first) });
  if (wall.species) scenes.push({ title: words.tree, draw: () => treeScene(wall, data) });
  if (!scenes.length || data.join) scenes.push({ title: words.join, draw: () => joinScene(data) });
  return scenes;
}

/** @param {Wall} wall
 *  @param {Data} data
 *  @param {string} title */
function headOf(wall, { words }, title) {
  const name = element("h1", {}, wall.name, wall.is_demo ? element("small", { class: "demo" }, words.demo) : null);
  /** @type {[string, number][]} */
  const figures = [[words.species, wall.species], [words.waiting, wall.species_so_far], [words.sightings, wall.sightings], [words.people, wall.people]];
  const list = element("dl", {}, ...figures.map(([label, number]) => element("div", {}, element("dt", {}, label), element("dd", {}, String(number)))));
  return [element("div", {}, name, element("p", { class: "scene" }, title)), list];
}

/** @param {Wall} wall
 *  @param {Data} data */
function findsScene({ finds }, { english, words, icons }) {
  const cards = finds.map(({ photo, name, name_en, scientific_name, group, team }) => {
    const figure = element("figure", {}, element("span", { class: "nopic" }, icon(icons[group])));
    if (photo) figure.append(element("img", { src: photo, alt: "", onerror: (/** @type {Event} */ { target }) => target instanceof Element && target.remove() }));
    const called = (english && name_en) || name || scientific_name;
    return element("li", {}, figure, element("b", {}, called), element("i", {}, scientific_name), element("span", {}, team ?? words.small_team));
  });
  return element("ol", { class: "finds", "data-count": cards.length }, ...cards);
}

/** @param {Wall} wall
 *  @param {Data} data
 *  @param {number} first */
function teamsScene({ teams, is_frozen: isFrozen }, { words }, first) {
  const most = Math.max(1, ...teams.map(({ species, high }) => Math.max(species, high)));
  const rows = teams.slice(first, first + TEAMS_A_SCREEN).map(({ name, species, low, high }) => {
    const range = low === high ? String(low) : `${low}–${high}`;
    const band = element("span", { class: "band" }, element("u", { style: `width:${(100 * species) / most}%` }));
    if (!isFrozen) band.append(element("i", { style: `left:${(100 * low) / most}%;width:${(100 * Math.max(high - low, most / 100)) / most}%` }));
    return element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, band),
      element("td", { class: "number" }, String(species)), isFrozen ? null : element("td", { class: "number later" }, range));
  });
  const heads = [words.team, "", isFrozen ? words.result : words.so_far, ...(isFrozen ? [] : [words.later])];
  return element("table", {}, element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))), element("tbody", {}, ...rows));
}

/** @param {Data} data */
function joinScene({ join, words }) {
  const box = element("div", { class: "join" });
  if (join) box.append(element("img", { src: join.qr, alt: "" }), element("div", {}, element("p", {}, words.how), element("b", {}, join.digits)));
  else box.append(element("p", {}, words.empty));
  return box;
}
