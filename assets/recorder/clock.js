// Time: Hangzhou has UTC+8 all year, so a time without an offset is read as +08:00.

export const ZONE = "Asia/Shanghai";
const OFFSET = "+08:00";
const OFFSET_MS = 8 * 3600 * 1000;
const AHEAD_MS = 10 * 60 * 1000;

/** The moment as ISO text with the offset +08:00, in whole seconds.
 *  @param {Date} moment */
export function asText(moment) {
  return new Date(moment.getTime() + OFFSET_MS).toISOString().slice(0, 19) + OFFSET;
}

/** ISO text in the format of a `datetime-local` field.
 *  @param {string} text */
export function asField(text) {
  return text ? asText(new Date(text)).slice(0, 16) : "";
}

/** The value of a `datetime-local` field as ISO text; "" when it is empty or not a date.
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

/** The first moment of that day, which is sent when the hour is not known.
 *  @param {string} text */
export function startOfDay(text) {
  return `${asText(new Date(text)).slice(0, 10)}T00:00:00${OFFSET}`;
}
