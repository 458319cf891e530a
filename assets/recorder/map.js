// The city on MapLibre, with no network: borders and water are our own files. A tap sets the place.

import { codeOf } from "./districts.js";
import { element } from "./element.js";

const VENDOR = new URL("../vendor/maplibre-gl/", import.meta.url);
const START = { center: [120.16, 30.25], zoom: 9.3 };
const NEAR_ZOOM = 10.3;           // closer, no name is left in sight to tell where one is
const LABEL_ZOOM = 8.6;
const PLACE_ZOOM = [9.8, 12.4];   // known places: their figures are good to 1 to 3 km, no closer
const WIDE_DISTRICT_M = 22_000;
const FINGER_PX = 20;
const EQUATOR_M = 40_075_016.686;
const TILE_PX = 512;
const NOTHING = { type: "FeatureCollection", features: [] };

let library = null;

function loadLibrary() {
  library ??= new Promise((done, failed) => {
    const script = element("script", { src: new URL("maplibre-gl.js", VENDOR).href });
    script.onload = () => done(globalThis.maplibregl);
    script.onerror = () => failed(new Error("maplibre-gl.js"));
    document.head.append(script);
  }).catch((error) => {
    library = null;
    throw error;
  });
  return library;
}

function loadStyle(box) {
  const link = element("link", { rel: "stylesheet", href: new URL("maplibre-gl.css", VENDOR).href });
  const loaded = new Promise((done) => { link.onload = link.onerror = done; });
  box.before(link);
  return loaded;
}

/** Metres on the ground under a fingertip, at this latitude and zoom (Web Mercator). */
export function uncertaintyAt(latitude, zoom) {
  const metresPerPixel = (EQUATOR_M * Math.cos((latitude * Math.PI) / 180)) / (TILE_PX * 2 ** zoom);
  return Math.max(5, Math.round(metresPerPixel * FINGER_PX));
}

/** Open the map in `box`; gives { showPlace, chooseCentre, close }. */
export async function openMap(recorder, box) {
  const [maplibre, districts, water] = await Promise.all([
    loadLibrary(), recorder.boundaries(), recorder.fetchers.boundaries("water").catch(() => NOTHING), loadStyle(box),
  ]);
  const { place } = recorder.draft.fields;
  const map = new maplibre.Map({
    container: box, style: recorder.data.basemap || styleOf(box, districts, water), cooperativeGestures: true, attributionControl: false,
    minZoom: 7, maxZoom: 18, dragRotate: false, pitchWithRotate: false, touchPitch: false,
    maxBounds: [[117.6, 28.7], [121.5, 31.1]], locale: localeOf(recorder.say),
    ...(place ? { center: [place.longitude, place.latitude], zoom: zoomFor(place) } : START),
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  await new Promise((done, failed) => map.once("load", done) && map.once("error", ({ error }) => failed(error)));
  if (recorder.data.basemap) layOver(map, styleOf(box, districts, water));
  return pickerOf({ recorder, box, map, maplibre, districts, water });
}

function pickerOf({ recorder, box, map, maplibre, districts, water }) {
  const { draft } = recorder;
  const choose = ({ lng, lat }) => {
    const uncertainty = uncertaintyAt(lat, map.getZoom());
    draft.change({ place: {
      latitude: Number(lat.toFixed(6)), longitude: Number(lng.toFixed(6)), uncertainty_m: uncertainty,
      source: "map", name: null, datum: "WGS-84",
    } });
  };
  const mark = () => map.getSource("place")?.setData(markOf(draft.fields.place));
  const showPlace = () => {
    const { place } = draft.fields;
    if (place) map.jumpTo({ center: [place.longitude, place.latitude], zoom: zoomFor(place) });
  };
  const theme = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => !recorder.data.basemap && map.setStyle(styleOf(box, districts, water)).once("styledata", mark);
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

// The names are elements over the map: text on the canvas would need a font file for its glyphs.
function label(recorder, map, maplibre, districts) {
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

// Over a basemap of another's, only what is ours: the borders' lines and the place.
function layOver(map, { sources, layers }) {
  for (const name of ["districts", "place"]) map.addSource(name, sources[name]);
  const isOver = ({ source, type }) => source === "place" || (source === "districts" && type === "line");
  for (const layer of layers.filter(isOver)) map.addLayer({ ...layer, id: `luji-${layer.id}` });
}

const zoomFor = ({ uncertainty_m: metres }) => Math.max(9, Math.min(NEAR_ZOOM, 22.5 - Math.log2(Math.max(metres, 20) * 12)));

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

function styleOf(box, districts, water) {
  const tokens = getComputedStyle(box);
  const colour = (name) => tokens.getPropertyValue(name).trim() || "#888888";
  const layer = (id, type, source, paint, filter) =>
    ({ id, type, paint, ...(source ? { source } : {}), ...(filter ? { filter } : {}) });
  const only = (kind) => ["==", ["geometry-type"], kind];
  return {
    version: 8,
    sources: {
      districts: { type: "geojson", data: districts },
      water: { type: "geojson", data: water },
      place: { type: "geojson", data: NOTHING },
    },
    layers: [
      layer("ground", "background", null, { "background-color": colour("--wash") }),
      layer("land", "fill", "districts", { "fill-color": colour("--card") }),
      layer("lakes", "fill", "water", { "fill-color": colour("--c2"), "fill-opacity": 0.55 }, only("Polygon")),
      layer("rivers", "line", "water", { "line-color": colour("--c2"), "line-width": 3, "line-opacity": 0.7 }, only("LineString")),
      layer("borders", "line", "districts", { "line-color": colour("--edge"), "line-width": 1 }),
      layer("around", "fill", "place", { "fill-color": colour("--seal"), "fill-opacity": 0.18 }, only("Polygon")),
      layer("ring", "line", "place", { "line-color": colour("--seal"), "line-width": 2 }, only("Polygon")),
      layer("point", "circle", "place", {
        "circle-color": colour("--seal"), "circle-radius": 7, "circle-stroke-width": 3, "circle-stroke-color": colour("--card"),
      }, only("Point")),
    ],
  };
}

function markOf(place) {
  if (!place) return NOTHING;
  const centre = [place.longitude, place.latitude];
  return { type: "FeatureCollection", features: [
    { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [circle(place)] } },
    { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: centre } },
  ] };
}

// 64 points around the place, on a sphere small enough to be flat.
function circle({ latitude, longitude, uncertainty_m: metres }) {
  const north = (metres / EQUATOR_M) * 360;
  const east = north / Math.cos((latitude * Math.PI) / 180);
  return Array.from({ length: 65 }, (_, step) => {
    const angle = (step / 64) * 2 * Math.PI;
    return [longitude + east * Math.cos(angle), latitude + north * Math.sin(angle)];
  });
}
