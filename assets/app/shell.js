// Additions to Streamlit's page: aria-current, its texts in the visitor's language, links that change
// the page without loading it again, and keys of the desk that do nothing until they are safe.

import { copyTapped } from "./copy.js";
import { cameFromHere, canLead, follow, lead, screenOf } from "./first_screen.js";
import { findSaid } from "./said.js";

/** @type {Record<string, string>} Streamlit's strings, and ours in their place */
const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");
const ATTRIBUTES = ["aria-label", "placeholder", "title"];
const OURS = "[data-testid=stMarkdownContainer], [data-testid=stCode], .g, textarea, pre";
const LINKS = ".st-key-tabs, .st-key-topnav, .st-key-modes";

function markCurrent() {
  for (const link of document.querySelectorAll(`:is(${LINKS}) a`)) {
    const isHere = link.querySelector("strong") !== null;
    if (isHere !== link.hasAttribute("aria-current")) {
      isHere ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
    }
  }
}

// A footer link names a section of a page that may not be drawn yet.
let section = decodeURIComponent(location.hash.slice(1));
function findSection() {
  const target = section && document.getElementById(section);
  if (!target) return;
  section = "";
  target.scrollIntoView();
}

// A receipt replaces a form that was scrolled to its button: scroll to the receipt's top, once.
let hadReceipt = false;
function findReceipt() {
  const hasReceipt = Boolean(document.querySelector(".g-receipt"));
  if (hasReceipt && !hadReceipt) document.querySelector(".stMain")?.scrollTo(0, 0);
  hadReceipt = hasReceipt;
}

// A button of a map or a picture says what it does, then the description that we gave: only the first
// is Streamlit's.
/** @param {string} text */
function translated(text) {
  const key = text.trim();
  const known = Object.hasOwn(words, key) ? key : key.slice(0, Math.max(key.indexOf(": "), 0));
  return Object.hasOwn(words, known) ? text.replace(known, words[known]) : text;
}

// The file field's own button is drawn with the container of our texts.
/** @param {Element | null} element */
const isOurs = (element) =>
  Boolean(element?.closest(OURS)) && !element?.closest('[data-testid="stFileUploaderDropzone"]');

/** @param {Text} node */
function translateText(node) {
  const text = translated(node.data);
  if (text !== node.data && !isOurs(node.parentElement)) node.data = text;
}

/** @param {Element} element */
function translateAttributes(element) {
  for (const name of ATTRIBUTES) {
    const value = element.getAttribute(name);
    if (value && translated(value) !== value) element.setAttribute(name, translated(value));
  }
}

/** @param {Node} node */
function translateNode(node) {
  if (node instanceof Text) translateText(node);
  else if (node instanceof Element) translateAttributes(node);
}

/** @param {Node} root */
function translateTree(root) {
  translateNode(root);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) translateNode(walker.currentNode);
}

// For when there is no network. Its files are fetched once the page stands, so that it waits for none.
let isWorkerAsked = false;
function askForWorker() {
  if (isWorkerAsked || !canLead()) return;
  isWorkerAsked = true;
  navigator.serviceWorker?.register("/sw.js", { updateViaCache: "none" }).catch(console.warn);
}

/** @param {MutationRecord[]} changes */
function onChange(changes) {
  for (const change of changes) {
    if (change.type === "childList") change.addedNodes.forEach(translateTree);
    else translateNode(change.target);
  }
  follow(changes);
  markCurrent();
  findSection();
  findReceipt();
  findSaid();
  askForWorker();
}

/** @param {MouseEvent} mouseEvent */
const isPlainClick = ({ button, metaKey, ctrlKey, shiftKey, altKey }) =>
  button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;

/** @param {HTMLAnchorElement} link */
function isOfOurPages(link) {
  if (!link.closest(".g, .g-brand, .g-back, .stPageLink") || link.target || link.hasAttribute("download")) return false;
  const { origin, pathname } = addressOf(link);
  return origin === location.origin && !/^\/[^/]+\//.test(pathname);
}

/** Where a link leads; Streamlit's link to the first page is empty.
 *  @param {HTMLAnchorElement} link */
function addressOf(link) {
  return link.getAttribute("href") === "" ? new URL("/", location.href) : new URL(link.href, location.href);
}

// A plain link would load everything again, and Streamlit's own would clear the page at once.
/** @param {Event} event */
function ledTo(event) {
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  return link && isOfOurPages(link) ? addressOf(link) : null;
}

/** @param {MouseEvent} event */
function stayInside(event) {
  const target = canLead() && isPlainClick(event) && ledTo(event);
  if (!target) return;
  const isHere = target.pathname === location.pathname && target.search === location.search;
  if (isHere && !target.hash) return;  // Streamlit's own link draws the page anew
  event.preventDefault();
  event.stopPropagation();
  section = decodeURIComponent(target.hash.slice(1));
  if (isHere) findSection();
  else lead(target);
}

/** What a tap on one of these does is loaded when the first finger comes down on it.
 *  @type {Record<string, () => Promise<{ tapped: (node: HTMLElement) => unknown }>>} */
const TAPPED = {
  "[data-share]": () => import("./share.js"),
  "[data-remember]": () => import("./remembered.js"),
  "[data-far]": () => import("./far.js"),
  "a.g-zoom": () => import("./viewer.js"),
};

/** @param {Event} event */
function tapIn({ target }) {
  if (!(target instanceof Element)) return null;
  for (const [selector, load] of Object.entries(TAPPED)) {
    const node = target.closest(selector);
    if (node instanceof HTMLElement) return { node, load };
  }
  return null;
}

/** @param {MouseEvent} event */
function doTapped(event) {
  const tap = isPlainClick(event) && tapIn(event);
  if (!tap) return;
  event.preventDefault();
  tap.load().then(({ tapped }) => tapped(tap.node), console.warn);
}

/** The way back leads to the list where one was, if one came from a page of this site.
 *  @param {MouseEvent} event */
function goBack(event) {
  const link = event.target instanceof Element && event.target.closest("[data-back]");
  if (!link || !isPlainClick(event) || !cameFromHere()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  history.back();
}

/** Ask for the next page's first screen when a finger comes down: it is there when the finger lifts.
 *  @param {Event} event */
function askAhead(event) {
  tapIn(event)?.load().catch(console.warn);
  const target = canLead() && ledTo(event);
  if (target && target.pathname !== location.pathname) screenOf(target.pathname + target.search);
}

// A key of the desk may open a panel, and text typed after it must not decide anything. Streamlit
// binds the keys some time before `desk/panel_keys.js`, which prevents that, is loaded.
/** @param {KeyboardEvent} event */
function ignoreEarlyKey(event) {
  const isEarly = !document.documentElement.dataset.deskKeys;
  if (isEarly && event.key.length === 1 && document.querySelector(".st-key-decide")) {
    event.stopImmediatePropagation();
  }
}

new MutationObserver(onChange).observe(document.documentElement, {
  subtree: true, childList: true, characterData: true, attributes: true, attributeOldValue: true,
  attributeFilter: [...ATTRIBUTES, "data-test-script-state", "data-recorder", "inert", "aria-hidden"],
});
document.addEventListener("click", goBack, true);
document.addEventListener("click", doTapped, true);
document.addEventListener("click", stayInside, true);
document.addEventListener("click", copyTapped);
document.addEventListener("pointerdown", askAhead, { passive: true });
addEventListener("keydown", ignoreEarlyKey, true);
translateTree(document.body);
