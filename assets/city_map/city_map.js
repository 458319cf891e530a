// The base of every small map of the city, without a tile server: MapLibre, with our own borders and
// water in the colours of the page. Each map adds its layers and its interaction.

/** @import { FeatureCollection, GeoJSON, Geometry, Position } from "geojson" */
/** @import { GeoJSONSource, LayerSpecification, Map as MapLibreMap, StyleSpecification } from "maplibre-gl" */
/** @import { MarkedPlace } from "../recorder/types" */
/** @typedef {typeof import("maplibre-gl")} MapLibre */

const VENDOR = new URL("../vendor/maplibre-gl/", import.meta.url);

/** The earth's circumference at the equator, in metres (WGS-84). */
export const EQUATOR_M = 40_075_016.686;
/** An empty GeoJSON.
 *  @type {FeatureCollection} */
export const NOTHING = { type: "FeatureCollection", features: [] };

/** @type {Promise<MapLibre> | null} */
let library = null;

/** MapLibre, loaded when the first map of a page opens. Rejects when it cannot be fetched.
 *  @returns {Promise<MapLibre>} */
export function loadLibrary() {
  library ??= new Promise((/** @type {(maplibre: MapLibre) => void} */ done, failed) => {
    const take = () => globalThis.maplibregl ? done(globalThis.maplibregl) : failed(new Error("maplibre-gl.js"));
    if (globalThis.maplibregl) {
      take();
      return;
    }
    const script = document.createElement("script");
    script.src = new URL("maplibre-gl.js", VENDOR).href;
    script.onload = script.onerror = take;
    document.head.append(script);
  }).catch((error) => {
    library = null;
    throw error;
  });
  return library;
}

/** Put MapLibre's own style before `box`; resolves when it is loaded, or could not be.
 *  @param {Element} box */
export function loadStyle(box) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("maplibre-gl.css", VENDOR).href;
  const loaded = new Promise((done) => { link.onload = link.onerror = done; });
  box.before(link);
  return loaded;
}

/** `districts` or `water` as GeoJSON, WGS-84. Rejects when it cannot be fetched.
 *  @param {string} name */
export async function boundary(name) {
  const answer = await fetch(new URL(`../boundaries/${name}.geojson`, import.meta.url));
  if (!answer.ok) throw new Error(name);
  return answer.json();
}

/**
* A style of the plain city: ground, land (filled with the token `land`), water, borders; and above
 * them a "place" in the colour of the token `mark`, whose data is of `markOf`.
 * @param {Element} box
 * @param {{ districts: GeoJSON, water: GeoJSON }} boundaries
 * @param {{ land?: string, mark: string, place?: MarkedPlace | null }} look
 * @returns {StyleSpecification}
 */
export function cityStyle(box, { districts, water }, { land = "--paper", mark, place = null }) {
  const tokens = getComputedStyle(box);
  /** @param {string} name */
  const colour = (name) => tokens.getPropertyValue(name).trim() || "#888888";
  /** @param {GeoJSON} data */
  const source = (data) => ({ type: /** @type {const} */ ("geojson"), data });
  /** @param {string} id
   *  @param {LayerSpecification["type"]} type
   *  @param {string | null} from
   *  @param {LayerSpecification["paint"]} paint
   *  @param {string} [kind] */
  const layer = (id, type, from, paint, kind) => /** @type {LayerSpecification} */ (
    { id, type, paint, ...(from && { source: from }), ...(kind && { filter: ["==", ["geometry-type"], kind] }) });
  return {
    version: 8,
    sources: { districts: source(districts), water: source(water), place: source(markOf(place)) },
    layers: [
      layer("ground", "background", null, { "background-color": colour("--wash") }),
      layer("land", "fill", "districts", { "fill-color": colour(land) }),
      layer("lakes", "fill", "water", { "fill-color": colour("--c2"), "fill-opacity": 0.55 }, "Polygon"),
      layer("rivers", "line", "water", { "line-color": colour("--c2"), "line-width": 3, "line-opacity": 0.7 }, "LineString"),
      layer("borders", "line", "districts", { "line-color": colour("--edge"), "line-width": 1 }),
      layer("around", "fill", "place", { "fill-color": colour(mark), "fill-opacity": 0.18 }, "Polygon"),
      layer("ring", "line", "place", { "line-color": colour(mark), "line-width": 2 }, "Polygon"),
      layer("point", "circle", "place", {
        "circle-color": colour(mark), "circle-radius": 6, "circle-stroke-width": 3, "circle-stroke-color": colour("--card"),
      }, "Point"),
    ],
  };
}

/** A place (WGS-84 degrees) as GeoJSON: its point, unless it `is_rough`, and the circle of its
 *  uncertainty in metres, if it has one; nothing for no place.
 *  @param {MarkedPlace | null} place
 *  @returns {FeatureCollection} */
export function markOf(place) {
  /** @param {Geometry} geometry */
  const feature = (geometry) => ({ type: /** @type {const} */ ("Feature"), properties: {}, geometry });
  const around = place?.uncertainty_m ? [feature({ type: "Polygon", coordinates: [circle(place, place.uncertainty_m)] })] : [];
  const point = place && !place.is_rough ? [feature({ type: "Point", coordinates: [place.longitude, place.latitude] })] : [];
  return { type: "FeatureCollection", features: [...around, ...point] };
}

/** Draw `place` on a map in the style of the city; it replaces the earlier one.
 *  @param {MapLibreMap | undefined} map
 *  @param {MarkedPlace | null} place */
export function showMark(map, place) {
  /** @type {GeoJSONSource | undefined} */
  const source = map?.getSource("place");
  source?.setData(markOf(place));
}

// 64 points around the place; at this distance the sphere is nearly flat.
/** @param {MarkedPlace} place
 *  @param {number} metres
 *  @returns {Position[]} */
function circle({ latitude, longitude }, metres) {
  const north = (metres / EQUATOR_M) * 360;
  const east = north / Math.cos((latitude * Math.PI) / 180);
  return Array.from({ length: 65 }, (_, step) => {
    const angle = (step / 64) * 2 * Math.PI;
    return [longitude + east * Math.cos(angle), latitude + north * Math.sin(angle)];
  });
}
