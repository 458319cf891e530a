// The wall: photos side by side. A tap takes one out, or in again; the button below accepts the rest.

import { tapped } from "../app/viewer.js";
import { button, element, icon, one, set } from "../recorder/element.js";

/** @typedef {{ id: string, thumb: string, large: string, name: string, facts: string,
 *    flags: string[], more: string, isOut: boolean }} Tile
 *  @typedef {{ accept: string, none: string, out: string, larger: string, viewer: string,
 *    sending: string }} Words
 *  @typedef {{ wall: string, tiles: Tile[], words: Words }} Data
 *  @typedef {(name: "accepted", value: { wall: string, out: string[] }) => void} Send */

/** @type {WeakMap<Element, Wall>} */
const walls = new WeakMap();

/** Draw the wall in `root`. Drawn again with the same `wall` it keeps what was taken out.
 *  @param {ParentNode} root
 *  @param {Data} data
 *  @param {Send} send */
export function draw(root, data, send) {
  const box = one(root, ".wall");
  const wall = walls.get(box) ?? new Wall(box);
  walls.set(box, wall);
  wall.show(data, send);
}

class Wall {
  /** @type {Words} */
  words = { accept: "", none: "", out: "", larger: "", viewer: "", sending: "" };
  /** @type {Send} */
  send = () => {};
  count = 0;

  /** @param {HTMLElement} box */
  constructor(box) {
    /** @type {Set<string>} */
    this.out = new Set();
    this.wall = "";
    this.grid = element("ol", { class: "tiles" });
    this.accept = button("accept", "", () => this.end());
    box.replaceChildren(this.grid, element("div", { class: "bar" }, this.accept));
  }

  /** @param {Data} data
   *  @param {Send} send */
  show(data, send) {
    const { wall, tiles, words } = data;
    this.words = words;
    this.send = send;
    this.count = tiles.length;
    if (wall !== this.wall) this.out = new Set(tiles.filter(({ isOut }) => isOut).map(({ id }) => id));
    this.wall = wall;
    set(this.grid, "data-alike", new Set(tiles.map(({ name }) => name)).size < 2);
    this.grid.replaceChildren(...tiles.map((tile) => this.tile(tile, words)));
    this.say();
  }

  /** @param {Tile} tile
   *  @param {Words} words */
  tile({ id, thumb, large, name, facts, flags, more }, words) {
    const face = element("button", { type: "button", class: "face", "aria-pressed": String(this.out.has(id)),
      onclick: (/** @type {Event} */ event) => this.turn(id, /** @type {HTMLElement} */ (event.currentTarget)) },
    element("span", { class: "picture" }, element("img", { src: thumb, alt: "", loading: "lazy", decoding: "async" }),
      element("span", { class: "out" }, icon("no"), words.out)),
    element("span", { class: "text" }, element("b", {}, name), element("small", {}, facts),
      ...flags.map((flag) => element("small", { class: "flag" }, icon("warn"), flag))));
    const larger = element("a", { class: "g-zoom", href: large, title: `${words.larger} · ${name}`, "data-words": words.viewer,
      onclick: (/** @type {Event} */ event) => { event.preventDefault(); tapped(larger); } }, icon("search"), more);
    return element("li", {}, face, larger);
  }

  /** @param {string} id
   *  @param {HTMLElement} face */
  turn(id, face) {
    if (!this.out.delete(id)) this.out.add(id);
    set(face, "aria-pressed", String(this.out.has(id)));
    this.say();
  }

  say() {
    const left = this.count - this.out.size;
    this.accept.textContent = left ? this.words.accept.replace("{count}", String(left)) : this.words.none;
    set(this.accept, "disabled", false);
  }

  end() {
    set(this.accept, "disabled", true);
    this.accept.textContent = this.words.sending;
    this.send("accepted", { wall: this.wall, out: [...this.out] });
  }
}
