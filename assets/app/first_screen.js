// The first screen that the server sends of a page: it stays until Streamlit has drawn the page. A
// link within the site shows the next page's in the same way, and going back shows where one was.

const LATE_MS = 20_000;  // until then a lost connection is no news: the first screen can be read
const PATIENCE_MS = 2000;  // for the next page's first screen, before Streamlit draws without it
const FRESH_MS = 5000;   // a first screen asked for when a finger came down serves the tap
const MOST_PLACES = 50;
const PLACES = "places";  // of the session: how far its entries were scrolled
const STATE = "data-test-script-state";

/** @type {HTMLElement | null} */
let splash = document.getElementById("splash");
let hasBegun = true;     // whether Streamlit has begun to draw the page of this address
let isEnding = false;
let shownAt = 0;         // how far the first screen was scrolled when it came
let isAlive = false;     // whether Streamlit has drawn a page
/** @type {{ address: string, screen: Promise<HTMLElement | null>, at: number } | null} */
let asked = null;
/** @type {Map<string, number>} how far each entry of the history was scrolled */
const places = new Map(kept());
/** @type {{ scrolled: number, until: number } | null} where to scroll to when the page is long enough */
let goal = null;

// Streamlit makes an entry of the history for each choice, and writes over its state on the way back:
// each entry keeps a key of its own, and its number.
const push = history.pushState.bind(history);
const replace = history.replaceState.bind(history);
history.pushState = (state, unused, url) => {
  // What Streamlit drew of a page that one has left meanwhile must not lead back there.
  if (isBetween() && !state?.isLed && new URL(url ?? "", location.href).pathname !== location.pathname) return;
  remember();
  push({ ...state, luji: newKey(), at: entry().at + 1 }, unused, url);
  here = entry();
};
history.replaceState = (state, unused, url) => {
  const { key, at, isLed } = entry();
  replace({ ...state, luji: key, at, isLed }, unused, url);
};
const newKey = () => `${Date.now()}-${Math.random()}`;
if (!history.state?.luji) replace({ luji: newKey(), at: 0 }, "");
let here = entry();

/** Whether the page that stands is not that of the address yet. */
const isBetween = () => Boolean(splash) || "leading" in document.documentElement.dataset;

/** What this tab knew before it loaded a page anew.
 *  @returns {[string, number][]} */
function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACES) ?? "[]");
  } catch {
    return [];  // a browser that keeps nothing
  }
}

addEventListener("pagehide", () => {
  remember();
  try {
    sessionStorage.setItem(PLACES, JSON.stringify([...places]));
  } catch { /* a browser that keeps nothing */ }
});

/** The entry of the history that one is at, and whether a link led to it. */
function entry() {
  const { luji: key = "", at = 0, isLed = false } = history.state ?? {};
  const { pathname, search } = location;
  return { key, at, isLed, pathname, address: pathname + search };
}

/** @returns {HTMLElement | null} */
const main = () => document.querySelector("#root .stMain");

function isDrawn() {
  const app = document.querySelector("#root [data-testid=stApp]");
  if (!app || app.querySelector(".stException")) return Boolean(app);
  const hasRun = hasBegun && app.getAttribute(STATE) === "notRunning" && app.querySelector(".st-key-topbar");
  return Boolean(hasRun) && !app.querySelector("[data-testid=stSkeleton]") && document.documentElement.dataset.recorder !== "early";
}

/** End the first screen when the page's script has run once and all parts are drawn; how far it was
 *  scrolled is handed over. */
function end() {
  if (isEnding || isComposing || !splash || !isDrawn()) return;
  isEnding = true;
  requestAnimationFrame(() => requestAnimationFrame(() => {
    isEnding = false;
    if (!splash || !isDrawn()) return;
    const scroller = splash.querySelector(".s-scroll");
    if (scroller && scroller.scrollTop !== shownAt) scrollLater(scroller.scrollTop);
    const handOver = typing(splash);
    splash.remove();
    splash = null;
    isAlive = true;
    settle();
    handOver();
  }));
}

/** @param {number} scrolled */
function scrollLater(scrolled) {
  goal = { scrolled, until: 0 };
}

/** Scroll the page that stands to where one was, as soon as it is long enough. */
function settle() {
  const page = main();
  if (!goal || splash || !page || !isDrawn()) return;
  delete document.documentElement.dataset.leading;
  goal.until ||= performance.now() + PATIENCE_MS;
  page.scrollTo(0, goal.scrolled);
  if (Math.abs(page.scrollTop - goal.scrolled) < 2 || performance.now() > goal.until) goal = null;
}

// Whoever scrolls meanwhile is not called back.
for (const name of ["wheel", "touchmove", "keydown"]) {
  addEventListener(name, () => { if (!isBetween()) goal = null; }, { passive: true });
}

/** Who types into a field of the first screen goes on in the page's own field.
 *  @param {HTMLElement} screen */
