// Advice as sentences, under the field that it concerns. It never prevents sending.

import { button, element, icon, set } from "./element.js";

/** @import { Advice, Sheet } from "./types" */

const MOST = 2;                   // more remarks would not be read
const HOMES = ["place", "event_date", "count"];

/** The remarks on these fields ("" for remarks on no field of the form).
 *  @param {Sheet} sheet
 *  @param {...string} fields
 *  @returns {HTMLElement} */
export function advice(sheet, ...fields) {
  const list = element("ul", { class: "advice-lines" });
  const node = element("div", { role: "status", hidden: true }, list);  // the list's own role stays
  const refresh = () => {
    const lines = sheet.draft.advice.filter((line) => fields.includes(homeOf(line))).slice(0, MOST);
    const text = JSON.stringify(lines);
    if (list.dataset.text === text) return;
    list.dataset.text = text;
    set(node, "hidden", !lines.length);
    list.replaceChildren(...lines.map((line) => element("li", {}, icon("ask"), element("span", {}, line.message, better(sheet, line)))));
  };
  sheet.onChange(refresh);
  refresh();
  return node;
}

// A button that sets the more likely place.
/** @param {Sheet} sheet
 *  @param {Advice} advice */
function better({ say, draft }, { suggestion }) {
  const { place } = draft.fields;
  if (!suggestion || !place) return null;
  const { given, ...rest } = place;
  const take = () => draft.change({ place: { ...rest, ...suggestion, datum: "WGS-84", district: undefined } });
  return button("link", say("advice_take"), take);
}

/** @param {Advice} advice */
const homeOf = ({ field }) => (HOMES.includes(field) ? field : "");
