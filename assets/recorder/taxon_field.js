// Who it is: a combobox over the checklist (ARIA 1.2), by Chinese, pinyin, Latin or English name.

import { button, element, fresh, icon, set } from "./element.js";
import { groupTiles } from "./group_tiles.js";

const PAUSE_MS = 120;
const QUERY_LENGTH = 80;
const LIST_ROOM_PX = 420;

/** The field with its list, what was chosen, and the groups for what nobody can name yet. */
export function taxonField(recorder) {
  const { say, draft } = recorder;
  const field = new TaxonSearch(recorder);
  const chosen = element("div", { class: "chosen", hidden: true });
  const groups = groupTiles(recorder);
  const unknown = button("link", say("taxon_unknown"), () => toggle());
  const toggle = () => {
    const isUnknown = !draft.fields.is_unknown;
    field.clear();
    draft.change({ is_unknown: isUnknown, taxon: null, name: "", ...(isUnknown ? {} : { group: null }) });
    if (isUnknown) groups.querySelector("input").focus();
  };
  const error = element("p", { class: "error", id: field.errorId, "aria-live": "polite" });
  const node = element("section", { class: "field", "aria-label": say("taxon") },
    field.label, field.node, chosen, error, unknown, groups);
  const refresh = () => {
    const { taxon, name, is_unknown: isUnknown } = draft.fields;
    const isNamed = Boolean(taxon || name);
    set(field.node, "hidden", isNamed || isUnknown);
    set(chosen, "hidden", !isNamed);
    set(groups, "hidden", !isUnknown);
    set(unknown, "hidden", isNamed);
    unknown.textContent = say(isUnknown ? "taxon_known_after_all" : "taxon_unknown");
    unknown.setAttribute("aria-expanded", String(isUnknown));
    error.textContent = draft.errors.taxon ?? "";
    showChosen(recorder, chosen, field);
  };
  recorder.register("taxon", field.input);
  recorder.onChange(refresh);
  recorder.beforeSend(() => field.takeTyped());
  refresh();
  return node;
}

function showChosen({ draft, say, data }, chosen, field) {
  const { taxon, name } = draft.fields;
  const key = taxon?.taxon_id ?? name;
  if (chosen.dataset.key === key) return;
  chosen.dataset.key = key;
  chosen.replaceChildren();
  if (!key) return;
  const again = () => {
    draft.change({ taxon: null, name: "", establishment_means: null, count: null });
    field.input.focus();
  };
  chosen.append(...rowOf(taxon ?? { vernacular_name: name, scientific_name: say("taxon_free_note"), isFree: true }, data.language),
    button("quiet", say("change_name"), again));
}

// Picture or first character, name, Latin name, group.
function rowOf(taxon, language) {
  const name = nameOf(taxon, language);
  const picture = taxon.picture
    ? element("img", { src: taxon.picture, alt: "", loading: "lazy" })
    : element("span", { class: "no", "aria-hidden": "true", lang: tongueOf(name) }, Array.from(name)[0] ?? "");
  const second = element(taxon.isFree ? "small" : "i", taxon.isFree ? {} : { lang: "la" }, taxon.scientific_name ?? "");
  const group = taxon.group_name ?? "";
  return [picture, element("span", { class: "names" }, element("b", { lang: tongueOf(name) }, name), second),
    element("small", { class: "group" }, group)];
}

/** How a taxon is called in the visitor's language, else in the other, else in Latin. */
export function nameOf({ vernacular_name: chinese, english_name: english, scientific_name: latin }, language) {
  return (language === "en" ? english || chinese : chinese || english) || latin;
}

/** The `lang` of a name that may stand on a page in the other language. */
export const tongueOf = (name) => (/\p{Script=Han}/u.test(name) ? "zh-CN" : undefined);

const isCalled = (taxon, text) =>
  [taxon.vernacular_name, taxon.english_name, taxon.scientific_name].some((name) => name?.toLowerCase() === text.toLowerCase());

class TaxonSearch {
  constructor(recorder) {
    this.recorder = recorder;
    this.rows = [];
    this.at = -1;
    this.asked = 0;
    this.build(recorder.say);
  }

