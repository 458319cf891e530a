// The sheet over the map on a phone: low, half or high, by drag, by tap and by key. The height stands
// on the root element, which no page of Streamlit draws anew; map.css says how high each is.

import { element, one } from "../recorder/element.js";
import { nearest } from "./deck_view.js";

/** @typedef {{ words: { handle: string, low: string, half: string, high: string }, code: string }} Data */

const HEIGHTS = /** @type {const} */ (["low", "half", "high"]);
/** @type {Record<string, number>} */
const STEPS = { ArrowUp: 1, ArrowRight: 1, PageUp: 1, ArrowDown: -1, ArrowLeft: -1, PageDown: -1 };
const TAP_PX = 6;
const root = document.documentElement;

const sheet = () => /** @type {HTMLElement | null} */ (document.querySelector("#root .st-key-sheet"));
const now = () => HEIGHTS.findIndex((height) => height === (root.dataset.sheet ?? "half"));
let code = "";

/** @param {Element} parent
 *  @param {Data} data */
export function draw(parent, data) {
  const box = one(parent, ".handle");
  // What was tapped on the map is to be seen.
  if (data.code !== code && root.dataset.sheet === "low") root.dataset.sheet = "half";
  code = data.code;
  const old = box.firstElementChild;
  if (old instanceof HTMLElement) return say(old, data);
  const handle = element("div", { class: "grip", role: "slider", tabindex: "0", "aria-orientation": "vertical", "aria-valuemin": "1", "aria-valuemax": "3" });
  handle.addEventListener("keydown", (event) => press(event, handle, data));
  handle.addEventListener("pointerdown", (event) => drag(event, handle, data));
  box.replaceChildren(handle);
  return say(handle, data);
}

/** @param {HTMLElement} handle
 *  @param {Data} data */
function say(handle, { words }) {
  const at = now();
  handle.setAttribute("aria-label", words.handle);
  handle.setAttribute("aria-valuenow", String(at + 1));
  handle.setAttribute("aria-valuetext", words[HEIGHTS[at]]);
}

/** @param {number} at
 *  @param {HTMLElement} handle
 *  @param {Data} data */
function take(at, handle, data) {
  root.dataset.sheet = HEIGHTS[Math.min(Math.max(at, 0), HEIGHTS.length - 1)];
  if (root.dataset.sheet !== "high") sheet()?.scrollTo(0, 0);
  say(handle, data);
}

/** @param {KeyboardEvent} event
 *  @param {HTMLElement} handle
 *  @param {Data} data */
function press(event, handle, data) {
  const { key } = event;
  const last = HEIGHTS.length - 1;
  if (key in STEPS) take(now() + STEPS[key], handle, data);
  else if (key === "Home" || key === "End") take(key === "Home" ? 0 : last, handle, data);
  else if (key === "Enter" || key === " ") take(now() === last ? 0 : now() + 1, handle, data);
  else return;
  event.preventDefault();
}

// A tap goes to the next height; a drag to the nearest one to where it was let go, or to the one that
// a quick flick points to.
/** @param {PointerEvent} event
 *  @param {HTMLElement} handle
 *  @param {Data} data */
function drag(event, handle, data) {
  const panel = sheet();
  if (!panel || event.button) return;
  event.preventDefault();
  handle.focus({ preventScroll: true });
  handle.setPointerCapture(event.pointerId);
  const [from, high, room] = [event.clientY, panel.offsetHeight, panel.offsetParent?.clientHeight || innerHeight];
  let moved = 0;
  /** @param {PointerEvent} at */
  const move = ({ clientY }) => {
    moved = from - clientY;
    if (Math.abs(moved) > TAP_PX) panel.style.cssText = `height:${Math.min(Math.max(high + moved, 64), room - 8)}px;max-height:none;transition:none`;
  };
  const end = () => {
    handle.removeEventListener("pointermove", move);
    panel.style.cssText = "";
    if (Math.abs(moved) <= TAP_PX) take(now() === HEIGHTS.length - 1 ? 0 : now() + 1, handle, data);
    else take(nearest(high + moved, room, now(), Math.sign(moved)), handle, data);
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", end, { once: true });
  handle.addEventListener("pointercancel", end, { once: true });
}
