// Time: Hangzhou keeps UTC+8 all the year, so a time without a zone is read as +08:00.

export const ZONE = "Asia/Shanghai";
const OFFSET = "+08:00";
const OFFSET_MS = 8 * 3600 * 1000;
const AHEAD_MS = 10 * 60 * 1000;

/** The moment as ISO text with Hangzhou's offset, to the second.
 *  @param {Date} moment */
export function asText(moment) {
  return new Date(moment.getTime() + OFFSET_MS).toISOString().slice(0, 19) + OFFSET;
}

/** ISO text as a `datetime-local` field wants it.
 *  @param {string} text */
export function asField(text) {
  return text ? asText(new Date(text)).slice(0, 16) : "";
}

/** What a `datetime-local` field holds, as ISO text; "" when it is empty or no date.
 *  @param {string} value */
export function fromField(value) {
  const moment = new Date(`${value}:00${OFFSET}`);
  return value && !Number.isNaN(moment.getTime()) ? asText(moment) : "";
}

/** True when the text names a moment more than ten minutes ahead, which no record may have.
 *  @param {string} text */
export function isAhead(text, now = new Date()) {
  return new Date(text).getTime() > now.getTime() + AHEAD_MS;
}

/** The first moment of that day: what is sent when the hour is not known.
 *  @param {string} text */
export function startOfDay(text) {
  return `${asText(new Date(text)).slice(0, 10)}T00:00:00${OFFSET}`;
}
