// One place on the map of the city, with its circle of uncertainty. There is no tile server: borders
// and water are our own files. The texts are the page's; the map stays when its place changes.

import { boundary, cityStyle, EQUATOR_M, loadLibrary, loadStyle, NOTHING, showMark } from "../city_map/city_map.js";
import { one } from "../recorder/element.js";

/** @import { Map as MapLibreMap } from "maplibre-gl" */
/** @import { MapLibre } from "../city_map/city_map.js" */
/** @import { MarkedPlace, Point } from "../recorder/types" */

/** The page's data: the place, the map's label, and the text when it cannot open.
 *  @typedef {{ place: MarkedPlace, label: string, failed: string, locale: Record<string, string>, districts: Name[] }} Data
 *  @typedef {Point & { name: string }} Name
 *  @typedef {{ move(place: MarkedPlace): void, close(): void }} SmallMap */

const TILE_PX = 512;
const NEAREST_ZOOM = 9.7;
const LABELS_FROM_ZOOM = 8.6;
const WIDEST_ZOOM = 8;
/** @type {WeakMap<Element, Promise<SmallMap | void>>} */
const maps = new WeakMap();

/** Show `data.place` in `root`; called again with each new place.
 *  @param {HTMLElement} root
 *  @param {Data} data */
export function show(root, data) {
  const box = one(root, ".map");
  box.setAttribute("aria-label", data.label);
  const opening = maps.get(root);
  if (opening) opening.then((map) => map?.move(data.place));
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
async function open(box, data) {
  const [maplibre, districts, water] = await Promise.all([
    loadLibrary(), boundary("districts"), boundary("water").catch(() => NOTHING), loadStyle(box),
  ]);
  const boundaries = { districts, water };
  let place = data.place;
  const map = new maplibre.Map({
    container: box, style: cityStyle(box, boundaries, { mark: "--lake", place }), attributionControl: false, cooperativeGestures: true,
    dragRotate: false, pitchWithRotate: false, touchPitch: false, maxZoom: 17, minZoom: 7,
    locale: data.locale, ...viewOf(place, box),
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  label(map, maplibre, data.districts);
  const theme = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => map.setStyle(cityStyle(box, boundaries, { mark: "--lake", place }));
  theme.addEventListener("change", paint);
  map.once("idle", () => { box.dataset.ready = "yes"; });
  return {
    move(next) {
      place = next;
      showMark(map, place);
      map.jumpTo(viewOf(place, box));
    },
    close() {
      theme.removeEventListener("change", paint);
      map.remove();
    },
  };
}

// The names are elements above the map: text on the canvas would need a font file for its glyphs.
/** @param {MapLibreMap} map
 *  @param {MapLibre} maplibre
 *  @param {Name[]} districts */
function label(map, maplibre, districts) {
  for (const { name, latitude, longitude } of districts) {
    const element = document.createElement("span");
    element.className = "name";
    element.setAttribute("aria-hidden", "true");
    element.textContent = name;
    new maplibre.Marker({ element }).setLngLat([longitude, latitude]).addTo(map);
  }
  const follow = () => { map.getContainer().dataset.near = map.getZoom() > LABELS_FROM_ZOOM ? "yes" : "no"; };
  map.on("zoom", follow);
  follow();
}

/** @param {HTMLElement} box
 *  @param {string} words */
function fail(box, words) {
  box.textContent = words;
  box.dataset.failed = "yes";
}

// The view shows the whole circle and its district, since the map has no streets.
/** @param {MarkedPlace} markedPlace
 *  @param {HTMLElement} box
 *  @returns {{ center: [number, number], zoom: number }} */
function viewOf({ latitude, longitude, uncertainty_m: metres }, box) {
  const across = Math.max(metres ?? 0, 60) * 2.6;
  const metresPerPixel = across / Math.max(120, Math.min(box.clientWidth, box.clientHeight));
  const zoom = Math.log2((EQUATOR_M * Math.cos((latitude * Math.PI) / 180)) / (TILE_PX * metresPerPixel));
  return { center: [longitude, latitude], zoom: Math.max(WIDEST_ZOOM, Math.min(NEAREST_ZOOM, zoom)) };
}
