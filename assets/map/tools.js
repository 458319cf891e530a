// The controls of the public map: search of places and species, zoom, 附近, what is being loaded, and
// the view in the address. The address is the state: Back brings back the view that one was at.

import { Combobox } from "../recorder/combobox.js";
import { coordinatesIn } from "../recorder/coordinates.js";
import { button, element, icon, one, set } from "../recorder/element.js";
import { online } from "../recorder/fetchers.js";
import { byNearness, MOST_ASKED, offered } from "../recorder/place_rows.js";
import { watchPosition } from "../recorder/position.js";
import { nameOf } from "../recorder/taxon_name.js";
import { around, deckOf, isLoaded, isSame, lifted, moveTo, read, viewOf, written } from "./deck_view.js";

/** @import { Box, District, Fix, PlaceRow, Point, Taxon } from "../recorder/types" */
/** @import { Deck, View } from "./deck_view.js" */

/** @typedef {{ words: Record<string, string>, language: string, box: Box, districts: District[] }} Data
 *  @typedef {{ taxon: Taxon } | { place: PlaceRow }} Row
 *  @typedef {(name: "taxon", value: string) => void} Tell */

const AT = "at";                  // of the address: latitude, longitude, zoom
const LOOK_MS = 250, SETTLED = 2, SLOW = 2;   // looks at the map; how many until it rests, or is slow
const PATIENCE_MS = 40_000;       // for a map that is drawn by the processor
const MOVE_MS = 350;
const MOST_TAXA = 4, MOST_ROWS = 8, QUERY_LENGTH = 40;
const ASKED_ONCE = "luji_nearby";
const EXACT = new Set(["whole", "name", "everyday", "class_word"]);
const AWAY_PX = 320;              // of a circle on the screen
const still = matchMedia("(prefers-reduced-motion: reduce)");
/** @type {WeakMap<Element, Tools>} */
const drawn = new WeakMap();
/** A view that came from where one is: in no address, so long as nobody goes elsewhere on purpose. */
let isPrivate = false;

/** @param {Element} parent
 *  @param {Data} data
 *  @param {Tell} tell */
export function draw(parent, data, tell) {
  const box = one(parent, ".tools");
  const tools = drawn.get(box) ?? new Tools(box, data);
  tools.tell = tell;
  drawn.set(box, tools);
}

/** @param {Element} parent */
export function close(parent) {
  const box = parent.querySelector(".tools");
  if (box) drawn.get(box)?.close();
}

class Tools {
  /** @param {HTMLElement} box
   *  @param {Data} data */
  constructor(box, data) {
    this.data = data;
    this.words = data.words;
    /** @type {Tell} */
    this.tell = () => {};
    this.fetchers = online();
    /** @type {Deck | null} */
    this.deck = null;
    /** @type {View | null} the view that the page opened with */
    this.opened = null;
    /** @type {View | null} */
    this.before = null;
    /** @type {string | null} what the address says of the view, or should */
    this.at = new URLSearchParams(location.search).get(AT);
    this.rests = this.waits = 0;
    this.isMoved = false;
    this.begun = performance.now();
    this.stopWatching = () => {};
    this.state = element("p", { class: "state", role: "status" });
    this.nearby = element("button", { type: "button", class: "round", "aria-label": this.words.nearby, title: this.words.nearby, onclick: () => this.askNearby() }, icon("pin"));
    this.asking = element("div", { class: "asking", role: "group", "aria-label": this.words.nearby, hidden: true },
      element("p", {}, this.words.nearby_consent),
      button("main", this.words.nearby_yes, () => this.agree()), button("quiet", this.words.nearby_no, () => this.refuse()));
    this.field = this.search();
    const zooms = element("div", { class: "zooms", role: "group", "aria-label": this.words.zoom },
      this.zoomButton("+", this.words.zoom_in, 1), this.zoomButton("−", this.words.zoom_out, -1));
    this.buttons = element("div", { class: "buttons", hidden: true }, this.nearby, zooms);
    this.flash = element("div", { class: "flash", hidden: true, "aria-hidden": "true" });
    this.field.label.className = "spoken";
    box.replaceChildren(element("div", { class: "seek" }, this.field.label, this.field.node), this.buttons, this.asking, this.state, this.flash);
    this.aborter = new AbortController();
    const { signal } = this.aborter;
    addEventListener("popstate", () => this.follow(), { signal });
    for (const gesture of ["pointerdown", "wheel", "keydown", "touchstart"]) {
      addEventListener(gesture, (event) => this.feel(event), { signal, capture: true, passive: true });
    }
    this.timer = setInterval(() => this.look(), LOOK_MS);
  }

  close() {
    this.aborter.abort();
    clearInterval(this.timer);
    this.stopWatching();
  }

