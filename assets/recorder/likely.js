// "It may be": the taxa recorded most near here in this season, as pictures to tap.

import { element, icon, set } from "./element.js";
import { nameOf, tongueOf } from "./taxon_name.js";

/** @import { Likely, RecorderData, Sheet, Taxon } from "./types" */

const ROUGH = 1;                  // decimal places: ten kilometres, exact enough for this
const MOST = 6;
/** @type {Record<string, string>} */
const NOTES = { near_in_season: "likely_near", city_in_season: "likely_city_in_season", city: "likely_city" };

/** The approximate place and the day of a sighting, for a query: { lat, lon, on }; empty before
 *  consent. The exact place stays on the phone until the sighting is sent.
 *  @param {Pick<Sheet, "consent" | "draft">} pick
 *  @returns {Record<string, string>} */
export function roughly({ consent, draft }) {
  const { place, event_date: text } = draft.fields;
  if (!consent.agreement?.place) return {};
  return {
    ...(place ? { lat: place.latitude.toFixed(ROUGH), lon: place.longitude.toFixed(ROUGH) } : {}),
    ...(text ? { on: text.slice(0, 10) } : {}),
  };
}

/** The pictures for the chosen group; empty where there are no records.
 *  @param {Sheet} sheet
 *  @param {(taxon: Taxon) => void} choose */
export function likelyTiles(sheet, choose) {
  const { say, draft, data } = sheet;
  const list = element("div", { class: "likely-tiles", role: "group", "aria-label": say("likely") });
  const note = element("p", { class: "hint" });
  const node = element("div", { class: "likely", hidden: true }, element("p", { class: "label" }, say("likely")), list, note);
  let latest = "null";
  /** @param {Likely} likely */
  const show = ({ taxa = [], scope }) => {
    note.textContent = say(NOTES[scope ?? ""] ?? "likely_near");
    list.replaceChildren(...taxa.slice(0, MOST).map((taxon) => withGroup(taxon, data)).map((taxon) => tile(sheet, taxon, () => choose(taxon))));
    set(node, "hidden", !taxa.length);
  };
  const refresh = async () => {
    const { is_unknown: isUnknown, group } = draft.fields;
    const question = isUnknown && group ? { group, ...roughly(sheet) } : null;
    const text = JSON.stringify(question);
    if (text === latest) return;
    latest = text;
    const answer = question ? await sheet.fetchers.likely(question).catch(() => ({})) : {};
    if (text === latest) show(answer);
  };
  sheet.onChange(refresh);
  refresh();
  return node;
}

// In the form of a row of the search.
/** @param {NonNullable<Likely["taxa"]>[number]} nonNullable
 *  @param {RecorderData} recorderData
 *  @returns {Taxon} */
const withGroup = ({ chinese_name: chinese, count, photo, ...taxon }, { groups }) => ({
  vernacular_name: chinese, ...taxon, count, picture: taxon.picture ?? photo,
  group_name: groups.find(({ code }) => code === taxon.group)?.name ?? "",
});

/** @param {Pick<Sheet, "say" | "data">} pick
 *  @param {Taxon} taxon
 *  @param {() => void} onclick */
function tile({ say, data }, taxon, onclick) {
  const name = nameOf(taxon, data.language);
  const picture = taxon.picture ? element("img", { src: taxon.picture, alt: "", loading: "lazy" })
    : element("span", { class: "no", "aria-hidden": "true", lang: tongueOf(name) }, Array.from(name)[0] ?? icon("ask"));
  return element("button", { type: "button", class: "likely-tile", onclick }, element("span", { class: "art" }, picture,
    taxon.is_drawing && taxon.picture ? element("small", { class: "drawn" }, say("drawn")) : null),
    element("b", { lang: tongueOf(name) }, name), taxon.count ? element("small", {}, say("likely_count", { n: taxon.count })) : null);
}
