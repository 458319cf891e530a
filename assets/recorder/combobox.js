// A field with a list of suggestions (ARIA 1.2 combobox), for names of species and of places.

import { element, fresh, icon, set } from "./element.js";

/** @import { Child } from "./types" */

const PAUSE_MS = 120;
const LIST_ROOM_PX = 420;

/**
 * @template Row
 * @typedef {object} ComboboxSettings
 * @property {string} label
 * @property {string} hint
 * @property {string} listLabel
 * @property {(query: string, signal: AbortSignal) => Promise<Row[]>} seek
 * @property {(row: Row) => Child[]} draw
 * @property {(row: Row) => void} choose
 * @property {(rows: Row[], query: string) => string} announce
 * @property {(rows: Row[]) => number} [first]
 * @property {boolean} [isOpenEmpty]
 * @property {{ label: string, holds: (row: Row) => boolean }} [near]
 * @property {(text: string) => void} [onText]
 * @property {string} [icon]
 */

/**
 * `seek(query, signal)` finds rows, `draw(row)` returns a row's content, `choose(row)` selects it;
 * `announce(rows, query)` returns the text for screen readers; with `isOpenEmpty` the list opens
 * without typed text; `onText()` is called after every key. Rows for which `near.holds` is true form
 * a group under the line `near.label`.
 * @template {object} Row
 */
export class Combobox {
  /** @param {ComboboxSettings<Row>} comboboxSettings */
  constructor({ label, hint, listLabel, seek, draw, choose, announce, first = () => 0, isOpenEmpty = false, near, onText = () => {}, icon: picture = "search" }) {
    this.seekRows = seek;
    this.draw = draw;
    this.take = choose;
    this.announce = announce;
    this.first = first;
    this.isOpenEmpty = isOpenEmpty;
    this.near = near;
    this.onText = onText;
    /** @type {Row[]} */
    this.rows = [];
    /** @type {HTMLElement[]} */
    this.options = [];
    this.at = -1;
    this.questions = 0;
    /** @type {AbortController | undefined} */
    this.aborter = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    const [id, listId] = [fresh("choice"), fresh("choices")];
    this.errorId = fresh("choice-error");
    this.label = element("label", { class: "question", for: id }, label);
    this.count = element("p", { class: "spoken", role: "status" });
    this.list = element("ul", { id: listId, role: "listbox", "aria-label": listLabel, hidden: true });
    this.input = element("input", {
      id, type: "text", role: "combobox", placeholder: hint, autocomplete: "off",
      autocapitalize: "off", spellcheck: "false", enterkeyhint: "search", maxlength: "120",
      "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list",
      "aria-describedby": this.errorId,
      oninput: () => this.later(), onkeydown: (event) => this.press(event), onblur: () => this.left(),
      onfocus: () => this.meet(),
    });
    this.node = element("div", { class: "search" },
      element("div", { class: "box" }, icon(picture), this.input), this.list, this.count);
  }

  /** Called when the field loses the focus. */
  left() {
    this.close();
  }

  // The list needs room between the field and the button at the lower edge (or the keyboard).
  meet() {
    if (innerHeight - this.input.getBoundingClientRect().bottom < LIST_ROOM_PX) this.label.scrollIntoView({ block: "start" });
    if (this.input.value || this.isOpenEmpty) this.later();
  }

  later() {
    this.onText(this.input.value);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.seek(), PAUSE_MS);
  }

  // An answer that arrives after a newer query was sent is ignored.
  async seek() {
    const query = this.input.value.trim();
    this.aborter?.abort();
    this.questions += 1;
    if (!query && !this.isOpenEmpty) return this.close();
    const question = this.questions;
    this.aborter = new AbortController();
    const rows = await this.seekRows(query, this.aborter.signal).catch(() => []);
    if (question === this.questions && query === this.input.value.trim()) this.show(rows, query);
    return null;
  }

  /** @param {Row[]} rows
   *  @param {string} query */
  show(rows, query) {
    this.rows = rows;
    if (!rows.length) this.close();
    this.options = rows.map((row, place) => this.option(row, place));
    this.list.replaceChildren(...this.grouped());
    if (rows.length) this.open(query ? this.first(rows) : -1);
    this.count.textContent = this.announce(rows, query);
  }

  // Rows that only resemble the typed text form a group; order and numbers of the options stay.
  grouped() {
    const { near, options, rows } = this;
    const [from, end] = near ? [rows.findIndex(near.holds), rows.findLastIndex(near.holds) + 1] : [-1, 0];
    if (!near || from < 0) return options;
    const group = element("li", { role: "group", "aria-label": near.label, class: "near" },
      element("p", { class: "hint", "aria-hidden": "true" }, near.label), element("ul", { role: "none" }, ...options.slice(from, end)));
    return [...options.slice(0, from), group, ...options.slice(end)];
  }

  /** @param {Row} row
   *  @param {number} place */
  option(row, place) {
    const node = element("li", { role: "option", id: `${this.list.id}-${place}`, "aria-selected": "false", class: "isFree" in row && row.isFree ? "free" : "" },
      ...this.draw(row));
    node.onpointerdown = (event) => event.preventDefault();   // keeps the focus in the field
    node.onclick = () => this.choose(row);
    return node;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.isComposing || !this.isOpen) return;
    /** @type {Record<string, number>} */
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const count = this.rows.length;
    if (event.key in steps) this.open(this.at < 0 && event.key === "ArrowUp" ? count - 1 : (this.at + steps[event.key] + count) % count);
    else if (event.key === "Enter" && this.at >= 0) this.choose(this.rows[this.at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** @param {number} at */
  open(at) {
    this.at = at;
    set(this.list, "hidden", false);
    this.input.setAttribute("aria-expanded", "true");
    for (const [place, node] of this.options.entries()) {
      node.setAttribute("aria-selected", String(place === at));
      if (place === at) node.scrollIntoView({ block: "nearest" });
    }
    set(this.input, "aria-activedescendant", at >= 0 ? `${this.list.id}-${at}` : null);
  }

  close() {
    this.at = -1;
    set(this.list, "hidden", true);
    this.input.setAttribute("aria-expanded", "false");
    set(this.input, "aria-activedescendant", null);
    this.count.textContent = "";
  }

  /** @param {Row} row */
  choose(row) {
    this.clear();
    this.take(row);
  }

  clear() {
    clearTimeout(this.timer);
    this.aborter?.abort();
    this.questions += 1;
    this.input.value = "";
    this.rows = [];
    this.close();
  }
}
