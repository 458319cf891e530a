// Identifiers are made by whoever creates the thing, so that sending it twice keeps it once.

const MOST = 0xfff;
let moment = 0;
let nth = 0;

/** A UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, 12 that count within one millisecond (its
 *  section 6.2, method 1), the rest random. Those of one page lie in the order they were made in,
 *  which is the order that several sightings begun together are shown in again. */
export function newId(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  tick(now, bytes[6]);
  for (let place = 0; place < 6; place += 1) bytes[place] = Math.floor(moment / 256 ** (5 - place)) % 256;
  bytes[6] = 0x70 | (nth >> 8);
  bytes[7] = nth & 0xff;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// A clock that was set back does not change the order; a millisecond with all numbers used takes the next one.
/** @param {number} now
 *  @param {number} start */
function tick(now, start) {
  if (now > moment) [moment, nth] = [now, start];
  else if (nth < MOST) nth += 1;
  else [moment, nth] = [moment + 1, 0];
}
