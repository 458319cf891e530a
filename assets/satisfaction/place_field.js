// A place to point at: the phone's own position, or a tap on our own map. The page learns a place of
// WGS-84 degrees as "place", or that there is none any more.

import { button, element, fresh, set } from "../recorder/element.js";

const VENDOR = new URL("../vendor/maplibre-gl/", import.meta.url);
const DECIMALS = 5; // a metre
const PATIENCE_MS = 15_000;
const EMPTY = { type: "FeatureCollection", features: [] };
let library = null;

/** Draw the field in `root`; `tell(name, value)` hands "place" to the page. */
export function draw(root, data, tell) {
  const box = root.querySelector(".place");
  box.field ??= new PlaceField(box, data);
  box.field.tell = tell;
}

/** Let go of the map in `root`. */
export function close(root) {
  root.querySelector(".place")?.field?.map?.remove();
}

class PlaceField {
  constructor(box, { words, centre, districts, known }) {
    Object.assign(this, { words, centre, districts, place: known });
    this.said = element("p", { class: "said", role: "status", id: fresh("said") });
    this.canvas = element("div", { class: "map", role: "region", "aria-label": words.map, hidden: true });
    this.opener = button("quiet", words.open, () => this.open());
    this.clearer = button("quiet", words.clear, () => this.choose(null));
    const mine = button("quiet", words.mine, () => this.locate());
    box.replaceChildren(element("div", { class: "ways" }, mine, this.opener, this.clearer), this.canvas, this.said);
    this.show();
  }

  locate() {
    this.said.textContent = this.words.searching;
    const denied = () => { this.said.textContent = this.words.denied; this.open(); };
    if (!navigator.geolocation) return denied();
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.choose({ latitude: coords.latitude, longitude: coords.longitude }), denied,
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 60_000 },
    );
    return undefined;
  }

  choose(place) {
    const round = (value) => Number(value.toFixed(DECIMALS));
    this.place = place && { latitude: round(place.latitude), longitude: round(place.longitude) };
    this.show();
    this.tell("place", this.place ?? { none: true });
  }

  show() {
    this.said.textContent = this.place ? this.words.chosen : "";
    set(this.clearer, "hidden", !this.place);
    this.marker?.remove();
    if (!this.place || !this.map) return;
    this.marker = new globalThis.maplibregl.Marker().setLngLat([this.place.longitude, this.place.latitude]).addTo(this.map);
  }

  async open() {
    set(this.canvas, "hidden", false);
    set(this.opener, "hidden", true);
    try {
      this.map ??= await this.opened();
      this.show();
    } catch {
      set(this.canvas, "hidden", true);
      this.said.textContent = this.words.failed;
    }
  }

  async opened() {
    const [maplibre, districts, water] = await Promise.all([
      loadLibrary(), boundary("districts"), boundary("water").catch(() => EMPTY), loadStyle(this.canvas),
    ]);
    const [latitude, longitude, zoom] = this.centre;
    const map = new maplibre.Map({
      container: this.canvas, style: styleOf(this.canvas, districts, water), attributionControl: false,
      center: [longitude, latitude], zoom, minZoom: 7, maxZoom: 17, cooperativeGestures: true,
      dragRotate: false, pitchWithRotate: false, touchPitch: false,
    });
    map.addControl(new maplibre.NavigationControl({ showCompass: false }));
    for (const district of this.districts) {
      const label = element("span", { class: "name", "aria-hidden": "true" }, district.name);
      new maplibre.Marker({ element: label }).setLngLat([district.longitude, district.latitude]).addTo(map);
    }
    map.on("click", ({ lngLat }) => this.choose({ latitude: lngLat.lat, longitude: lngLat.lng }));
    map.once("idle", () => { this.canvas.dataset.ready = "yes"; });
    return map;
  }
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

function styleOf(box, districts, water) {
  const tokens = getComputedStyle(box);
  const colour = (name) => tokens.getPropertyValue(name).trim() || "#888888";
  const layer = (id, type, source, paint, kind) =>
    ({ id, type, paint, ...(source && { source }), ...(kind && { filter: ["==", ["geometry-type"], kind] }) });
  const source = (data) => ({ type: "geojson", data });
  return {
    version: 8,
    sources: { districts: source(districts), water: source(water) },
    layers: [
      layer("ground", "background", null, { "background-color": colour("--wash") }),
      layer("land", "fill", "districts", { "fill-color": colour("--paper") }),
      layer("lakes", "fill", "water", { "fill-color": colour("--c2"), "fill-opacity": 0.55 }, "Polygon"),
      layer("rivers", "line", "water", { "line-color": colour("--c2"), "line-width": 3, "line-opacity": 0.7 }, "LineString"),
      layer("borders", "line", "districts", { "line-color": colour("--edge"), "line-width": 1 }),
    ],
  };
}
