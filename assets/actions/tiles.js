// The catalogue: groups as tabs, actions as picture tiles (a radio group). Tells which was chosen.

import { element, set } from "../recorder/element.js";

const SVG = "http://www.w3.org/2000/svg";
const NEXT = ["ArrowRight", "ArrowDown"];
const WIDE = matchMedia("(min-width: 640px)");     // as in tiles.css: three columns, else two
const BEFORE = ["ArrowLeft", "ArrowUp"];
const PATIENCE_MS = 10_000;

/**
 * Draw the tiles in `root`. `data`: groups [{code, name, icon}], actions [{code, group, icon, name,
 * note, points}], words {groups, more}, next: the selector, but for the code, of what is asked after
 * a choice; an icon is the address of a symbol. `choose(code)` is called for each new choice. Called again with new data it keeps what is chosen and open.
 */
export function draw(root, data, choose) {
  const box = root.querySelector(".actions");
  box.tiles ??= new Tiles(box);
  box.tiles.show(data, choose);
}

class Tiles {
  constructor(box) {
    this.tabs = element("div", { class: "tabs", role: "tablist" });
    this.grid = element("div", { class: "tiles", role: "radiogroup", id: "tiles" });
    this.more = element("button", { type: "button", class: "more", onclick: () => this.open() });
    this.panel = element("div", { role: "tabpanel", id: "panel" }, this.grid, this.more);
    this.opened = new Set();
    this.chosen = null;
    box.replaceChildren(this.tabs, this.panel);
    this.tabs.onkeydown = (event) => this.byKey(event, this.tabs.children);
    this.grid.onkeydown = (event) => this.byKey(event, this.grid.children);
    WIDE.addEventListener("change", () => this.refresh());
  }

  show(data, choose) {
    Object.assign(this, { data, choose });
    this.group ??= data.groups[0].code;
    this.refresh();
  }

  refresh() {
    const { group: here } = this;
    const inGroup = this.data.actions.filter(({ group }) => group === here);
    const shown = this.opened.has(here) ? inGroup : this.first(inGroup);
    const stop = shown.some(({ code }) => code === this.chosen) ? this.chosen : shown[0].code;
    const { name } = this.data.groups.find(({ code }) => code === here);
    this.tabs.setAttribute("aria-label", this.data.words.groups);
    this.tabs.replaceChildren(...this.data.groups.map((group) => this.tab(group)));
    this.grid.replaceChildren(...shown.map((action) => this.tile(action, action.code === stop)));
    set(this.grid, "aria-label", name);
    set(this.panel, "aria-label", name);
    this.more.textContent = this.data.words.more.replace("{count}", inGroup.length - shown.length);
    set(this.more, "hidden", shown.length === inGroup.length);
  }

  // Two rows; what is chosen stands among them, so that the questions below stay in sight.
  first(inGroup) {
    const room = WIDE.matches ? 6 : 4;
    const at = inGroup.findIndex(({ code }) => code === this.chosen);
    return at < room ? inGroup.slice(0, room) : [...inGroup.slice(0, room - 1), inGroup[at]];
  }

  tab({ code, name, icon }) {
    const isHere = code === this.group;
    return element("button", {
      type: "button", role: "tab", "aria-selected": String(isHere), "aria-controls": "panel",
      tabindex: isHere ? "0" : "-1", "data-code": code, onclick: () => this.turnTo(code),
    }, picture(icon), element("span", {}, name));
  }

  tile({ code, icon, name, note, points }, isStop) {
    const isChosen = code === this.chosen;
    return element("button", {
      type: "button", class: "tile", role: "radio", "aria-checked": String(isChosen),
      tabindex: isStop ? "0" : "-1", "data-code": code, onclick: () => this.pick(code),
    }, element("span", { class: "picture" }, picture(icon), element("span", { class: "points" }, points)),
    element("span", { class: "text" }, element("b", {}, name), element("small", {}, note)));
  }

  turnTo(code) {
    this.group = code;
    this.refresh();
    this.focus(this.tabs, code);
  }

  pick(code) {
    const isNew = code !== this.chosen;
    this.chosen = code;
    this.opened.delete(this.group);
    this.refresh();
    this.focus(this.grid, code);
    if (!isNew) return;
    this.choose(code);
    reveal(this.data.next + CSS.escape(code));
  }

  open() {
    const { length } = this.grid.children;
    this.opened.add(this.group);
    this.refresh();
    this.grid.children[length].focus();
  }

  // Arrows go round, as in every tab list and radio group, and choose what they come to.
  byKey(event, stops) {
    const step = NEXT.includes(event.key) ? 1 : BEFORE.includes(event.key) ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    const at = [...stops].findIndex((stop) => stop.contains(event.target));
    [...stops].at((at + step) % stops.length).click();
  }

  focus(list, code) {
    list.querySelector(`[data-code="${CSS.escape(code)}"]`)?.focus();
  }
}

// What is asked next is drawn by the server and may lie below the fold: show it once it is there.
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

function picture(address) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", address);
  svg.append(use);
  return svg;
}
