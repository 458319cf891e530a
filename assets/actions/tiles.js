// The catalogue: groups as tabs, actions as picture tiles (a radio group).

import { element, one, set } from "../recorder/element.js";

/** The page's data.
 *  @typedef {{ code: string, name: string, icon: string }} Group
 *  @typedef {{ code: string, group: string, icon: string, name: string, note: string, points: string }} Action
 *  @typedef {{ groups: Group[], actions: Action[], words: { groups: string, more: string }, next: string }} Data
 *  @typedef {(code: string) => void} Choose */

/** @type {WeakMap<Element, Tiles>} */
const tilesOf = new WeakMap();
const SVG = "http://www.w3.org/2000/svg";
const NEXT = ["ArrowRight", "ArrowDown"];
const WIDE = matchMedia("(min-width: 640px)");     // as in tiles.css: three columns, else two
const BEFORE = ["ArrowLeft", "ArrowUp"];
const PATIENCE_MS = 10_000;

/**
 * Draw the tiles in `root`. `data`: groups [{code, name, icon}], actions [{code, group, icon, name,
* note, points}], words {groups, more}, next: the selector, without the code, of the question after
 * a choice; an icon is the address of a symbol. `choose(code)` is called for each new choice. Called again with
* new data it keeps the chosen tile and the open group.
 * @param {ParentNode} root
 * @param {Data} data
 * @param {Choose} choose
 */
export function draw(root, data, choose) {
  const box = one(root, ".actions");
  const tiles = tilesOf.get(box) ?? new Tiles(box, data);
  tiles.show(data, choose);
  tilesOf.set(box, tiles);
}

class Tiles {
  /** @param {HTMLElement} box
   *  @param {Data} data */
  constructor(box, data) {
    this.data = data;
    this.group = data.groups[0].code;
    /** @type {Choose} */
    this.choose = () => {};
    this.tabs = element("div", { class: "tabs", role: "tablist" });
    this.grid = element("div", { class: "tiles", role: "radiogroup", id: "tiles" });
    this.more = element("button", { type: "button", class: "more", onclick: () => this.open() });
    this.panel = element("div", { role: "tabpanel", id: "panel" }, this.grid, this.more);
    /** @type {Set<string>} groups that are shown whole */
    this.wholeGroups = new Set();
    /** @type {string | null} */
    this.choice = null;
    box.replaceChildren(this.tabs, this.panel);
    this.tabs.onkeydown = (event) => this.byKey(event, stopsOf(this.tabs));
    this.grid.onkeydown = (event) => this.byKey(event, stopsOf(this.grid));
    WIDE.addEventListener("change", () => this.refresh());
  }

  /** @param {Data} data
   *  @param {Choose} choose */
  show(data, choose) {
    this.data = data;
    this.choose = choose;
    this.refresh();
  }

  refresh() {
    const { group: here } = this;
    const inGroup = this.data.actions.filter(({ group }) => group === here);
    const shown = this.wholeGroups.has(here) ? inGroup : this.first(inGroup);
    const stop = shown.some(({ code }) => code === this.choice) ? this.choice : shown[0].code;
    const name = this.data.groups.find(({ code }) => code === here)?.name ?? "";
    this.tabs.setAttribute("aria-label", this.data.words.groups);
    this.tabs.replaceChildren(...this.data.groups.map((group) => this.tab(group)));
    this.grid.replaceChildren(...shown.map((action) => this.tile(action, action.code === stop)));
    set(this.grid, "aria-label", name);
    set(this.panel, "aria-label", name);
    this.more.textContent = this.data.words.more.replace("{count}", String(inGroup.length - shown.length));
    set(this.more, "hidden", shown.length === inGroup.length);
  }

  // Two rows. The chosen tile is always in them, so that the questions below stay visible.
  /** @param {Action[]} inGroup */
  first(inGroup) {
    const room = WIDE.matches ? 6 : 4;
    const at = inGroup.findIndex(({ code }) => code === this.choice);
    return at < room ? inGroup.slice(0, room) : [...inGroup.slice(0, room - 1), inGroup[at]];
  }

  /** @param {Group} group */
  tab({ code, name, icon }) {
    const isHere = code === this.group;
    return element("button", {
      type: "button", role: "tab", "aria-selected": String(isHere), "aria-controls": "panel",
      tabindex: isHere ? "0" : "-1", "data-code": code, onclick: () => this.turnTo(code),
    }, picture(icon), element("span", {}, name));
  }

  /** @param {Action} action
   *  @param {boolean} isStop */
  tile({ code, icon, name, note, points }, isStop) {
    const isChosen = code === this.choice;
    return element("button", {
      type: "button", class: "tile", role: "radio", "aria-checked": String(isChosen),
      tabindex: isStop ? "0" : "-1", "data-code": code, onclick: () => this.pick(code),
    }, element("span", { class: "picture" }, picture(icon), element("span", { class: "points" }, points)),
    element("span", { class: "text" }, element("b", {}, name), element("small", {}, note)));
  }

  /** @param {string} code */
  turnTo(code) {
    this.group = code;
    this.refresh();
    this.focus(this.tabs, code);
  }

  /** @param {string} code */
  pick(code) {
    const isNew = code !== this.choice;
    this.choice = code;
    this.wholeGroups.delete(this.group);
    this.refresh();
    this.focus(this.grid, code);
    if (!isNew) return;
    this.choose(code);
    reveal(this.data.next + CSS.escape(code));
  }

  open() {
    const { length } = this.grid.children;
    this.wholeGroups.add(this.group);
    this.refresh();
    stopsOf(this.grid)[length].focus();
  }

  // As in every tab list and radio group, arrow keys wrap around and select what they move to.
  /** @param {KeyboardEvent} event
   *  @param {HTMLElement[]} stops */
  byKey(event, stops) {
    const step = NEXT.includes(event.key) ? 1 : BEFORE.includes(event.key) ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    const at = stops.findIndex((stop) => event.composedPath().includes(stop));
    stops.at((at + step) % stops.length)?.click();
  }

  /** @param {HTMLElement} list
   *  @param {string} code */
  focus(list, code) {
    stopsOf(list).find((stop) => stop.dataset.code === code)?.focus();
  }
}

/** @param {HTMLElement} list */
const stopsOf = (list) => /** @type {HTMLElement[]} */ ([...list.children]);

// The server draws the next question, perhaps below the fold: scroll to it once it is there.
/** @param {string} selector */
function reveal(selector) {
  const watch = new MutationObserver(look);
  function look() {
    const next = document.querySelector(selector);
    if (!next) return;
    watch.disconnect();
    next.scrollIntoView({ block: "nearest" });
  }
  watch.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), PATIENCE_MS);
  look();
}

/** @param {string} address */
function picture(address) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", address);
  svg.append(use);
  return svg;
}
