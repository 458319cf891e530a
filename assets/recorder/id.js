// Ids are made by whoever creates the thing, so that sending it twice stores it once.

const MOST = 0xfff;
let moment = 0;
let nth = 0;

/** A UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, 12 that count within one millisecond (its
 *  section 6.2, method 1), the rest random. Those of one page are in the order in which they were
 *  made; in this order several sightings begun together are shown again. */
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

// A clock that is set back does not change the order; where all numbers of a millisecond are used, the next one is taken.
/** @param {number} now
 *  @param {number} start */
function tick(now, start) {
  if (now > moment) [moment, nth] = [now, start];
  else if (nth < MOST) nth += 1;
  else [moment, nth] = [moment + 1, 0];
}
