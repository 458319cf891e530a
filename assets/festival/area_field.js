// A field for an area: corners tapped on the ground map. The page gets the ring in WGS-84 degrees, longitude
// before latitude, as "area"; an empty one where nothing is drawn.

import { openCity } from "../city_map/city_map.js";
import { button, element, fresh, one, set } from "../recorder/element.js";

/** @import { CityMap } from "../city_map/city_map.js" */
/** @import { GeoJSONSource } from "maplibre-gl" */

/** @typedef {[number, number]} Corner
 *  @typedef {{ words: Record<string, string>, locale: Record<string, string>, known: Corner[], round: string }} Data
 *  @typedef {(name: "area", value: Corner[]) => void} Tell */

const CENTRE = { center: /** @type {Corner} */ ([120.1, 30.2]), zoom: 9 };
const MARGIN_PX = 40;
const DECIMALS = 5; // a metre
/** @type {WeakMap<Element, AreaField>} */
const fields = new WeakMap();

/** Draw the field in `root`; another `round` takes the page's corners anew.
 *  @param {Element} root
 *  @param {Data} data
 *  @param {Tell} tell */
export function draw(root, data, tell) {
  const box = one(root, ".place");
  const field = fields.get(box) ?? new AreaField(box, data);
  field.tell = tell;
  field.takeOver(data);
  fields.set(box, field);
}

/** Remove the map from `root`.
 *  @param {Element} root */
export function close(root) {
  const box = root.querySelector(".place");
  if (box) fields.get(box)?.close();
}

class AreaField {
  /** @param {HTMLElement} box
   *  @param {Data} data */
  constructor(box, { words, locale }) {
    this.words = words;
    this.locale = locale;
    this.round = "";
    /** @type {Corner[]} */
    this.corners = [];
    /** @type {Tell} */
    this.tell = () => {};
    /** @type {CityMap | undefined} */
    this.city = undefined;
    this.status = element("p", { class: "said", role: "status", id: fresh("said") });
    this.canvas = element("div", { class: "map", role: "region", "aria-label": words.map, hidden: true });
    this.opener = button("quiet", words.open, () => this.open());
    this.back = button("quiet", words.back, () => this.choose(this.corners.slice(0, -1)));
    this.clearer = button("quiet", words.clear, () => this.choose([]));
    box.replaceChildren(element("div", { class: "ways" }, this.opener, this.back, this.clearer), this.canvas, this.status);
  }

  /** @param {Data} data */
  takeOver({ known, round }) {
    if (round !== this.round) this.corners = known;
    this.round = round;
    this.show();
  }

  close() {
    this.city?.close();
  }

  /** @param {Corner[]} corners */
  choose(corners) {
    this.corners = corners;
    this.show();
    this.tell("area", corners);
  }

  show() {
    const { length } = this.corners;
    this.status.textContent = length ? (length < 3 ? this.words.more : this.words.drawn).replace("{corners}", String(length)) : "";
    for (const key of [this.back, this.clearer]) set(key, "hidden", !length);
    /** @type {GeoJSONSource | undefined} */
    const source = this.city?.map.getSource("place");
    source?.setData(ringOf(this.corners));
  }

  async open() {
    set(this.canvas, "hidden", false);
    set(this.opener, "hidden", true);
    try {
      this.city ??= await this.openMap();
      this.show();
    } catch {
      set(this.canvas, "hidden", true);
      this.status.textContent = this.words.failed;
    }
  }

  async openMap() {
    const city = await openCity(this.canvas, { mark: "--seal" }, { locale: this.locale, maxZoom: 17 }, () => viewOf(this.corners));
    city.map.on("click", ({ lngLat }) => {
      const corner = [lngLat.lng, lngLat.lat].map((degrees) => Number(degrees.toFixed(DECIMALS)));
      this.choose([...this.corners, /** @type {Corner} */ (corner)]);
    });
    city.map.on("styledata", () => this.show());
    city.map.once("idle", () => { this.canvas.dataset.ready = "yes"; });
    return city;
  }
}

/** @param {Corner[]} corners */
function viewOf(corners) {
  if (corners.length < 2) return CENTRE;
  const [east, north] = [corners.map(([longitude]) => longitude), corners.map(([, latitude]) => latitude)];
  /** @type {[Corner, Corner]} */
  const bounds = [[Math.min(...east), Math.min(...north)], [Math.max(...east), Math.max(...north)]];
  return { bounds, fitBoundsOptions: { padding: MARGIN_PX } };
}

/** The corners as GeoJSON: their points, and the area between them.
 *  @param {Corner[]} corners
 *  @returns {GeoJSON.FeatureCollection} */
function ringOf(corners) {
  /** @param {GeoJSON.Geometry} geometry
   *  @returns {GeoJSON.Feature} */
  const feature = (geometry) => ({ type: "Feature", properties: {}, geometry });
  const points = corners.map((coordinates) => feature({ type: "Point", coordinates }));
  if (corners.length < 3) return { type: "FeatureCollection", features: points };
  const ring = feature({ type: "Polygon", coordinates: [[...corners, corners[0]]] });
  return { type: "FeatureCollection", features: [ring, ...points] };
}
