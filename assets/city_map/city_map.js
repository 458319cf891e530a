// The base of every small map of the city: MapLibre on the site's own ground, tiles by our own
// route, in the colours of the page. Each map adds its interaction.

/** @import { FeatureCollection, Geometry, Position } from "geojson" */
/** @import { FilterSpecification, GeoJSONSource, LayerSpecification, Map as MapLibreMap, MapOptions, SourceSpecification, StyleSpecification } from "maplibre-gl" */
/** @import { MarkedPlace } from "../recorder/types" */
/** @typedef {typeof import("maplibre-gl")} MapLibre */

/** What the tiles are, from `/ground/ground.json`.
 *  @typedef {{ format: "pbf" | "raster", tiles: string[], maxzoom: number, tileSize?: number, bounds?: [number, number, number, number],
 *    credits: Record<string, string> }} Ground */
/** How a map looks: the tokens of its land and of its mark, and what is marked.
 *  @typedef {{ land?: string, mark: string, place?: MarkedPlace | MarkedPlace[] | null }} Look */
/** An open map; `mark` puts another place on it, `nearest` is how near the ground has something to show.
 *  @typedef {{ map: MapLibreMap, nearest: number, mark(place: MarkedPlace | MarkedPlace[] | null): void, close(): void }} CityMap */

const VENDOR = new URL("../vendor/maplibre-gl/", import.meta.url);
// MapLibre's own style, and over it ours.
const STYLES = [new URL("maplibre-gl.css", VENDOR), new URL("city_map.css", import.meta.url)].map(String);
const FONT = ["system-ui", "PingFang SC", "MiSans", "Noto Sans SC", "Noto Sans CJK SC", "sans-serif"];
const NO_GROUND = /** @type {Ground} */ ({ format: "pbf", tiles: [], maxzoom: 0, credits: {} });
// Nearer than its nearest tiles a ground still shows what it has, drawn larger.
const GROWN = 0.5;

/** The earth's circumference at the equator, in metres (WGS-84). */
export const EQUATOR_M = 40_075_016.686;

/** @type {Promise<MapLibre> | null} */
let library = null;

/** MapLibre, loaded when the first map of a page opens. Rejects when it cannot be fetched.
 *  @returns {Promise<MapLibre>} */
function loadLibrary() {
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

/** Put the styles before `box`; resolves when they are loaded, or could not be.
 *  @param {Element} box */
function loadStyle(box) {
  return Promise.all(STYLES.map((address) => new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    link.onload = link.onerror = done;
    box.before(link);
  })));
}

/** Open a map of the city in `box`, in the page's colours, which it follows when they change, with
 *  buttons to zoom and the makers of its data. `view` gives a map's first centre and zoom from the
 *  nearest zoom that shows something. Rejects when MapLibre cannot be fetched or started.
 *  @param {HTMLElement} box
 *  @param {Look} look
 *  @param {Partial<MapOptions>} options
 *  @param {(nearest: number) => Partial<MapOptions>} view
 *  @returns {Promise<CityMap>} */
