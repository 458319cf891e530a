// Advice in plain words, under the field that it concerns. It never prevents sending.

import { button, element, icon, set } from "./element.js";

/** @import { Advice, Sheet } from "./types" */

const MOST = 2;                   // a wall of remarks is read by nobody
const HOMES = ["place", "event_date", "count"];

/** The remarks about these fields ("" takes what concerns no field of the form).
 *  @param {Sheet} sheet
 *  @param {...string} fields
 *  @returns {HTMLElement} */
export function advice(sheet, ...fields) {
  const list = element("ul", { class: "advice-lines" });
  const node = element("div", { role: "status", hidden: true }, list);  // a list stays a list
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

// A button that takes over the likelier place.
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