  /** @param {string} sign
   *  @param {string} label
   *  @param {number} by */
  zoomButton(sign, label, by) {
    return element("button", { type: "button", class: "round", "aria-label": label, title: label, onclick: () => this.zoom(by) }, sign);
  }

  // --- the view

  // deck.gl tells nobody of its view, so it is looked at four times a second.
  look() {
    const canvas = document.querySelector("#root .stDeckGlJsonChart canvas");
    const deck = this.deck && this.canvas === canvas ? this.deck : deckOf(canvas);
    const view = viewOf(deck);
    set(this.buttons, "hidden", !view);
    if (!deck || !view) {
      this.say(performance.now() - this.begun > PATIENCE_MS ? this.words.failed : this.words.opening);
      return;
    }
    if (deck !== this.deck) this.meet(deck, canvas);
    else this.heed(view);
    this.waits = isLoaded(deck) ? 0 : this.waits + 1;
    if (!this.isLocating) this.say(this.waits > SLOW ? this.words.loading : "");
  }

  /** A map that is new here shows what the address says.
   *  @param {Deck} deck
   *  @param {Element | null} canvas */
  meet(deck, canvas) {
    this.deck = deck;
    this.canvas = canvas;
    this.opened ??= { .../** @type {View} */ (viewOf(deck)) };
    const asked = isPrivate ? this.before : this.addressed();
    if (asked) moveTo(deck, asked, 0);
    this.before = asked ?? this.opened;
  }

  /** @param {View} view */
  heed(view) {
    if (!isSame(view, this.before)) {
      this.before = { latitude: view.latitude, longitude: view.longitude, zoom: view.zoom };
      this.rests = 0;
      this.isOpen = true;
      return;
    }
    this.rests += 1;
    if (this.rests === SETTLED && this.isOpen) {
      this.isOpen = false;
      this.at = this.isMoved && !isPrivate ? written(view) : null;
      this.isMoved = false;
    }
    if (this.rests >= SETTLED) this.write();
  }

  /** A finger, wheel or key on the map moves it; what a choice of the page moves is not in the address.
   *  @param {Event} event */
  feel(event) {
    const target = event.composedPath()[0];
    if (target instanceof Element && target.closest(".stDeckGlJsonChart")) this.isMoved = true;
  }

  // A choice of the page writes the address anew, with the view that was in it when it was made.
  write() {
    const address = new URL(location.href);
    if (address.pathname !== "/map" || address.searchParams.get(AT) === this.at) return;
    if (this.at) address.searchParams.set(AT, this.at);
    else address.searchParams.delete(AT);
    history.replaceState(history.state, "", `${address.pathname}${address.search.replaceAll("%2C", ",")}${address.hash}`);
  }

  addressed() {
    return read(new URLSearchParams(location.search).get(AT), this.data.box);
  }

  follow() {
    if (location.pathname !== "/map") return;
    const asked = this.addressed();
    const view = asked ?? (isPrivate ? null : this.opened);
    this.at = asked && written(asked);
    if (asked) isPrivate = false;
    if (!this.deck || !view) return;
    this.before = view;
    moveTo(this.deck, view, 0);
  }

  /** @param {number} by */
  zoom(by) {
    const view = viewOf(this.deck);
    if (!this.deck || !view) return;
    this.isMoved = true;
    const whole = Math.round(view.zoom + by);
    const zoom = Math.abs(whole - view.zoom) < 0.3 ? whole + by : whole;
    const middle = lifted(view, -this.covered());
    moveTo(this.deck, lifted({ ...middle, zoom }, this.covered()), this.pace());
  }

  /** Go to a place, in the middle of what the sheet leaves free.
   *  @param {Point} place
   *  @param {number} metres */
  go(place, metres) {
    if (!this.deck) return;
    this.isMoved = true;
    moveTo(this.deck, lifted(around(place, metres, AWAY_PX / 2), this.covered()), this.pace());
    this.point();
  }

  /** How far the middle of what the sheet leaves free lies above the map's own, in pixels. */
  covered() {
    const sheet = document.querySelector("#root .st-key-sheet")?.getBoundingClientRect();
    const map = this.canvas?.getBoundingClientRect();
    return sheet && map && sheet.width > 0.9 * map.width ? sheet.height / 2 : 0;
  }

  pace() {
    return still.matches ? 0 : MOVE_MS;
  }

  /** A ring round the middle for a moment: what was looked for lies there. */
  point() {
    const map = this.canvas?.getBoundingClientRect();
    if (!map) return;
    this.flash.style.cssText = `left:${map.left + map.width / 2}px;top:${map.top + map.height / 2 - this.covered()}px`;
    set(this.flash, "hidden", false);
    clearTimeout(this.ring);
    this.ring = setTimeout(() => set(this.flash, "hidden", true), 2500);
  }

  /** @param {string} words */
  say(words) {
    if (this.state.textContent !== words) this.state.textContent = words;
  }

  // --- where am I

