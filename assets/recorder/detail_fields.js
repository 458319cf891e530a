// Optional fields: how many, wild or planted, a note, and whether the exact place is hidden.

import { groupOf, isAnimal, originOf } from "./draft.js";
import { element, fresh, icon, set } from "./element.js";

/** @import { Sheet } from "./types" */

const COUNT_MAX = 100_000;
const NOTE_MAX = 2000;
const ORIGINS = ["wild", "planted_or_captive", "unsure"];

/** "How many": a stepper, shown for animals only; empty means not counted.
 *  @param {Sheet} sheet */
export function countField(sheet) {
  const { say, draft } = sheet;
  const id = fresh("count");
  const error = element("p", { class: "error", id: `${id}-error`, "aria-live": "polite" });
  /** @param {number} count */
  const write = (count) => draft.change({ count: count > 0 ? Math.min(count, COUNT_MAX) : null });
  const input = element("input", { id, type: "text", inputmode: "numeric", autocomplete: "off", placeholder: "–",
    maxlength: "6", "aria-describedby": error.id, oninput: ({ target }) => write(Number.parseInt(target.value, 10) || 0) });
  /** @param {number} change
   *  @param {string} sign
   *  @param {string} words */
  const step = (change, sign, words) => element("button", { type: "button", class: "step", "aria-label": words,
    onclick: () => write((draft.fields.count ?? 0) + change) }, sign);
  const node = element("div", { class: "field row" }, element("label", { class: "question", for: id }, say("count")),
    element("div", { class: "stepper" }, step(-1, "−", say("count_less")), input, step(1, "+", say("count_more"))), error);
  const refresh = () => {
    set(node, "hidden", !isAnimal(groupOf(draft.fields)));
    const text = draft.fields.count === null ? "" : String(draft.fields.count);
    if (input.value !== text) input.value = text;
    showProblem(sheet, "count", error, input);
  };
  return alive(sheet, "count", input, node, refresh);
}

/** "Wild or planted": shown for every plant, and for nothing else; an animal counts as wild.
 *  @param {Sheet} sheet */
export function originField(sheet) {
  const { say, draft } = sheet;
  const name = fresh("origin");
  const error = element("p", { class: "error", id: `${name}-error`, "aria-live": "polite" });
  /** @param {string} origin */
  const choice = (origin) => element("label", { class: "segment" },
    element("input", { type: "radio", name, value: origin, onchange: () => draft.change({ establishment_means: origin }) }),
    element("span", {}, say(`origin_${origin}`)));
  const group = element("div", { class: "segments" }, ORIGINS.map(choice));
  const node = element("fieldset", { class: "field", "aria-describedby": error.id, tabindex: "-1" },
    element("legend", { class: "question" }, say("origin")), group, error);
  const refresh = () => {
    set(node, "hidden", groupOf(draft.fields) !== "plant");
    const origin = draft.fields.establishment_means ?? originOf(draft.fields);
    for (const radio of group.querySelectorAll("input")) radio.checked = radio.value === origin;
    showProblem(sheet, "establishment_means", error);
  };
  return alive(sheet, "establishment_means", node, node, refresh);
}

/** A note of up to 2,000 characters; longer text stays, with an error.
 *  @param {Sheet} sheet */
export function noteField(sheet) {
  const { say, draft } = sheet;
  const id = fresh("note");
  const error = element("p", { class: "error", id: `${id}-error`, "aria-live": "polite" });
  const left = element("small", { class: "left", id: `${id}-left` });
  const area = element("textarea", { id, rows: "2", placeholder: say("note_hint"), "aria-describedby": `${left.id} ${error.id}`,
    oninput: ({ target }) => draft.change({ note: target.value }) });
  area.value = draft.fields.note;
  const node = element("div", { class: "field" }, element("label", { class: "question", for: id }, say("note")), area, left, error);
  const refresh = () => {
    const length = Array.from(draft.fields.note).length;
    left.textContent = length ? say("note_left", { left: NOTE_MAX - length }) : say("note_private");
    left.dataset.over = length > NOTE_MAX ? "yes" : "no";
    showProblem(sheet, "note", error, area);
  };
  return alive(sheet, "note", area, node, refresh);
}

/** The switch of every record with which others see only an approximate place.
 *  @param {Sheet} sheet */
export function hideField(sheet) {
  const { say, draft } = sheet;
  const id = fresh("hide");
  const box = element("input", { type: "checkbox", role: "switch", "aria-describedby": id,
    onchange: ({ target }) => draft.change({ hide_exact_place: target.checked }) });
  const node = element("label", { class: "switch" }, icon("shield"),
    element("span", { class: "words" }, element("b", {}, say("hide_place")), element("small", { id }, say("hide_place_note"))), box);
  const refresh = () => { box.checked = draft.fields.hide_exact_place; };
  return alive(sheet, "hide_exact_place", box, node, refresh);
}

/** @param {Sheet} sheet
 *  @param {string} field
 *  @param {HTMLElement} error
 *  @param {HTMLElement | null} input */
function showProblem({ draft }, field, error, input = null) {
  const problem = draft.errors[field] ?? "";
  if (error.textContent !== problem) error.textContent = problem;
  if (input) set(input, "aria-invalid", problem ? "true" : null);
}

/** @param {Sheet} sheet
 *  @param {string} field
 *  @param {HTMLElement} focus
 *  @param {HTMLElement} node
 *  @param {() => void} refresh */
function alive(sheet, field, focus, node, refresh) {
  sheet.register(field, focus);
  sheet.onChange(refresh);
  refresh();
  return node;
}
