// The city on MapLibre without a tile server: borders and water are our own files. A tap sets the place.

import { cityStyle, EQUATOR_M, loadLibrary, loadStyle, NOTHING, showMark } from "../city_map/city_map.js";
import { codeOf } from "./districts.js";
import { element } from "./element.js";
import { within } from "./patience.js";

/** @import { GeoJSON } from "geojson" */

/** @import { LngLat, Map as MapLibreMap, StyleSpecification } from "maplibre-gl" */

/** @import { Boundaries, MapPicker, Place, Say, Sheet } from "./types" */

/** @typedef {typeof import("maplibre-gl")} MapLibre */
/** @typedef {{ recorder: Sheet, box: HTMLElement, map: MapLibreMap, maplibre: MapLibre, districts: Boundaries,
 *  water: GeoJSON }} Picking */

/** @type {{ center: [number, number], zoom: number }} */
const START = { center: [120.16, 30.25], zoom: 9.3 };
const NEAR_ZOOM = 10.3;           // nearer, no name would be visible
const LABEL_ZOOM = 8.6;
const PLACE_ZOOM = [9.8, 12.4];   // known places are right within 1 to 3 km
const WIDE_DISTRICT_M = 22_000;
const FINGER_PX = 20;
const TILE_PX = 512;
const PATIENCE_MS = 60_000;       // a phone that draws maps without its graphics processor
const LOOK = { land: "--card", mark: "--seal" };

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
  const [maplibre, districts, water] = await Promise.all([
    loadLibrary(), recorder.boundaries(), recorder.fetchers.boundaries("water").catch(() => NOTHING), loadStyle(box),
  ]);
  const { place } = recorder.draft.fields;
  const map = new maplibre.Map({
    container: box, style: recorder.data.basemap || cityStyle(box, { districts, water }, LOOK), cooperativeGestures: true, attributionControl: false,
    minZoom: 7, maxZoom: 18, dragRotate: false, pitchWithRotate: false, touchPitch: false,
    maxBounds: [[117.6, 28.7], [121.5, 31.1]], locale: localeOf(recorder.say),
    ...(place ? { center: [place.longitude, place.latitude], zoom: zoomFor(place) } : START),
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  await within(PATIENCE_MS, new Promise((done, failed) => {
    map.once("load", done);
    map.once("error", (/** @type {{ error: Error }} */ { error }) => failed(error));
  }));
  if (recorder.data.basemap) layOver(map, cityStyle(box, { districts, water }, LOOK));
  return pickerOf({ recorder, box, map, maplibre, districts, water });
}

/** @param {Picking} picking
 *  @returns {MapPicker} */
function pickerOf({ recorder, box, map, maplibre, districts, water }) {
  const { draft } = recorder;
  /** @param {LngLat} lngLat */
  const choose = ({ lng, lat }) => {
    const uncertainty = uncertaintyAt(lat, map.getZoom());
    draft.change({ place: {
      latitude: Number(lat.toFixed(6)), longitude: Number(lng.toFixed(6)), uncertainty_m: uncertainty,
      source: "map", name: null, datum: "WGS-84",
    } });
  };
  const mark = () => showMark(map, draft.fields.place);
  const showPlace = () => {
    const { place } = draft.fields;
    if (place) map.jumpTo({ center: [place.longitude, place.latitude], zoom: zoomFor(place) });
  };
  const theme = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => {
    if (recorder.data.basemap) return;
    map.setStyle(cityStyle(box, { districts, water }, LOOK));
    map.once("styledata", mark);
  };
  if (!recorder.data.basemap) label(recorder, map, maplibre, districts);
  map.on("click", (event) => choose(event.lngLat));
  theme.addEventListener("change", paint);
  recorder.onChange(mark);
  mark();
  box.dataset.ready = "yes";
  return {
    showPlace,
    chooseCentre: () => choose(map.getCenter()),
    close: () => {
      theme.removeEventListener("change", paint);
      map.remove();
    },
  };
}

// The names are elements above the map: text on the canvas would need a font file for its glyphs.
/** @param {Sheet} recorder
 *  @param {MapLibreMap} map
 *  @param {MapLibre} maplibre
 *  @param {Boundaries} districts */
function label(recorder, map, maplibre, districts) {
  /** @param {{ name: string, lat: number, lon: number }} options
   *  @param {Record<string, string>} settings
   *  @param {[number, number]} offset */
  const write = ({ name, lat, lon }, settings, offset = [0, 0]) => new maplibre.Marker({ offset,
    element: element("span", { class: "map-label", "aria-hidden": "true", ...settings }, name) }).setLngLat([lon, lat]).addTo(map);
  for (const feature of districts.features) {
    const district = recorder.data.districts.find(({ code }) => code === codeOf(feature));
    if (district) write(district, { "data-wide": district.radius_m > WIDE_DISTRICT_M ? "yes" : "no" });
  }
  for (const place of recorder.data.places ?? []) write(place, { "data-kind": "place" }, [0, -16]);
  const follow = () => {
    const [zoom, { dataset }, [far, close]] = [map.getZoom(), map.getContainer(), PLACE_ZOOM];
    dataset.near = zoom > LABEL_ZOOM ? "yes" : "no";
    dataset.places = zoom > far && zoom < close ? "yes" : "no";
  };
  map.on("zoom", follow);
  follow();
}

// On a hosted basemap only the borders' lines and the place are drawn.
/** @param {MapLibreMap} map
 *  @param {StyleSpecification} styleSpecification */
function layOver(map, { sources, layers }) {
  for (const name of ["districts", "place"]) map.addSource(name, sources[name]);
  /** @param {StyleSpecification["layers"][number]} layer */
  const isOver = (layer) => "source" in layer && (layer.source === "place" || (layer.source === "districts" && layer.type === "line"));
  for (const layer of layers.filter(isOver)) map.addLayer({ ...layer, id: `luji-${layer.id}` });
}

/** @param {Place} place */
const zoomFor = ({ uncertainty_m: metres }) => Math.max(9, Math.min(NEAR_ZOOM, 22.5 - Math.log2(Math.max(metres, 20) * 12)));

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