  askNearby() {
    let isKnown = false;
    try { isKnown = localStorage.getItem(ASKED_ONCE) === "yes"; } catch { /* asked every time */ }
    if (isKnown) return this.locate();
    set(this.asking, "hidden", false);
    return this.asking.querySelector("button")?.focus();
  }

  agree() {
    try { localStorage.setItem(ASKED_ONCE, "yes"); } catch { /* asked every time */ }
    this.refuse();
    this.locate();
  }

  refuse() {
    set(this.asking, "hidden", true);
    this.nearby.focus();
  }

  locate() {
    this.stopWatching();
    this.isLocating = true;
    this.say(this.words.locating);
    /** @type {Fix | null} */
    let best = null;
    const end = (/** @type {string} */ words) => {
      this.isLocating = Boolean(words);
      this.say(words);
      if (words) setTimeout(() => { this.isLocating = false; }, 6000);
    };
    this.stopWatching = watchPosition((fix) => {
      const isFirst = !best;
      best = fix;
      const { box } = this.data;
      if (fix.latitude < box.south || fix.latitude > box.north || fix.longitude < box.west || fix.longitude > box.east) {
        this.stopWatching();
        end(this.words.outside);
        return;
      }
      isPrivate = true;
      this.at = null;
      this.write();
      this.go(fix, Math.max(fix.uncertainty_m, 600));
      this.isMoved = false;
      if (isFirst) end("");
    }, (reason) => {
      if (!best) end(reason === "denied" ? this.words.denied : this.words.unavailable);
    });
  }

  // --- search

  search() {
    const near = { label: "", holds: (/** @type {Row} */ row) => "place" in row && Boolean(row.place.isOffer) };
    /** @type {Combobox<Row>} */
    const field = new Combobox({
      label: this.words.search, hint: this.words.search_hint, listLabel: this.words.found,
      seek: (query, signal) => this.seek(query, signal, near), draw: (row) => this.row(row), choose: (row) => this.choose(row),
      announce: (rows) => (rows.some(near.holds) ? near.label : this.words.count.replace("{count}", String(rows.length))),
      first: ([row]) => (row && EXACT.has(fitOf(row)) ? 0 : -1),
      near,
    });
    return field;
  }

  /** @param {string} query
   *  @param {AbortSignal} signal
   *  @param {{ label: string }} near
   *  @returns {Promise<Row[]>} */
  async seek(query, signal, near) {
    const { box, districts } = this.data;
    const point = coordinatesIn(query, box);
    if (point) return [{ place: { ...point, kind: "point", name: query, district: "", district_name: "", fit: "whole" } }];
    const typed = query.slice(0, QUERY_LENGTH);
    const [places, taxa] = await Promise.all([
      this.fetchers.places(typed, signal, MOST_ASKED).catch(() => null),
      this.fetchers.taxa({ q: typed, limit: String(MOST_TAXA) }, signal).catch(() => null),
    ]);
    const rows = [...byNearness(places ?? [], viewOf(this.deck)).map((place) => ({ place })), ...(taxa ?? []).map((taxon) => ({ taxon }))];
    if (places?.length) return mixed(rows);
    near.label = places && taxa ? this.words[taxa.length ? "no_place" : "nowhere"] : this.words.offline;
    return [...rows, ...offered(districts, query).map((place) => ({ place }))];
  }

  /** @param {Row} row */
  row(row) {
    if ("taxon" in row) {
      const { taxon } = row;
      return [icon("footprint"), element("span", { class: "names" }, element("b", {}, nameOf(taxon, this.data.language)), element("i", { lang: "la" }, taxon.scientific_name))];
    }
    const { place } = row;
    const isDistrict = place.kind === "district";
    return [icon(isDistrict ? "map" : "pin"), element("span", { class: "names" }, element("b", {}, place.name), element("small", {}, isDistrict ? "" : place.district_name))];
  }

  /** @param {Row} row */
  choose(row) {
    this.field.input.blur();
    if ("taxon" in row) {
      this.tell("taxon", row.taxon.taxon_id);  // the map stays where it is, and what is private stays so
      return;
    }
    isPrivate = false;
    this.go(row.place, row.place.uncertainty_m);
  }
}

/** @param {Row} row */
const fitOf = (row) => ("taxon" in row ? row.taxon.fit : row.place.fit) ?? "";

/** Names in full first, whatever they are of; then places and species by turns.
 *  @param {Row[]} rows */
export function mixed(rows) {
  const whole = rows.filter((row) => EXACT.has(fitOf(row)));
  const others = rows.filter((row) => !EXACT.has(fitOf(row)));
  const places = others.filter((row) => "place" in row);
  const taxa = others.filter((row) => "taxon" in row);
  const turns = places.flatMap((place, at) => [place, ...taxa.slice(at, at + 1)]);
  return [...whole, ...turns, ...taxa.slice(places.length)].slice(0, MOST_ROWS);
}
