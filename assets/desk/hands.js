// What keys and fingers do at the desk, in one module: its parts have to know of each other.

import { lookAhead } from "./ahead.js";
import { watch } from "./panel_keys.js";
import { watchSwipes } from "./swipe.js";

/** @import { Words } from "./ahead.js" */

/** Watch the page, with keys or without; returns a function that ends it.
 *  @param {{ keys: boolean, words: Words }} data */
export function watchHands({ keys, words }) {
  const ends = [lookAhead(words), watchSwipes()];
  if (keys) ends.push(watch());
  return () => ends.forEach((end) => end());
}
