// Place and time of the sighting in two cells; each opens the panel where it can be corrected.

import { isInCity } from "./districts.js";
import { element, icon, set } from "./element.js";
import { distance } from "./words.js";

/** @import { Place, Say, Sheet } from "./types" */

/** The row; `panels` are the two panels it opens: { place, time }.
 *  @param {Sheet} sheet
 *  @param {{ place: HTMLElement, time: HTMLElement }} panels */
export function factsRow(sheet, panels) {
  const place = cell(sheet, "place", panels.place);
  const time = cell(sheet, "event_date", panels.time);
  const outside = element("p", { class: "advice", role: "status" });
  const node = element("div", {},
    element("ul", { class: "facts" }, element("li", {}, place.node), element("li", {}, time.node)), outside);
  const refresh = () => {
    const { photos, is_open: isOpen } = sheet.draft.fields;
    set(node, "hidden", !photos.length && !isOpen);
    fill(place, ...placeWords(sheet), Boolean(sheet.problemAt("place")));
    const words = outsideWords(sheet);
    if (outside.textContent !== words) outside.textContent = words;
    set(outside, "hidden", !words);
    fill(time, ...timeWords(sheet), Boolean(sheet.problemAt("event_date")));
  };
  sheet.onChange(refresh);
  refresh();
  return node;
}

/** @param {Sheet} sheet
 *  @param {string} field
 *  @param {HTMLElement} panel */
function cell(sheet, field, panel) {
  const lead = element("b");
  const source = element("small");
  const toggle = () => sheet.open(panel, Boolean(panel.hidden));
  const node = element("button", { type: "button", class: "fact", "aria-controls": panel.id, onclick: toggle },
    lead, source, element("span", { class: "spoken" }, sheet.say("change")), icon("next", "icon end"));
  const follow = () => node.setAttribute("aria-expanded", String(!panel.hidden));
  panel.addEventListener("toggled", follow);
  follow();
  sheet.register(field, node);
  return { node, lead, source };
}

/** @param {ReturnType<typeof cell>} returnType
 *  @param {string} words
 *  @param {string} note
 *  @param {boolean} isMissing */
function fill({ node, lead, source }, words, note, isMissing) {
  lead.textContent = words;
  source.textContent = note;
  node.dataset.missing = isMissing ? "yes" : "no";
}

/** @param {Sheet} sheet
 *  @returns {[string, string]} */
function placeWords({ draft, say, districtName }) {
  const { place } = draft.fields;
  if (!place) return [say("place_none"), say("place_none_note")];
  const name = [districtName(place), place.name].filter(Boolean).join(" ");
  const figures = `${place.latitude.toFixed(4)}, ${place.longitude.toFixed(4)}`;
  return [name || figures, sourceWords(say, place)];
}

/** That the place is not in the city; "" where it is, or where there is none.
 *  @param {Sheet} sheet */
function outsideWords(sheet) {
  const { draft, data, say } = sheet;
  const { place } = draft.fields;
  if (!place || isInCity(place, data.box)) return "";
  return say(place.source === "exif" ? "photo_outside" : "outside_city");
}

/** @param {Say} say
 *  @param {Place} place */
function sourceWords(say, { source, uncertainty_m: metres, is_carried: isCarried, given }) {
  const values = { distance: distance(say, metres) };
  if (isCarried) return say("place_carried", values);
  return given ? say("place_from_pasted", values) : say(`place_from_${source}`, values);
}

/** @param {Sheet} sheet
 *  @returns {[string, string]} */
function timeWords({ draft, say, writeDate }) {
  const { event_date: text, time_known: known, time_source: source } = draft.fields;
  if (!text) return [say("time_none"), say("time_none_note")];
  return [writeDate(new Date(text), known), say(`time_from_${source ?? "person"}`)];
}
