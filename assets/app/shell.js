// Additions to Streamlit's page: removing the splash, aria-current, its texts in the visitor's
// language, links that change the page without loading it again, and keys of the desk that do
// nothing until they are safe.

const splash = document.getElementById("splash");
/** @type {Record<string, string>} Streamlit's strings, and ours in their place */
const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");
const ATTRIBUTES = ["aria-label", "placeholder", "title"];
const OURS = "[data-testid=stMarkdownContainer], [data-testid=stCode], .g, textarea, pre";
const LINKS = ".st-key-tabs, .st-key-topnav, .st-key-modes";

function endSplash() {
  if (splash?.isConnected && document.querySelector(".st-key-topbar, .stException, [role=dialog]")) {
    requestAnimationFrame(() => splash.remove());
  }
}

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

/** @param {string} text */
function translated(text) {
  const key = text.trim();
  return Object.hasOwn(words, key) ? text.replace(key, words[key]) : text;
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

/** @param {MutationRecord[]} changes */
function onChange(changes) {
  for (const change of changes) {
    if (change.type === "childList") change.addedNodes.forEach(translateTree);
    else translateNode(change.target);
  }
  endSplash();
  markCurrent();
  findSection();
  findReceipt();
}

/** @param {MouseEvent} mouseEvent */
const isPlainClick = ({ button, metaKey, ctrlKey, shiftKey, altKey }) =>
  button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;

/** @param {HTMLAnchorElement} link */
function isOfOurPages(link) {
  if (!link.closest(".g, .g-brand") || link.target || link.hasAttribute("download")) return false;
  const { origin, pathname } = new URL(link.href, location.href);
  return origin === location.origin && !/^\/[^/]+\//.test(pathname);
}

// A plain link inside st.html would load everything again; Streamlit handles popstate itself.
/** @param {MouseEvent} event */
function stayInside(event) {
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  if (!link || !isPlainClick(event) || !isOfOurPages(link)) return;
  const target = new URL(link.href, location.href);
  event.preventDefault();
  history.pushState({}, "", target);
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  section = decodeURIComponent(target.hash.slice(1));
  document.querySelector(".stMain")?.scrollTo(0, 0);
  findSection();
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
  subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
});
document.addEventListener("click", stayInside);
addEventListener("keydown", ignoreEarlyKey, true);
translateTree(document.body);
setTimeout(() => splash?.remove(), 20_000);
