// The place of the sighting: the photograph's, else the phone's position, a tap on the map or a district.

import { phoneKind } from "./phone_kind.js";
import { button, element, fresh, icon, set } from "./element.js";
import { input } from "./photo_card.js";
import { namedPart } from "./place_search.js";
import { watchPosition } from "./position.js";
import { distance } from "./words.js";

/** @import { Fix, MapPicker, Photo, Say, Sheet, Way } from "./types" */

/** @type {Record<string, string>} */
const PICTURES = { device: "pin", map: "map", named: "flag" };

/** The panel in which the place is set or corrected.
 *  @param {Sheet} sheet */
export function placePanel(sheet) {
  const { say, draft } = sheet;
  const error = element("p", { class: "error", id: fresh("place"), "aria-live": "polite" });
  const hint = element("p", { class: "hint" });
  /** @type {Record<string, Way>} */
  const ways = { device: devicePart(sheet), map: mapPart(sheet), named: namedPart(sheet) };
  const bar = element("div", { class: "ways", role: "group", "aria-label": say("place"), "aria-describedby": error.id });
  const share = button("quiet", "", () => sheet.recorder.sharePlace(sheet));
  const original = element("label", { class: "link" }, say("original_file"),
    input(sheet, "file", { replaces: () => draft.fields.photos.find(isWithoutPlace) ?? null }));
  const agree = button("quiet", say("place_agree"), () => sheet.askAgain());
  const node = element("div", { class: "panel card", id: fresh("panel"), hidden: true, role: sheet.partRole, "aria-label": say("place") },
    hint, agree, bar, ...Object.values(ways).map((way) => way.node), original, share, error);
  /** @param {string | null} name */
  const open = (name) => openWay(ways, choices, name);
  const choices = Object.entries(ways).map(([name, way]) => wayButton(say, name, way, open));
  bar.append(...choices);
  let wasAllowed = true;
  const refresh = () => {
    const isAllowed = sheet.mayUsePlace();
    if (wasAllowed && !isAllowed) open("named");
    wasAllowed = isAllowed;
    for (const choice of choices) set(choice, "hidden", !isAllowed && choice.dataset.way !== "named");
    hint.textContent = hintOf(sheet);
    set(hint, "hidden", !hint.textContent);
    set(agree, "hidden", isAllowed);
    set(original, "hidden", !isAllowed || Boolean(draft.fields.place) || !draft.fields.photos.some(isWithoutPlace));
    error.textContent = sheet.problemAt("place", { onlyWrong: true });
    const count = draft.fields.place ? sheet.placeless().length : 0;
    set(share, "hidden", !count);
    share.textContent = say("place_share", { count });
  };
  sheet.onChange(refresh);
  sheet.locate = () => ways.device.start();
  sheet.signal.addEventListener("abort", () => Object.values(ways).forEach((way) => way.close?.()));
  refresh();
  return node;
}

/** @param {Say} say
 *  @param {string} name
 *  @param {Way} way
 *  @param {(name: string | null) => void} open */
function wayButton(say, name, way, open) {
  const picture = icon(PICTURES[name]);
  return element("button", {
    type: "button", class: "way", "data-way": name, "aria-expanded": "false", "aria-controls": way.node.id,
    onclick: ({ currentTarget }) => open(currentTarget.getAttribute("aria-expanded") === "true" ? null : name),
  }, picture, say(`way_${name}`));
}

/** @param {Record<string, Way>} ways
 *  @param {HTMLElement[]} choices
 *  @param {string | null} name */
function openWay(ways, choices, name) {
  for (const choice of choices) choice.setAttribute("aria-expanded", String(choice.dataset.way === name));
  for (const [other, way] of Object.entries(ways)) set(way.node, "hidden", other !== name);
  if (!name) return;
  ways[name].start();
  ways[name].node.scrollIntoView({ block: "nearest" });
}

// Android removes the place from photographs of the album: say so.
/** @param {Sheet} sheet */
function hintOf({ draft, say, mayUsePlace }) {
  if (!mayUsePlace()) return say("place_not_agreed");
  const { photos, place } = draft.fields;
  return photos.some(isWithoutPlace) && !place ? say("album_without_place") : "";
}

/** @param {Photo} photo */
const isWithoutPlace = (photo) => photo.from === "album" && photo.facts && !photo.facts.place;

/** @param {Sheet} sheet
 *  @returns {Way} */
function devicePart(sheet) {
  const { say, draft } = sheet;
  const chip = element("p", { class: "chip", role: "status" });
  const again = button("quiet", say("locate_again"), () => start());
  const node = element("div", { class: "part", id: fresh("way"), hidden: true }, chip, again);
  let stop = () => {};
  /** @param {string} words */
  const tell = (words, kind = "") => {
    chip.textContent = words;
    chip.dataset.kind = kind;
  };
  const start = () => {
    stop();
    set(again, "hidden", true);
    tell(say("locating"), "busy");
    /** @type {Fix | null} */
    let best = null;
    stop = watchPosition((fix) => {
      best = fix;
      sheet.recorder.lastFix = { ...fix, at: Date.now() };
      draft.change({ place: { ...fix, source: "device", name: null, datum: "WGS-84" } });
      tell(say("locating_better", { distance: distance(say, fix.uncertainty_m) }), "busy");
    }, (reason) => {
      set(again, "hidden", false);
      if (best) tell(say("located", { distance: distance(say, best.uncertainty_m) }), "ok");
      else tell(reason === "denied" ? `${say("locate_denied")} ${say(`allow_${phoneKind()}`)}` : say("locate_failed"), "warn");
    });
  };
  return { node, start, close: () => stop() };
}

/** @param {Sheet} sheet
 *  @returns {Way} */
function mapPart(sheet) {
  const box = element("div", { class: "map" });
  const note = element("p", { class: "hint" }, sheet.say("map_note"));
  const here = button("quiet", sheet.say("map_centre"), () => picker?.chooseCentre());
  const node = element("div", { class: "part", id: fresh("way"), hidden: true },
    note, box, approval(sheet.data) ?? [], here);
  /** @type {MapPicker | null} */
  let picker = null;
  const start = async () => {
    if (picker) return picker.showPlace();
    try {
      const { openMap } = await import("./map.js");
      picker ??= await openMap(sheet, box);
    } catch (error) {
      console.warn("map not opened:", error);
      note.textContent = sheet.say("map_failed");
      set(here, "hidden", true);
      set(box, "hidden", true);
    }
    return null;
  };
  return { node, start, close: () => picker?.close() };
}

// A map of districts shown in China must have its approval number.
/** @param {{ map_approval: string }} options */
const approval = ({ map_approval: number }) => (number ? element("p", { class: "hint" }, number) : null);
