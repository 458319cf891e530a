// The species: searched in the checklist by Chinese, pinyin, Latin or English name, or by a picture.

import { Combobox } from "./combobox.js";
import { button, element, icon, set } from "./element.js";
import { groupTiles } from "./group_tiles.js";
import { likelyTiles, roughly } from "./likely.js";
import { rowForEnter } from "./name_search.js";
import { nameOf, tongueOf } from "./taxon_name.js";

/** @import { RecorderData, Sheet, Taxon, TaxonRow } from "./types" */

const QUERY_LENGTH = 80;
const TAP_MS = 700;               // the longest duration of a tap

/** The field with its list, the chosen taxon, and the groups for a species without a name yet.
 *  @param {Sheet} sheet */
export function taxonField(sheet) {
  const { say, draft } = sheet;
  const field = new TaxonSearch(sheet);
  const choice = element("div", { class: "chosen", hidden: true });
  const groups = groupTiles(sheet);
  const likely = likelyTiles(sheet, (taxon) => {
    field.take(taxon);
    choice.querySelector("button")?.focus();
  });
  const unknown = button("link", say("taxon_unknown"), () => toggle());
  const toggle = () => {
    const isUnknown = !draft.fields.is_unknown;
    field.clear();
    draft.change({ is_unknown: isUnknown, taxon: null, name: "", ...(isUnknown ? {} : { group: null }) });
    if (isUnknown) groups.querySelector("input")?.focus();
  };
  const error = element("p", { class: "error", id: field.errorId, "aria-live": "polite" });
  const node = element("div", { class: "field taxon", role: sheet.partRole, "aria-label": say("taxon") },
    field.label, field.node, choice, error, unknown, groups, likely);
  const refresh = () => {
    const { taxon, name, is_unknown: isUnknown } = draft.fields;
    const isNamed = Boolean(taxon || name);
    set(field.node, "hidden", isNamed || isUnknown);
    set(choice, "hidden", !isNamed);
    set(groups, "hidden", !isUnknown);
    set(unknown, "hidden", isNamed);
    unknown.textContent = say(isUnknown ? "taxon_known_after_all" : "taxon_unknown");
    unknown.setAttribute("aria-expanded", String(isUnknown));
    error.textContent = draft.errors.taxon ?? "";
    showChosen(sheet, choice, field);
  };
  sheet.register("taxon", field.input);
  sheet.onChange(refresh);
  sheet.beforeSend(() => field.takeTyped());
  refresh();
  return node;
}

/** @param {Sheet} sheet
 *  @param {HTMLElement} choice
 *  @param {TaxonSearch} field */
function showChosen({ draft, say, data }, choice, field) {
  const { taxon, name } = draft.fields;
  const key = taxon?.taxon_id ?? name;
  if (choice.dataset.key === key) return;
  choice.dataset.key = key;
  choice.replaceChildren();
  if (!key) return;
  const again = () => {
    draft.change({ taxon: null, name: "", establishment_means: null, count: null });
    field.input.focus();
  };
  choice.append(...rowOf(taxon ?? { vernacular_name: name, scientific_name: say("taxon_free_note"), isFree: true }, data.language),
    button("quiet", say("change_name"), again));
}

// Picture or first character, name, Latin name, group.
/** @param {Partial<TaxonRow>} taxon
 *  @param {string} language
 *  @returns {Node[]} */
function rowOf(taxon, language) {
  const name = nameOf(taxon, language);
  const picture = taxon.picture
    ? element("img", { src: taxon.picture, alt: "", loading: "lazy" })
    : element("span", { class: "no", "aria-hidden": "true", lang: tongueOf(name) }, Array.from(name)[0] ?? "");
  const also = taxon.other_name ? ` · ${taxon.other_name}` : "";
  const second = element(taxon.isFree ? "small" : "i", taxon.isFree ? {} : { lang: "la" }, taxon.scientific_name ?? "");
  const group = taxon.group_name ?? "";
  return [picture, element("span", { class: "names" }, element("b", { lang: tongueOf(name) }, name), second),
    element("small", { class: "group" }, group + also)];
}

/** @param {Partial<TaxonRow>} taxon
 *  @param {string} text */
const isCalled = (taxon, text) =>
  [taxon.vernacular_name, taxon.english_name, taxon.scientific_name].some((name) => name?.toLowerCase() === text.toLowerCase());

/** @extends {Combobox<TaxonRow>} */
class TaxonSearch extends Combobox {
  /** @param {Sheet} sheet */
  constructor({ say, data, draft, names, consent }) {
    super({
      label: say("taxon"), hint: say("taxon_hint"), listLabel: say("taxon_list"),
      seek: async (query, signal) => withFree(await names.find({ q: query.slice(0, QUERY_LENGTH), ...roughly({ consent, draft }) }, signal), query).map((row) => grouped(row, data)),
      draw: (taxon) => (taxon.isFree
        ? [icon("ask"), element("span", { class: "names" }, say("taxon_free", { name: taxon.vernacular_name }))]
        : rowOf(taxon, data.language)),
      choose: (taxon) => draft.change({
        ...(taxon.isFree ? { taxon: null, name: taxon.vernacular_name } : { taxon, name: "" }), is_unknown: false, group: null, typed: "",
      }),
      announce: (rows, query) => {
        const count = rows.filter(({ isFree }) => !isFree).length;
        return count ? say("taxon_found", { count }) : say("taxon_none", { name: query });
      },
      first: rowForEnter,
      near: { label: say("taxon_near"), holds: ({ fit }) => fit === "near" },
      onText: (text) => {
        draft.fields.typed = text;               // stored with each key, not shown yet
        draft.keep();
      },
    });
    this.names = names;
    this.input.value = draft.fields.typed;
  }

  // The field must not change during a tap, or the button would move away from the finger.
  left() {
    afterTap(() => this.takeTyped());
  }

  // Typed text without a choice is used as a name, so that it is not lost.
  takeTyped() {
    const typed = this.input.value.trim();
    if (!typed) return;
    const same = this.rows.find((taxon) => !taxon.isFree && isCalled(taxon, typed));
    this.choose(same ?? this.names.named(typed) ?? { isFree: true, vernacular_name: typed });
  }
}

let touchedAt = -Infinity;
document.addEventListener("pointerdown", () => { touchedAt = performance.now(); }, { capture: true, passive: true });

/** @param {() => void} work */
function afterTap(work) {
  if (performance.now() - touchedAt > TAP_MS) return work();
  const done = new AbortController();
  const end = () => {
    done.abort();
    clearTimeout(timer);
    work();
  };
  const timer = setTimeout(end, TAP_MS);
  document.addEventListener("click", () => setTimeout(end), { signal: done.signal });
  return null;
}

// The phone's own list has no words for groups.
/** @param {TaxonRow} row
 *  @param {RecorderData} recorderData
 *  @returns {TaxonRow} */
const grouped = (row, { groups }) => (row.isFree || row.group_name ? row
  : { ...row, group_name: groups.find(({ code }) => code === row.group)?.name ?? "" });

// What is not on the checklist may be written as it is.
/** @param {Taxon[]} taxa
 *  @param {string} query
 *  @returns {TaxonRow[]} */
const withFree = (taxa, query) =>
  (taxa.some((taxon) => isCalled(taxon, query)) ? taxa : [...taxa, { isFree: true, vernacular_name: query, scientific_name: "" }]);
