// A place to point at: the phone's own position, or a tap on our own map. The page learns a place of
// WGS-84 degrees as "place", or that there is none any more.

import { boundary, cityStyle, loadLibrary, loadStyle, markOf, NOTHING } from "../city_map/city_map.js";
import { button, element, fresh, set } from "../recorder/element.js";

const DECIMALS = 5; // a metre
const PATIENCE_MS = 15_000;
const theme = matchMedia("(prefers-color-scheme: dark)");

/** Draw the field in `root`; `tell(name, value)` hands "place" to the page. */
export function draw(root, data, tell) {
  const box = root.querySelector(".place");
  box.field ??= new PlaceField(box, data);
  box.field.tell = tell;
}

/** Let go of the map in `root`. */
export function close(root) {
  const field = root.querySelector(".place")?.field;
  theme.removeEventListener("change", field?.repaint);
  field?.map?.remove();
}

class PlaceField {
  constructor(box, { words, locale, centre, districts, known }) {
    Object.assign(this, { words, locale, centre, districts, place: known });
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
    this.map?.getSource("place")?.setData(markOf(this.place));
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
      loadLibrary(), boundary("districts"), boundary("water").catch(() => NOTHING), loadStyle(this.canvas),
    ]);
    const [latitude, longitude, zoom] = this.centre;
    const styled = () => cityStyle(this.canvas, { districts, water }, { mark: "--seal", place: this.place });
    const map = new maplibre.Map({
      container: this.canvas, style: styled(), attributionControl: false, locale: this.locale,
      center: [longitude, latitude], zoom, minZoom: 7, maxZoom: 17, cooperativeGestures: true,
      dragRotate: false, pitchWithRotate: false, touchPitch: false,
    });
    map.addControl(new maplibre.NavigationControl({ showCompass: false }));
    for (const district of this.districts) {
      const label = element("span", { class: "name", "aria-hidden": "true" }, district.name);
      new maplibre.Marker({ element: label }).setLngLat([district.longitude, district.latitude]).addTo(map);
    }
    this.repaint = () => map.setStyle(styled());
    theme.addEventListener("change", this.repaint);
    map.on("click", ({ lngLat }) => this.choose({ latitude: lngLat.lat, longitude: lngLat.lng }));
    map.once("idle", () => { this.canvas.dataset.ready = "yes"; });
    return map;
  }
}
