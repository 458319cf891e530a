// One place on the map of the city, with the circle it may lie in. No network: borders and water
// are our own files. The words come from the page; the map is kept while its place changes.

const VENDOR = new URL("../vendor/maplibre-gl/", import.meta.url);
const EQUATOR_M = 40_075_016.686;
const TILE_PX = 512;
const NEAREST_ZOOM = 9.7;
const LABELS_FROM_ZOOM = 8.6;
const WIDEST_ZOOM = 8;
const EMPTY = { type: "FeatureCollection", features: [] };
const maps = new WeakMap();
let library = null;

/** Show `data.place` in `root`; called again with each new place. */
export function show(root, data) {
  const box = root.querySelector(".map");
  box.setAttribute("aria-label", data.label);
  const known = maps.get(root);
  if (known) known.then((map) => map?.move(data.place));
  else maps.set(root, open(root, box, data).catch(() => fail(box, data.failed)));
}

/** Let go of the map in `root`. */
export function close(root) {
  maps.get(root)?.then((map) => map?.close());
  maps.delete(root);
}

async function open(root, box, data) {
  const [maplibre, districts, water] = await Promise.all([
    loadLibrary(), boundary("districts"), boundary("water").catch(() => EMPTY), loadStyle(box),
  ]);
  const sources = { districts, water };
  let place = data.place;
  const map = new maplibre.Map({
    container: box, style: styleOf(box, sources, place), attributionControl: false, cooperativeGestures: true,
    dragRotate: false, pitchWithRotate: false, touchPitch: false, maxZoom: 17, minZoom: 7,
    locale: data.locale, ...viewOf(place, box),
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  label(map, maplibre, data.districts);
  const theme = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => map.setStyle(styleOf(box, sources, place));
  theme.addEventListener("change", paint);
  map.once("idle", () => { box.dataset.ready = "yes"; });
  return {
    move(next) {
      place = next;
      map.getSource("place")?.setData(markOf(place));
      map.jumpTo(viewOf(place, box));
    },
    close() {
      theme.removeEventListener("change", paint);
      map.remove();
    },
  };
}

// The names are elements over the map: text on the canvas would need a font file for its glyphs.
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

function fail(box, words) {
  box.textContent = words;
  box.dataset.failed = "yes";
}

function loadLibrary() {
  library ??= globalThis.maplibregl ? Promise.resolve(globalThis.maplibregl) : new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = new URL("maplibre-gl.js", VENDOR).href;
    script.onload = () => done(globalThis.maplibregl);
    script.onerror = () => failed(new Error("maplibre-gl.js"));
    document.head.append(script);
  }).catch((error) => { library = null; throw error; });
  return library;
}

function loadStyle(box) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("maplibre-gl.css", VENDOR).href;
  const loaded = new Promise((done) => { link.onload = link.onerror = done; });
  box.before(link);
  return loaded;
}

async function boundary(name) {
  const answer = await fetch(new URL(`../boundaries/${name}.geojson`, import.meta.url));
  if (!answer.ok) throw new Error(name);
  return answer.json();
}

// The whole circle in view, and the district round it: our map knows no streets.
function viewOf({ latitude, longitude, uncertainty_m: metres }, box) {
  const across = Math.max(metres ?? 0, 60) * 2.6;
  const metresPerPixel = across / Math.max(120, Math.min(box.clientWidth, box.clientHeight));
  const zoom = Math.log2((EQUATOR_M * Math.cos((latitude * Math.PI) / 180)) / (TILE_PX * metresPerPixel));
  return { center: [longitude, latitude], zoom: Math.max(WIDEST_ZOOM, Math.min(NEAREST_ZOOM, zoom)) };
}

function styleOf(box, { districts, water }, place) {
  const tokens = getComputedStyle(box);
  const colour = (name) => tokens.getPropertyValue(name).trim() || "#888888";
  const layer = (id, type, source, paint, kind) =>
    ({ id, type, paint, ...(source && { source }), ...(kind && { filter: ["==", ["geometry-type"], kind] }) });
  const source = (data) => ({ type: "geojson", data });
  return {
    version: 8,
    sources: { districts: source(districts), water: source(water), place: source(markOf(place)) },
    layers: [
      layer("ground", "background", null, { "background-color": colour("--wash") }),
      layer("land", "fill", "districts", { "fill-color": colour("--paper") }),
      layer("lakes", "fill", "water", { "fill-color": colour("--c2"), "fill-opacity": 0.55 }, "Polygon"),
      layer("rivers", "line", "water", { "line-color": colour("--c2"), "line-width": 3, "line-opacity": 0.7 }, "LineString"),
      layer("borders", "line", "districts", { "line-color": colour("--edge"), "line-width": 1 }),
      layer("around", "fill", "place", { "fill-color": colour("--lake"), "fill-opacity": 0.18 }, "Polygon"),
      layer("ring", "line", "place", { "line-color": colour("--lake"), "line-width": 2 }, "Polygon"),
      layer("point", "circle", "place", {
        "circle-color": colour("--lake"), "circle-radius": 6, "circle-stroke-width": 3, "circle-stroke-color": colour("--card"),
      }, "Point"),
    ],
  };
}

function markOf(place) {
  const feature = (type, coordinates) => ({ type: "Feature", properties: {}, geometry: { type, coordinates } });
  const around = place.uncertainty_m ? [feature("Polygon", [circle(place)])] : [];
  const point = place.is_rough ? [] : [feature("Point", [place.longitude, place.latitude])];
  return { type: "FeatureCollection", features: [...around, ...point] };
}

// 64 points round the place, on a sphere small enough to be flat.
function circle({ latitude, longitude, uncertainty_m: metres }) {
  const north = (metres / EQUATOR_M) * 360;
  const east = north / Math.cos((latitude * Math.PI) / 180);
  return Array.from({ length: 65 }, (_, step) => {
    const angle = (step / 64) * 2 * Math.PI;
    return [longitude + east * Math.cos(angle), latitude + north * Math.sin(angle)];
  });
}
