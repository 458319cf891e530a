// A place by its name: a district, a known place, or pasted coordinates.

import { Combobox } from "./combobox.js";
import { coordinatesIn } from "./coordinates.js";
import { inWgs84 } from "./datum.js";
import { element, fresh, icon, set } from "./element.js";
import { byNearness, districtsLike, mayTakeFirst, MOST_ASKED, MOST_SHOWN, offered } from "./place_rows.js";
import { distance } from "./words.js";

/** @import { Datum, Fix, Place, PlaceRow, Say, Sheet, Way } from "./types" */

const QUERY_LENGTH = 40;
/** @type {Record<Datum, string>} */
const DATUM_WORDS = { "GCJ-02": "datum_maps", "BD-09": "datum_baidu", "WGS-84": "datum_gps" };

/** The part of the panel: the field, and for coordinates the question which datum they are in.
 *  @param {Sheet} sheet
 *  @returns {Way} */
export function namedPart(sheet) {
  const { say, data, draft } = sheet;
  const datum = datumChoice(sheet);
  const note = element("p", { class: "hint", role: "status" });
  /** @param {string} text */
  const refuseNumbers = (text) => datum.show(sheet.mayUsePlace() ? coordinatesIn(text, data.box) : null);
  /** @type {Combobox<PlaceRow>} */
  const field = new Combobox({
    label: say("place_search"), hint: say("place_search_hint"), listLabel: say("place_list"), icon: "flag", isOpenEmpty: true,
    seek: async (query, signal) => (coordinatesIn(query, data.box) ? [] : seek(sheet, query, signal)),
    draw: (row) => drawn(say, row),
    choose: (row) => draft.change({ place: placeOf(row) }),
    announce: (rows, query) => announced(say, rows, query && !coordinatesIn(query, data.box)),
    first: (rows) => (mayTakeFirst(rows) ? 0 : -1),
    near: { label: say("place_unknown"), holds: ({ isOffer }) => Boolean(isOffer) },
    onText: refuseNumbers,
  });
  const refresh = () => {
    const { place } = draft.fields;
    const isNamed = place?.source === "named";
    note.textContent = isNamed ? say("named_note", { name: place.name || sheet.districtName(place), distance: distance(say, place.uncertainty_m) }) : "";
  };
  sheet.onChange(refresh);
  refresh();
  const node = element("div", { class: "part", id: fresh("way"), hidden: true }, field.label, field.node, datum.node, note);
  field.label.className = "label";
  return { node, start: () => {} };
}

// What is nowhere is said to be so, and the districts are an offer. Without an answer nothing is known.
/** @param {Sheet} sheet
 *  @param {string} query
 *  @param {AbortSignal} signal
 *  @returns {Promise<PlaceRow[]>} */
async function seek({ fetchers, data, draft, recorder }, query, signal) {
  const near = draft.fields.place ?? recorder.lastFix;
  const most = near && query ? MOST_ASKED : MOST_SHOWN;
  const answer = await fetchers.places(query.slice(0, QUERY_LENGTH), signal, most).catch(() => null);
  if (!answer) return districtsLike(data.districts, query);
  if (!answer.length) return offered(data.districts, query);
  return query ? byNearness(answer, near) : answer;
}

/** @param {Say} say
 *  @param {PlaceRow[]} rows
 *  @param {string | boolean} isAsked */
function announced(say, rows, isAsked) {
  if (!isAsked) return "";
  return rows.some(({ isOffer }) => isOffer) ? say("place_unknown") : say("place_found", { count: rows.length });
}

/** @param {PlaceRow} placeRow
 *  @returns {Place} */
const placeOf = ({ kind, name, district, latitude, longitude, uncertainty_m }) => ({
  latitude, longitude, uncertainty_m, district, source: "named", datum: "WGS-84", name: kind === "district" ? null : name,
});

/** @param {Say} say
 *  @param {PlaceRow} placeRow */
function drawn(say, { kind, name, district_name: district, uncertainty_m: metres }) {
  const where = kind === "district" || !district ? "" : district;
  const circle = say("located", { distance: distance(say, metres) });
  return [icon(kind === "district" ? "map" : "pin"),
    element("span", { class: "names" }, element("b", {}, name), element("small", {}, [where, circle].filter(Boolean).join(" · ")))];
}

// AMap, WeChat and Tencent show places some 500 m from where GPS has them. The numbers do not reveal
// their datum, so the person is asked.
/** @param {Sheet} sheet */
function datumChoice({ say, draft }) {
  const name = fresh("datum");
  const figures = element("p", { class: "figures" });
  const group = element("div", { class: "segments" });
  const node = element("fieldset", { class: "datum", hidden: true }, element("legend", { class: "label" }, say("datum")),
    figures, group, element("p", { class: "hint" }, say("datum_note")));
  /** @type {Fix | null} */
  let figuresNow = null;
  /** @param {Datum} datum */
  const choose = (datum) => figuresNow && draft.change({ place: placeFromFigures(figuresNow, datum) });
  group.append(.../** @type {Datum[]} */ (["GCJ-02", "BD-09", "WGS-84"]).map((datum) => element("label", { class: "segment" },
    element("input", { type: "radio", name, value: datum, onchange: () => choose(datum) }),
    element("span", {}, say(DATUM_WORDS[datum])))));
  /** @param {Fix | null} fix */
  const show = (fix) => {
    const isNew = JSON.stringify(fix) !== JSON.stringify(figuresNow);
    figuresNow = fix;
    set(node, "hidden", !fix);
    if (!fix || !isNew) return;
    figures.textContent = say("datum_figures", { latitude: fix.latitude, longitude: fix.longitude });
    for (const radio of group.querySelectorAll("input")) radio.checked = false;
  };
  return { node, show };
}

/** @param {Fix} fix
 *  @param {Datum} datum
 *  @returns {Place} */
function placeFromFigures({ uncertainty_m, ...given }, datum) {
  const { latitude, longitude } = inWgs84(given, datum);
  return { latitude: Number(latitude.toFixed(6)), longitude: Number(longitude.toFixed(6)), uncertainty_m,
    source: "map", name: null, datum, given };
}
