// The view of the public map, which deck.gl keeps to itself: Streamlit offers no way to read or to
// move it. The map's own object hangs on React's node of the canvas. Where that changes, nothing is
// found, and the buttons that need it stay away.

/** @typedef {{ latitude: number, longitude: number, zoom: number }} View
 *  @typedef {{ _onViewStateChange: (change: object) => void, props: { viewState?: object },
 *    viewManager: { getViewports(): (View & { width: number, height: number })[] },
 *    layerManager: { getLayers(): { isLoaded: boolean }[] } | null }} Deck
 *  @typedef {{ memoizedState: any, next: Hook | null }} Hook
 *  @typedef {{ memoizedState: Hook | null, return: Fiber | null }} Fiber */

const DEEPEST = 12;               // of React's nodes above the canvas; there are four today
export const FARTHEST = 7, NEAREST = 17;
const EQUATOR_M_A_PIXEL = 78_271.5;  // at zoom 0, for tiles of 512 pixels
const DECIMALS = 4;               // ten metres

/** deck.gl's object behind a canvas; null where it is not there yet.
 *  @param {Element | null} canvas
 *  @returns {Deck | null} */
export function deckOf(canvas) {
  const key = canvas && Object.keys(canvas).find((name) => name.startsWith("__reactFiber$"));
  let fiber = key ? /** @type {Fiber | null} */ (/** @type {any} */ (canvas)[key]) : null;
  for (let depth = 0; fiber && depth < DEEPEST; depth += 1, fiber = fiber.return) {
    const deck = heldBy(fiber.memoizedState);
    if (deck) return deck;
  }
  return null;
}

/** @param {Hook | null} first
 *  @returns {Deck | null} */
function heldBy(first) {
  for (let hook = first; hook && typeof hook === "object" && "next" in hook; hook = hook.next) {
    const held = hook.memoizedState;
    const deck = [held?.deck, held?.current?.deck].find((one) => one?.viewManager && one._onViewStateChange);
    if (deck) return deck;
  }
  return null;
}

/** What the map shows: the place in its middle (WGS-84 degrees) and the zoom, with its size.
 *  @param {Deck | null} deck */
export const viewOf = (deck) => deck?.viewManager?.getViewports()[0] ?? null;

/** Move the map, in `ms` milliseconds.
 *  @param {Deck} deck
 *  @param {View} view
 *  @param {number} ms */
export function moveTo(deck, { latitude, longitude, zoom }, ms) {
  const viewState = { ...deck.props.viewState, latitude, longitude, zoom: within(zoom), ...(ms && { transitionDuration: ms }) };
  deck._onViewStateChange({ viewId: "default-view", viewState, interactionState: {}, oldViewState: deck.props.viewState });
}

/** Whether all layers have what they need for this view.
 *  @param {Deck} deck */
export const isLoaded = (deck) => deck.layerManager?.getLayers().every((layer) => layer.isLoaded) ?? false;

/** @param {number} zoom */
export const within = (zoom) => Math.min(Math.max(zoom, FARTHEST), NEAREST);

/** Two views that nobody could tell apart.
 *  @param {View | null} one
 *  @param {View | null} other */
export const isSame = (one, other) => Boolean(one && other) && written(/** @type {View} */ (one)) === written(/** @type {View} */ (other));

/** A view as it stands in an address.
 *  @param {View} view */
export const written = ({ latitude, longitude, zoom }) =>
  `${latitude.toFixed(DECIMALS)},${longitude.toFixed(DECIMALS)},${zoom.toFixed(1)}`;

/** The view that an address names; null for none, and for one away from the city.
 *  @param {string | null} text
 *  @param {import("../recorder/types").Box} box
 *  @returns {View | null} */
export function read(text, box) {
  const numbers = /^[-\d.,]{5,40}$/.test(text ?? "") ? (text ?? "").split(",").map(Number) : [];
  const [latitude, longitude, zoom] = numbers;
  const limits = [[latitude, box.south, box.north], [longitude, box.west, box.east], [zoom, FARTHEST, NEAREST]];
  const isThere = numbers.length === 3 && limits.every(([number, low, high]) => number >= low && number <= high);
  return isThere ? { latitude, longitude, zoom } : null;
}

/** The view that shows a circle of `metres` round a place over `pixels` across.
 *  @param {{ latitude: number, longitude: number }} place
 *  @param {number} metres
 *  @param {number} pixels
 *  @returns {View} */
export function around({ latitude, longitude }, metres, pixels) {
  const shown = Math.max(metres, 150) * 2 / pixels;
  return { latitude, longitude, zoom: within(Math.log2(EQUATOR_M_A_PIXEL * Math.cos(radians(latitude)) / shown)) };
}

/** The view in whose middle the place lies `pixels` above the canvas' own middle: a sheet covers its
 *  lower part.
 *  @param {View} view
 *  @param {number} pixels
 *  @returns {View} */
export function lifted({ latitude, longitude, zoom }, pixels) {
  const degreesAPixel = EQUATOR_M_A_PIXEL * Math.cos(radians(latitude)) / 2 ** zoom / 111_320;
  return { latitude: latitude - pixels * degreesAPixel, longitude, zoom };
}

/** @param {number} degrees */
const radians = (degrees) => (degrees * Math.PI) / 180;

/** Which height `pixels` of `room` are: at least one further in the direction of a real drag.
 *  @param {number} pixels
 *  @param {number} room
 *  @param {number} before
 *  @param {number} direction */
export function nearest(pixels, room, before, direction) {
  const share = pixels / room;
  const at = share < 0.3 ? 0 : share < 0.66 ? 1 : 2;
  return at === before ? Math.min(Math.max(before + direction, 0), 2) : at;
}
