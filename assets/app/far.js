// How far a place is: reckoned on the phone, when its person asks. The position leaves neither the
// page nor this module; it is forgotten when the tab is closed.

import { metresBetween } from "../recorder/grouping.js";

const PATIENCE_MS = 15_000;
const NEAR_M = 950;  // beyond it in kilometres

/** @type {{ latitude: number, longitude: number } | null} */
let here = null;

/** Ask the phone where it is, and write beside each place how far that is.
 *  @param {HTMLElement} button */
export function tapped(button) {
  const status = button.nextElementSibling;
  /** @param {string | undefined} words */
  const say = (words) => { if (status) status.textContent = words ?? ""; };
  if (!navigator.geolocation) return say(button.dataset.failed);
  say(button.dataset.waiting);
  return navigator.geolocation.getCurrentPosition(
    ({ coords: { latitude, longitude } }) => {
      here = { latitude, longitude };
      say("");
      write();
    },
    ({ code, PERMISSION_DENIED }) => say(code === PERMISSION_DENIED ? button.dataset.refused : button.dataset.failed),
    { timeout: PATIENCE_MS, maximumAge: 60_000 },
  );
}

function write() {
  if (!here) return;
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-at]:not([data-written])"))) {
    const [latitude, longitude] = (node.dataset.at ?? "").split(",").map(Number);
    node.textContent = written(node, metresBetween(here, { latitude, longitude }));
    node.dataset.written = "";
  }
  for (const button of document.querySelectorAll("[data-far]")) button.setAttribute("hidden", "");
  sort();
}

/** @param {HTMLElement} node
 *  @param {number} metres */
function written(node, metres) {
  if (metres < NEAR_M) return (node.dataset.m ?? "").replace("{n}", String(Math.round(metres / 50) * 50));
  const kilometres = metres / 1000;
  return (node.dataset.km ?? "").replace("{n}", kilometres < 10 ? kilometres.toFixed(1) : String(Math.round(kilometres)));
}

/** The nearest place of each list first. */
function sort() {
  if (!here) return;
  const from = here;
  for (const list of document.querySelectorAll(".s-lines:has([data-at]):not([data-sorted])")) {
    list.setAttribute("data-sorted", "");
    /** @param {Element} line */
    const far = (line) => {
      const [latitude, longitude] = (line.querySelector("[data-at]")?.getAttribute("data-at") ?? "").split(",").map(Number);
      return metresBetween(from, { latitude, longitude });
    };
    list.replaceChildren(...[...list.children].sort((one, other) => far(one) - far(other)));
  }
}

new MutationObserver(write).observe(document.documentElement, { subtree: true, childList: true });
