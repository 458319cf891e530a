// The city on MapLibre, on the site's own ground. A tap sets the place.

import { EQUATOR_M, openCity } from "../city_map/city_map.js";
import { within } from "./patience.js";

/** @import { LngLat, Map as MapLibreMap } from "maplibre-gl" */

/** @import { CityMap } from "../city_map/city_map.js" */
/** @import { MapPicker, Place, Say, Sheet } from "./types" */

/** @type {{ center: [number, number], zoom: number }} */
const START = { center: [120.16, 30.25], zoom: 9.3 };
const FINGER_PX = 20;
const TILE_PX = 512;
const PATIENCE_MS = 60_000;       // a phone that draws maps without its graphics processor

/** Metres on the ground under a fingertip, at this latitude and zoom (Web Mercator).
 *  @param {number} latitude
 *  @param {number} zoom */
export function uncertaintyAt(latitude, zoom) {
  const metresPerPixel = (EQUATOR_M * Math.cos((latitude * Math.PI) / 180)) / (TILE_PX * 2 ** zoom);
  return Math.max(5, Math.round(metresPerPixel * FINGER_PX));
}

/** Open the map in `box`; returns { showPlace, chooseCentre, close }.
 *  @param {Sheet} recorder
 *  @param {HTMLElement} box
 *  @returns {Promise<MapPicker>} */
export async function openMap(recorder, box) {
  const { place } = recorder.draft.fields;
  const options = { maxBounds: /** @type {[[number, number], [number, number]]} */ ([[117.6, 28.7], [121.5, 31.1]]), locale: localeOf(recorder.say) };
  const city = await openCity(box, { land: "--card", mark: "--seal", place }, options, (nearest) => place ? viewOf(place, nearest) : START);
  await within(PATIENCE_MS, started(city.map));
  return pickerOf(recorder, box, city);
}

// A tile that does not come leaves a gap; the map still takes a tap.
/** @param {MapLibreMap} map
 *  @returns {Promise<void>} */
function started(map) {
  return new Promise((done, failed) => {
    map.once("load", () => done());
    map.on("error", (/** @type {{ error: Error, sourceId?: string }} */ event) => { if (!event.sourceId) failed(event.error); });
  });
}

/** @param {Sheet} recorder
 *  @param {HTMLElement} box
 *  @param {CityMap} city
 *  @returns {MapPicker} */
function pickerOf(recorder, box, { map, nearest, mark, close }) {
  const { draft } = recorder;
  /** @param {LngLat} lngLat */
  const choose = ({ lng, lat }) => {
    const uncertainty = uncertaintyAt(lat, map.getZoom());
    draft.change({ place: {
      latitude: Number(lat.toFixed(6)), longitude: Number(lng.toFixed(6)), uncertainty_m: uncertainty,
      source: "map", name: null, datum: "WGS-84",
    } });
  };
  const showPlace = () => {
    const { place } = draft.fields;
    if (place) map.jumpTo(viewOf(place, nearest));
  };
  map.on("click", (event) => choose(event.lngLat));
  recorder.onChange(() => mark(draft.fields.place));
  mark(draft.fields.place);
  box.dataset.ready = "yes";
  return { showPlace, chooseCentre: () => choose(map.getCenter()), close };
}

// No nearer than the ground has something to show.
/** @param {Place} place
 *  @param {number} nearest
 *  @returns {{ center: [number, number], zoom: number }} */
function viewOf({ latitude, longitude, uncertainty_m: metres }, nearest) {
  const zoom = Math.max(9, Math.min(nearest, 22.5 - Math.log2(Math.max(metres, 20) * 12)));
  return { center: [longitude, latitude], zoom };
}

/** @param {Say} say */
function localeOf(say) {
  return {
    "CooperativeGesturesHandler.MobileHelpText": say("map_two_fingers"),
    "CooperativeGesturesHandler.WindowsHelpText": say("map_ctrl"),
    "CooperativeGesturesHandler.MacHelpText": say("map_cmd"),
    "NavigationControl.ZoomIn": say("map_zoom_in"),
    "NavigationControl.ZoomOut": say("map_zoom_out"),
    "Map.Title": say("map_title"),
  };
}
