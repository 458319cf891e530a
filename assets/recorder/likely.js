// "It may be": what is most recorded around here in this season, as pictures to tap.

import { element, icon, set } from "./element.js";
import { nameOf, tongueOf } from "./taxon_field.js";

const ROUGH = 2;                  // decimal places: about a kilometre, which is near enough for this
const MOST = 6;

/** The pictures for the chosen group; nothing where nobody knows. */
export function likelyTiles(sheet, choose) {
  const { say, draft, data } = sheet;
  const list = element("div", { class: "likely-tiles", role: "group", "aria-label": say("likely") });
  const node = element("div", { class: "likely", hidden: true }, element("p", { class: "label" }, say("likely")), list,
    element("p", { class: "hint" }, say("likely_note")));
  let asked = "";
  const show = (taxa) => {
    list.replaceChildren(...taxa.slice(0, MOST).map((taxon) => tile(sheet, taxon, () => choose(taxon))));
    set(node, "hidden", !taxa.length);
  };
  const refresh = async () => {
    const question = questionOf(draft.fields);
    if (question === asked) return;
    asked = question;
    if (!question) return show([]);
    const found = await sheet.fetchers.likely(question).catch(() => []);
    if (question === asked) show(found.map((taxon) => withGroup(taxon, data)));
  };
  sheet.onChange(refresh);
  refresh();
  return node;
}

// The exact place stays on the phone until the sighting is sent.
function questionOf({ is_unknown: isUnknown, group, place, event_date: text }) {
  if (!isUnknown || !group) return "";
  const question = new URLSearchParams({ group });
  if (place) question.set("lat", place.latitude.toFixed(ROUGH));
  if (place) question.set("lon", place.longitude.toFixed(ROUGH));
  if (text) question.set("on", text.slice(0, 10));
  return question.toString();
}

// As a row of the search would have it.
const withGroup = ({ chinese_name: chinese, count, photo, ...taxon }, { groups }) => ({
  vernacular_name: chinese, ...taxon, count, picture: taxon.picture ?? photo,
  group_name: groups.find(({ code }) => code === taxon.group)?.name ?? "",
});

function tile({ say, data }, taxon, onclick) {
  const name = nameOf(taxon, data.language);
  const picture = taxon.picture ? element("img", { src: taxon.picture, alt: "", loading: "lazy" })
    : element("span", { class: "no", "aria-hidden": "true", lang: tongueOf(name) }, Array.from(name)[0] ?? icon("ask"));
  return element("button", { type: "button", class: "likely-tile", onclick }, element("span", { class: "art" }, picture),
    element("b", { lang: tongueOf(name) }, name), taxon.count ? element("small", {}, say("likely_count", { n: taxon.count })) : null);
}
