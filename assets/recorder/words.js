// Sentences come from the catalogue as JSON; figures and dates are formatted here.

import { ZONE } from "./clock.js";

/** @import { Say, Words, WriteDate } from "./types" */

/** say(key, values): the sentence of that key, its {names} filled in.
 *  @param {Words} words
 *  @returns {Say} */
export function speaker(words) {
  return (key, values = {}) =>
    (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** How dates are written in the visitor's language, by the clock of Hangzhou.
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

/** An uncertainty in words, in metres or kilometres, never more exact than it is known.
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
