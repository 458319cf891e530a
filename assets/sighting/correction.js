// The place or the time of a sighting that is stored, to be corrected: the recorder's own panels. The
// page gets what was chosen as "change", or null while it is wrong or as it was.

import { Draft, placeOnItsWay, timeOnItsWay, whatIsMissing } from "../recorder/draft.js";
import { element, set } from "../recorder/element.js";
import { online } from "../recorder/fetchers.js";
import { placePanel } from "../recorder/place_panel.js";
import { timePanel } from "../recorder/time_panel.js";
import { speaker } from "../recorder/words.js";

/** @import { Place, RecorderData, Sheet, Sighting, WholeSighting, Words } from "../recorder/types" */

/** What the page says: its sentences, the city, what to correct, and how it is now.
 *  @typedef {Pick<RecorderData, "box" | "districts" | "map_approval"> & { words: Words, field: "place" | "event_date",
 *    now: Pick<Sighting, "place" | "event_date" | "time_known">, allows_place: boolean }} Data
 *  @typedef {(name: "change", value: object | null) => void} Tell */

const STYLE = new URL("../recorder/recorder.css", import.meta.url).href;

/** Draw the panel in `root`; `tell(name, value)` passes "change" to the page. Returns a function that
 *  removes it.
 *  @param {HTMLElement | ShadowRoot} root
 *  @param {Data} data
 *  @param {Tell} tell */
export function draw(root, data, tell) {
  const life = new AbortController();
  const sheet = sheetOf(root, data, life.signal);
  const panel = data.field === "place" ? placePanel(sheet) : timePanel(sheet);
  set(panel, "hidden", false);
  panel.className = "panel";
  const before = JSON.stringify(bodyOf(data.field, sheet.draft));
  sheet.onChange(() => {
    const isWrong = Boolean(sheet.problemAt(data.field));
    const body = isWrong ? null : bodyOf(data.field, sheet.draft);
    tell("change", JSON.stringify(body) === before ? null : body);
  });
  root.append(element("link", { rel: "stylesheet", href: STYLE }), element("div", { class: "recorder" }, panel));
  return () => {
    life.abort();
    root.replaceChildren();
  };
}

/** @param {Data["field"]} field
 *  @param {Draft} draft
 *  @returns {object} */
const bodyOf = (field, { fields }) =>
  field === "place" ? placeOnItsWay(/** @type {WholeSighting} */ (fields)) : timeOnItsWay(fields);

// The panels ask of their sheet no more than this: one sighting, no photographs, no other beside it.
/** @param {HTMLElement | ShadowRoot} root
 *  @param {Data} data
 *  @param {AbortSignal} signal
 *  @returns {Sheet} */
function sheetOf(root, data, signal) {
  const draft = new Draft(data.now);
  draft.isGone = true;                        // nothing of it is kept on the phone
  /** @param {Place} place */
  const districtName = ({ district }) => data.districts.find(({ code }) => code === district)?.name ?? "";
  /** @param {string} field */
  const problemAt = (field) => {
    const key = whatIsMissing(draft.fields, data.box)[field];
    return key ? data.words[key] ?? key : "";
  };
  const sheet = {
    say: speaker(data.words), data, draft, fetchers: online(), signal, districtName, problemAt,
    recorder: { lastFix: null, sharePlace: () => {} },
    mayUsePlace: () => data.allows_place,
    placeless: () => [],
    askAgain: () => { location.href = "/record"; },   // where consent is given
    take: () => {},
    locate: () => {},
    focused: () => (root instanceof ShadowRoot ? root.activeElement : document.activeElement),
    /** @param {() => void} refresh */
    onChange: (refresh) => draft.addEventListener("change", refresh, { signal }),
  };
  return /** @type {Sheet} */ (/** @type {unknown} */ (sheet));
}
