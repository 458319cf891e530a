// The moment that a camera wrote, in the many ways cameras write it; null where it is no moment.

import { asText } from "./clock.js";

const HANGZHOU = 8 * 60;
// am and pm, and what phones write that are set to Chinese, Japanese and Korean.
const BEFORE_NOON = ["am", "\u4e0a\u5348", "\u5348\u524d", "\uc624\uc804"];
const AFTER_NOON = ["pm", "\u4e0b\u5348", "\u5348\u5f8c", "\uc624\ud6c4"];
const HALF = `(${[...BEFORE_NOON, ...AFTER_NOON, "a\\.m\\.", "p\\.m\\."].join("|")})?`;
const ZONE = "(Z|(?:UTC|GMT)?[+\\-\u2212]\\d{1,2}(?::?\\d\\d)?)?";
const WRITTEN = new RegExp(
  `^(\\d{4})[:\\-/.\u5e74] ?(\\d{1,2})[:\\-/.\u6708] ?(\\d{1,2})\u65e5?[ T_.,:\\-]+${HALF} ?(\\d{1,2})[:.\\-](\\d{1,2})(?:[:.\\-](\\d{1,2})(?:[.,]\\d*)?)? ?${HALF} ?${ZONE}$`, "i");
const OFFSET = /^(?:UTC|GMT)?([+\-\u2212])(\d{1,2})(?::?(\d\d))?$/i;

/** ISO text with the offset +08:00. `offsets` are tags that may say how far the clock is from UTC, the
 *  best first; a clock without one goes as Hangzhou's does.
 *  @param {unknown} text
 *  @param {unknown[]} offsets
 *  @returns {string | null} */
export function momentOf(text, offsets) {
  const parts = WRITTEN.exec(String(text ?? "").trim());
  if (!parts) return null;
  const [year, month, day, minute, second] = [1, 2, 3, 6, 7].map((place) => Number(parts[place] ?? 0));
  const hour = hourOf(Number(parts[5]), parts[4] ?? parts[8]);
  if (!isDay(year, month, day) || hour === null || minute > 59 || second > 59) return null;
  const offset = [parts[9], ...offsets].map(minutesOf).find((minutes) => minutes !== null) ?? HANGZHOU;
  return asText(new Date(Date.UTC(year, month - 1, day, hour, minute, second) - offset * 60_000));
}

/** @param {number} year
 *  @param {number} month
 *  @param {number} day */
function isDay(year, month, day) {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** @param {number} hour
 *  @param {string | undefined} half */
function hourOf(hour, half) {
  const word = half?.toLowerCase().replaceAll(".", "");
  if (hour > 23 || (hour > 12 && word && BEFORE_NOON.includes(word))) return null;
  if (!word || hour > 12) return hour;
  return (hour % 12) + (AFTER_NOON.includes(word) ? 12 : 0);
}

/** @param {unknown} text
 *  @returns {number | null} */
function minutesOf(text) {
  const written = String(text ?? "").trim();
  if (/^z$/i.test(written)) return 0;
  const [, sign, hours, minutes = "0"] = OFFSET.exec(written) ?? [];
  if (!sign || Number(hours) > 14 || Number(minutes) > 59) return null;
  return (sign === "+" ? 1 : -1) * (Number(hours) * 60 + Number(minutes));
}
