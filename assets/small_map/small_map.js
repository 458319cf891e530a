// One place on the map of the city, or several, each with its circle of uncertainty. The texts are the
// page's; the map stays when its places change.

import { EQUATOR_M, openCity } from "../city_map/city_map.js";
import { one } from "../recorder/element.js";

/** @import { MarkedPlace } from "../recorder/types" */

/** The page's data: the places, the map's label, and the text when it cannot open.
 *  @typedef {{ places: MarkedPlace[], label: string, failed: string, locale: Record<string, string> }} Data
 *  @typedef {{ move(places: MarkedPlace[]): void, close(): void }} SmallMap */

const TILE_PX = 512;
const WIDEST_ZOOM = 8;
const MARGIN_PX = 32;
/** @type {WeakMap<Element, Promise<SmallMap | void>>} */
const maps = new WeakMap();

/** Show `data.places` in `root`; called again with other ones.
 *  @param {HTMLElement} root
 *  @param {Data} data */
export function show(root, data) {
  const box = one(root, ".map");
  box.setAttribute("aria-label", data.label);
  const opening = maps.get(root);
  if (opening) opening.then((map) => map?.move(data.places));
  else maps.set(root, open(box, data).catch(() => fail(box, data.failed)));
}

/** Remove the map from `root`.
 *  @param {HTMLElement} root */
export function close(root) {
  maps.get(root)?.then((map) => map?.close());
  maps.delete(root);
}

/** @param {HTMLElement} box
 *  @param {Data} data
 *  @returns {Promise<SmallMap>} */
async function open(box, { places, locale }) {
  const city = await openCity(box, { mark: "--lake", place: places }, { locale, maxZoom: 17 }, (nearest) => viewOf(places, box, nearest));
  city.map.once("idle", () => { box.dataset.ready = "yes"; });
  return {
    move(next) {
      city.mark(next);
      const view = viewOf(next, box, city.nearest);
      if ("bounds" in view) city.map.fitBounds(view.bounds, view.fitBoundsOptions);
      else city.map.jumpTo(view);
    },
    close: city.close,
  };
}

/** @param {HTMLElement} box
 *  @param {string} words */
function fail(box, words) {
  box.textContent = words;
  box.dataset.failed = "yes";
}

// The view shows all places, of one its whole circle, and no nearer than the ground has something to show.
/** @param {MarkedPlace[]} places
 *  @param {HTMLElement} box
 *  @param {number} nearest */
function viewOf(places, box, nearest) {
  if (places.length === 1) return viewOfOne(places[0], box, nearest);
  const [east, north] = [places.map(({ longitude }) => longitude), places.map(({ latitude }) => latitude)];
  /** @type {[[number, number], [number, number]]} */
  const bounds = [[Math.min(...east), Math.min(...north)], [Math.max(...east), Math.max(...north)]];
  return { bounds, fitBoundsOptions: { padding: MARGIN_PX, maxZoom: nearest - 1 } };
}

/** @param {MarkedPlace} markedPlace
 *  @param {HTMLElement} box
 *  @param {number} nearest
 *  @returns {{ center: [number, number], zoom: number }} */
function viewOfOne({ latitude, longitude, uncertainty_m: metres }, box, nearest) {
  const across = Math.max(metres ?? 0, 60) * 2.6;
  const metresPerPixel = across / Math.max(120, Math.min(box.clientWidth, box.clientHeight));
  const zoom = Math.log2((EQUATOR_M * Math.cos((latitude * Math.PI) / 180)) / (TILE_PX * metresPerPixel));
  return { center: [longitude, latitude], zoom: Math.max(WIDEST_ZOOM, Math.min(nearest - 1, zoom)) };
}
