// Sentences are JSON from the catalogue; numbers and dates are formatted here.

import { ZONE } from "./clock.js";

/** @import { Say, Words, WriteDate } from "./types" */

/** say(key, values): the sentence of that key, with its {names} replaced.
 *  @param {Words} words
 *  @returns {Say} */
export function speaker(words) {
  return (key, values = {}) =>
    (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** The format of dates in the visitor's language, in Asia/Shanghai.
 *  @param {string} language
 *  @returns {WriteDate} */
export function calendar(language) {
  const locale = language === "en" ? "en-GB" : "zh-CN";
  /** @type {Intl.DateTimeFormatOptions} */
  const day = { timeZone: ZONE, month: language === "en" ? "short" : "long", day: "numeric" };
  /** @type {Intl.DateTimeFormatOptions} */
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return (moment, timeKnown = true) => {
    const isThisYear = moment.getUTCFullYear() === new Date().getUTCFullYear();
    /** @type {Intl.DateTimeFormatOptions} */
    const parts = { ...day, ...(isThisYear ? {} : { year: "numeric" }), ...(timeKnown ? time : {}) };
    return new Intl.DateTimeFormat(locale, parts).format(moment);
  };
}

/** An uncertainty as text, in metres or kilometres, rounded to two digits.
 *  @param {Say} say
 *  @param {number} metres */
export function distance(say, metres) {
  const rough = roughly(metres);
  return rough < 1000 ? say("metres", { n: rough }) : say("kilometres", { n: rough / 1000 });
}

// 8 -> 8, 1234 -> 1200
/** @param {number} metres */
function roughly(metres) {
  if (metres < 100) return Math.max(1, Math.round(metres));
  const step = 10 ** (Math.floor(Math.log10(metres)) - 1);
  return Math.round(metres / step) * step;
}