  build(say) {
    const [id, listId] = [fresh("taxon"), fresh("taxa")];
    this.errorId = fresh("taxon-error");
    this.label = element("label", { class: "question", for: id }, say("taxon"));
    this.count = element("p", { class: "spoken", role: "status" });
    this.list = element("ul", { id: listId, role: "listbox", "aria-label": say("taxon_list"), hidden: true });
    this.input = element("input", {
      id, type: "text", role: "combobox", placeholder: say("taxon_hint"), autocomplete: "off",
      autocapitalize: "off", spellcheck: "false", enterkeyhint: "search", maxlength: "120",
      "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list",
      "aria-describedby": this.errorId,
      oninput: () => this.later(), onkeydown: (event) => this.press(event), onblur: () => this.takeTyped(),
      onfocus: () => this.meet(),
    });
    this.node = element("div", { class: "search" },
      element("div", { class: "box" }, icon("search"), this.input), this.list, this.count);
  }

  // The list needs room between the field and the button at the edge (or the keyboard).
  meet() {
    if (innerHeight - this.input.getBoundingClientRect().bottom < LIST_ROOM_PX) this.label.scrollIntoView({ block: "start" });
    if (this.input.value) this.later();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.seek(), PAUSE_MS);
  }

  // Answers that come after a newer question are dropped.
  async seek() {
    const query = this.input.value.trim();
    this.aborter?.abort();
    if (!query) return this.close();
    this.asked += 1;
    const question = this.asked;
    this.aborter = new AbortController();
    const found = await this.recorder.fetchers.taxa(query.slice(0, QUERY_LENGTH), this.aborter.signal).catch(() => []);
    if (question === this.asked && query === this.input.value.trim()) this.show(found, query);
    return null;
  }

  show(found, query) {
    const { say } = this.recorder;
    const isListed = found.some((taxon) => isCalled(taxon, query));
    this.rows = isListed ? found : [...found, { isFree: true, vernacular_name: query, scientific_name: "" }];
    this.list.replaceChildren(...this.rows.map((taxon, place) => this.option(taxon, place)));
    this.open(found.length ? 0 : -1);
    this.count.textContent = found.length ? say("taxon_found", { count: found.length }) : say("taxon_none", { name: query });
  }

  option(taxon, place) {
    const { say, data } = this.recorder;
    const node = element("li", { role: "option", id: `${this.list.id}-${place}`, "aria-selected": "false",
      class: taxon.isFree ? "free" : "" });
    if (taxon.isFree) node.append(icon("ask"), element("span", { class: "names" }, say("taxon_free", { name: taxon.vernacular_name })));
    else node.append(...rowOf(taxon, data.language));
    node.onpointerdown = (event) => event.preventDefault();   // keeps the focus in the field
    node.onclick = () => this.choose(taxon);
    return node;
  }

  press(event) {
    if (event.isComposing || !this.isOpen) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const count = this.rows.length;
    if (event.key in steps) this.open((this.at + steps[event.key] + count) % count);
    else if (event.key === "Enter" && this.at >= 0) this.choose(this.rows[this.at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  get isOpen() {
    return !this.list.hidden;
  }

  open(at) {
    this.at = at;
    set(this.list, "hidden", false);
    this.input.setAttribute("aria-expanded", "true");
    for (const [place, node] of [...this.list.children].entries()) {
      node.setAttribute("aria-selected", String(place === at));
      if (place === at) node.scrollIntoView({ block: "nearest" });
    }
    set(this.input, "aria-activedescendant", at >= 0 ? `${this.list.id}-${at}` : null);
  }

  close() {
    this.at = -1;
    set(this.list, "hidden", true);
    this.input.setAttribute("aria-expanded", "false");
    set(this.input, "aria-activedescendant", null);
    this.count.textContent = "";
  }

  choose(taxon) {
    this.clear();
    const found = taxon.isFree ? { taxon: null, name: taxon.vernacular_name } : { taxon, name: "" };
    this.recorder.draft.change({ ...found, is_unknown: false, group: null });
  }

  // What was typed and not chosen counts too: nothing typed is lost.
  takeTyped() {
    const typed = this.input.value.trim();
    if (!typed) return;
    const same = this.rows.find((taxon) => !taxon.isFree && isCalled(taxon, typed));
    this.choose(same ?? { isFree: true, vernacular_name: typed });
  }

  clear() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.input.value = "";
    this.rows = [];
    this.close();
  }
}