export async function openCity(box, look, options, view) {
  const [maplibre, ground] = await Promise.all([loadLibrary(), loadGround().catch(() => NO_GROUND), loadStyle(box)]);
  let place = look.place ?? null;
  const style = () => cityStyle(box, ground, { ...look, place });
  const nearest = ground.maxzoom + GROWN;
  const map = new maplibre.Map({
    container: box, style: style(), attributionControl: false, cooperativeGestures: true, minZoom: 7, maxZoom: 18,
    dragRotate: false, pitchWithRotate: false, touchPitch: false, localIdeographFontFamily: FONT.join(", "), ...options, ...view(nearest),
    transformRequest: (url) => ({ url: new URL(url, location.origin).href }),
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  box.append(creditOf(ground));
  const theme = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => map.setStyle(style());
  theme.addEventListener("change", paint);
  return {
    map, nearest,
    mark(next) {
      place = next;
      /** @type {GeoJSONSource | undefined} */
      const source = map.getSource("place");
      source?.setData(markOf(place));
    },
    close() {
      theme.removeEventListener("change", paint);
      map.remove();
    },
  };
}

/** @returns {Promise<Ground>} */
async function loadGround() {
  const answer = await fetch(new URL("/ground/ground.json", location.origin));
  if (!answer.ok) throw new Error("ground.json");
  return answer.json();
}

// MapLibre's own line of credits has no dark colours.
/** @param {Ground} ground */
function creditOf({ credits }) {
  const line = document.createElement("span");
  line.textContent = credits[isEnglish() ? "en" : "zh"] ?? "";
  line.style.cssText = "position:absolute;right:0;bottom:0;z-index:1;padding:0 6px;border-radius:6px 0 0 0;background:var(--card);"
    + "color:var(--ink2);font-size:max(11px,var(--least));line-height:1.55;pointer-events:none";
  line.hidden = !line.textContent;
  return line;
}

const isEnglish = () => document.documentElement.lang.startsWith("en");

/** The style of a ground in the colours of the page, and above it a "place" in the colour of the
 *  token `mark`, whose data is of `markOf`. Names are drawn with the phone's own fonts.
 *  @param {Element} box
 *  @param {Ground} ground
 *  @param {Look} look
 *  @returns {StyleSpecification} */
function cityStyle(box, ground, { land = "--paper", mark, place = null }) {
  const tokens = getComputedStyle(box);
  /** @param {string} name */
  const colour = (name) => tokens.getPropertyValue(name).trim() || "#888888";
  return {
    version: 8,
    sources: { ...(ground.tiles.length && { ground: sourceOf(ground) }), place: { type: "geojson", data: markOf(place) } },
    layers: [
      { id: "around-the-city", type: "background", paint: { "background-color": colour("--wash") } },
      ...(ground.tiles.length ? layersOf(ground, colour, land) : []),
      ...markLayers(colour, mark),
    ],
  };
}

/** @param {Ground} ground
 *  @returns {SourceSpecification} */
function sourceOf({ format, tiles, maxzoom, tileSize, bounds }) {
  if (format === "raster") return { type: "raster", tiles, maxzoom, tileSize: tileSize ?? 256 };
  return { type: "vector", tiles, maxzoom, minzoom: 7, ...(bounds && { bounds }) };
}

/** @param {Ground} ground
 *  @param {(token: string) => string} colour
 *  @param {string} land
 *  @returns {LayerSpecification[]} */
function layersOf({ format }, colour, land) {
  if (format === "raster") return [{ id: "basemap", type: "raster", source: "ground" }];
  /** @param {string} layer
   *  @param {string[]} kinds
   *  @returns {{ source: string, "source-layer": string, filter: FilterSpecification }} */
  const of = (layer, kinds) => ({
    source: "ground", "source-layer": layer, filter: ["in", ["get", "k"], ["literal", kinds]],
  });
  /** @param {string} id
   *  @param {string} layer
   *  @param {string} token
   *  @param {number} opacity
   *  @returns {LayerSpecification} */
  const area = (id, layer, token, opacity = 1) => ({
    id, type: "fill", ...of(layer, [id]), paint: { "fill-color": colour(token), "fill-opacity": opacity },
  });
  /** @param {string} id
   *  @param {string} layer
   *  @param {string} token
   *  @param {[number, number]} width pixels at zoom 9 and at zoom 15
   *  @param {number} opacity
   *  @returns {LayerSpecification} */
  const line = (id, layer, token, [far, near], opacity = 1) => ({
    id, type: "line", ...of(layer, [id]), layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": colour(token), "line-opacity": opacity,
      "line-width": ["interpolate", ["exponential", 1.4], ["zoom"], 9, far, 15, near],
    },
  });
  /** @param {string} id
   *  @param {string[]} kinds
   *  @param {string} token
   *  @param {number} size
   *  @returns {LayerSpecification} */
  const names = (id, kinds, token, size) => ({
    id, type: "symbol", ...of("name", kinds),
    layout: {
      "text-field": isEnglish() ? ["coalesce", ["get", "en"], ["get", "zh"]] : ["get", "zh"],
      "text-font": FONT, "text-size": size, "text-max-width": 7, "text-padding": 4,
    },
    paint: { "text-color": colour(token), "text-halo-color": colour(land), "text-halo-width": 1.4 },
  });
  return [
    area("land", "land", land), area("green", "green", "--green"), area("rough_water", "water", "--water", 0.6), area("water", "water", "--water"),
    line("rough_stream", "stream", "--water", [2.5, 6], 0.6), line("stream", "stream", "--water", [1, 5]), area("building", "building", "--wash"),
    line("path", "road", "--line", [0.4, 1.2]), line("minor", "road", "--line", [0.4, 3]), line("main", "road", "--line", [1, 6]),
    line("motorway", "road", "--line", [1.6, 8]), line("rail", "rail", "--edge", [0.6, 1.5], 0.7), line("metro", "rail", "--lake", [1.2, 2.5], 0.45),
    line("border", "border", "--edge", [0.8, 1.4], 0.8),
    names("places", ["place"], "--lake", 12), names("stations", ["station"], "--lake", 12), names("towns", ["town", "village"], "--ink2", 12),
    names("waters", ["lake", "river"], "--lake", 12), names("districts", ["district"], "--ink2", 13),
  ];
}

/** @param {(token: string) => string} colour
 *  @param {string} mark
 *  @returns {LayerSpecification[]} */
function markLayers(colour, mark) {
  /** @param {"Polygon" | "Point"} kind
   *  @returns {{ source: string, filter: FilterSpecification }} */
  const of = (kind) => ({ source: "place", filter: ["==", ["geometry-type"], kind] });
  return [
    { id: "around", type: "fill", ...of("Polygon"), paint: { "fill-color": colour(mark), "fill-opacity": 0.18 } },
    { id: "ring", type: "line", ...of("Polygon"), paint: { "line-color": colour(mark), "line-width": 2 } },
    { id: "point", type: "circle", ...of("Point"), paint: {
      "circle-color": colour(mark), "circle-radius": 6, "circle-stroke-width": 3, "circle-stroke-color": colour("--card"),
    } },
  ];
}

/** A place (WGS-84 degrees), or several, as GeoJSON: its point, unless it `is_rough`, and the circle of
 *  its uncertainty in metres, if it has one; nothing for no place.
 *  @param {MarkedPlace | MarkedPlace[] | null} place
 *  @returns {FeatureCollection} */
export function markOf(place) {
  const places = [place ?? []].flat();
  /** @param {Geometry} geometry */
  const feature = (geometry) => ({ type: /** @type {const} */ ("Feature"), properties: {}, geometry });
  const around = places.flatMap((one) => one.uncertainty_m ? [feature({ type: "Polygon", coordinates: [circle(one, one.uncertainty_m)] })] : []);
  const points = places.filter(({ is_rough: isRough }) => !isRough)
    .map(({ longitude, latitude }) => feature({ type: "Point", coordinates: [longitude, latitude] }));
  return { type: "FeatureCollection", features: [...around, ...points] };
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