function typing(screen) {
  const field = screen.querySelector("form input");
  const key = field?.closest("form")?.className.match(/st-key-\w+/)?.[0];
  if (!(field instanceof HTMLInputElement) || !key) return () => {};
  const isActive = document.activeElement === field;
  return () => {
    const next = document.querySelector(`#root .${key} input`);
    if (!(next instanceof HTMLInputElement)) return;
    if (isActive) next.focus({ preventScroll: true });
    if (field.value === field.defaultValue) return;
    // Streamlit's field hears only of values that are set past its own setter.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(next, field.value);
    next.dispatchEvent(new Event("input", { bubbles: true }));
  };
}

let isComposing = false;
addEventListener("compositionstart", () => { isComposing = true; }, true);
addEventListener("compositionend", () => { isComposing = false; end(); }, true);

/** Streamlit's word of a lost connection makes all but itself unreachable; the first screen goes on. */
function stayReachable() {
  if (!splash || splash.hasAttribute("data-late")) return;
  for (const name of ["inert", "aria-hidden"]) {
    if (splash.hasAttribute(name)) splash.removeAttribute(name);
  }
}

/** Look at what Streamlit has changed. It says that it runs nothing once more before it begins.
 *  @param {MutationRecord[]} changes */
export function follow(changes) {
  const ran = changes.some(({ attributeName, oldValue }) => attributeName === STATE && oldValue === "running");
  const runs = document.querySelector(`#root [${STATE}=running]`);
  if (ran || runs) hasBegun = true;
  stayReachable();
  end();
  settle();
}

/** The first screen of an address, asked for once in a while.
 *  @param {string} address
 *  @returns {Promise<HTMLElement | null>} */
export function screenOf(address) {
  if (asked?.address === address && performance.now() - asked.at < FRESH_MS) return asked.screen;
  const screen = fetch(address, { headers: { Accept: "text/html" } })
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then(parsed)
    .catch(() => null);
  asked = { address, screen, at: performance.now() };
  return screen;
}

/** @param {string} text */
function parsed(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const screen = page.getElementById("splash");
  for (const script of screen?.querySelectorAll("script") ?? []) script.remove();
  if (screen) screen.prepend(...page.querySelectorAll("style[data-page]"));
  return screen;
}

/** Scroll the first screen, and then the page.
 *  @param {number} scrolled */
function scrollScreen(scrolled) {
  scrollLater(scrolled);
  const scroller = splash?.querySelector(".s-scroll");
  scroller?.scrollTo(0, scrolled);
  shownAt = scroller?.scrollTop ?? 0;
}

/** Show the first screen of the page that comes next, or of the one gone back to.
 *  @param {HTMLElement | null} screen
 *  @param {number} scrolled */
function show(screen, scrolled) {
  hasBegun = false;
  if (screen) delete document.documentElement.dataset.leading;
  delete document.documentElement.dataset.recorder;
  splash?.remove();
  splash = screen && document.importNode(screen, true);
  const shown = splash;
  if (shown) document.body.append(shown);
  scrollScreen(scrolled);
  if (!shown) return;
  setTimeout(() => { if (splash === shown) { hasBegun = true; end(); } }, LATE_MS / 4);
}

function remember() {
  const far = (splash ? splash.querySelector(".s-scroll") : main())?.scrollTop ?? 0;
  const isTouched = splash && far !== shownAt;
  places.set(here.key, (isTouched ? null : goal?.scrolled) ?? far);
  const [oldest] = places.keys();
  if (places.size > MOST_PLACES) places.delete(oldest);
}

/** Whether Streamlit can change the page; until then a link loads the next one. */
export const canLead = () => isAlive;

/** Whether a link of this site led to where one is: then the way back stays on it. */
export const cameFromHere = () => entry().isLed;

/** Lead to a page of the site: the page before stays until the next one's first screen is there.
 *  @param {URL} target */
export async function lead(target) {
  document.documentElement.dataset.leading = "";
  const address = target.pathname + target.search;
  const late = new Promise((done) => { setTimeout(done, PATIENCE_MS, null); });
  const screen = await Promise.race([screenOf(address), late]);
  history.pushState({ isLed: true }, "", target);
  asked = null;
  show(screen, 0);
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}

// Back and forth: Streamlit draws the page anew, and it is scrolled to where one was. Where a choice
// lies between, the page stays until it has changed.
addEventListener("popstate", async (event) => {
  if (!event.isTrusted) return;
  const before = here;
  remember();
  here = entry();
  const { address } = here;
  if (address === before.address) return;  // another section of the page that stands
  const scrolled = places.get(here.key) ?? 0;
  const isNext = Math.abs(here.at - before.at) === 1;
  const later = here.at > before.at ? here : before;
  hasBegun = false;
  document.documentElement.dataset.leading = "";
  if (isNext && here.pathname === before.pathname && !later.isLed && !splash) {
    scrollLater(scrolled);
    return;
  }
  const screen = await screenOf(address);
  if (location.pathname + location.search === address) show(screen, scrolled);
}, { capture: true });

// A page that is loaded anew is where it was.
if (splash && places.has(here.key)) scrollScreen(places.get(here.key) ?? 0);
setTimeout(() => splash?.setAttribute("data-late", ""), LATE_MS);
