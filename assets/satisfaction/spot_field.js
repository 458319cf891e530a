// A field for a place: the phone's position, or a tap on the map. The page gets it in WGS-84 degrees
// as "place", or null when it is removed.

import { openCity } from "../city_map/city_map.js";
import { button, element, fresh, one, set } from "../recorder/element.js";
import { phoneKind } from "../recorder/phone_kind.js";

/** @import { CityMap } from "../city_map/city_map.js" */
/** @import { Point } from "../recorder/types" */

/** The page's data; `centre` is a latitude, a longitude and a zoom.
 *  @typedef {object} Data
 *  @property {Record<string, string>} words
 *  @property {Record<string, string>} locale
 *  @property {[number, number, number]} centre
 *  @property {Point | null} known
 *  @typedef {(name: "place", value: Point | { none: true }) => void} Tell */

const DECIMALS = 5; // a metre
const PATIENCE_MS = 15_000;
/** @type {WeakMap<Element, SpotField>} */
const fields = new WeakMap();

/** Draw the field in `root`; `tell(name, value)` passes "place" to the page.
 *  @param {Element} root
 *  @param {Data} data
 *  @param {Tell} tell */
export function draw(root, data, tell) {
  const box = one(root, ".place");
  const field = fields.get(box) ?? new SpotField(box, data);
  field.tell = tell;
  fields.set(box, field);
}

/** Remove the map from `root`.
 *  @param {Element} root */
export function close(root) {
  const box = root.querySelector(".place");
  if (box) fields.get(box)?.close();
}

class SpotField {
  /** @param {HTMLElement} box
   *  @param {Data} data */
  constructor(box, { words, locale, centre, known }) {
    this.words = words;
    this.locale = locale;
    this.centre = centre;
    this.place = known;
    /** @type {Tell} */
    this.tell = () => {};
    /** @type {CityMap | undefined} */
    this.map = undefined;
    this.status = element("p", { class: "said", role: "status", id: fresh("said") });
    this.canvas = element("div", { class: "map", role: "region", "aria-label": words.map, hidden: true });
    this.opener = button("quiet", words.open, () => this.open());
    this.clearer = button("quiet", words.clear, () => this.choose(null));
    const mine = button("quiet", words.mine, () => this.locate());
    box.replaceChildren(element("div", { class: "ways" }, mine, this.opener, this.clearer), this.canvas, this.status);
    this.show();
  }

  close() {
    this.map?.close();
  }

  locate() {
    this.status.textContent = this.words.searching;
    /** @param {{ code?: number }} [error] */
    const denied = ({ code } = {}) => {
      const isRefused = code === 1;
      this.status.textContent = isRefused ? `${this.words.refused} ${this.words[`allow_${phoneKind()}`]}` : this.words.denied;
      this.open();
    };
    if (!navigator.geolocation) {
      denied();
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.choose({ latitude: coords.latitude, longitude: coords.longitude }), denied,
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 60_000 },
    );
  }

  /** @param {Point | null} place */
  choose(place) {
    /** @param {number} value */
    const round = (value) => Number(value.toFixed(DECIMALS));
    this.place = place && { latitude: round(place.latitude), longitude: round(place.longitude) };
    this.show();
    this.tell("place", this.place ?? { none: true });
  }

  show() {
    this.status.textContent = this.place ? this.words.chosen : "";
    set(this.clearer, "hidden", !this.place);
    this.map?.mark(this.place);
  }

  async open() {
    set(this.canvas, "hidden", false);
    set(this.opener, "hidden", true);
    try {
      this.map ??= await this.openMap();
      this.show();
    } catch {
      set(this.canvas, "hidden", true);
      this.status.textContent = this.words.failed;
    }
  }

  async openMap() {
    const [latitude, longitude, zoom] = this.centre;
    const view = () => ({ center: /** @type {[number, number]} */ ([longitude, latitude]), zoom });
    const city = await openCity(this.canvas, { mark: "--seal", place: this.place }, { locale: this.locale, maxZoom: 17 }, view);
    city.map.on("click", ({ lngLat }) => this.choose({ latitude: lngLat.lat, longitude: lngLat.lng }));
    city.map.once("idle", () => { this.canvas.dataset.ready = "yes"; });
    return city;
  }
}
