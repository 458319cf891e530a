// How long to wait before something is tried again.

const LONGEST_MS = 60_000;

/** Milliseconds to wait after `tries` failures: `firstMs`, twice that, four times that … up to a
 *  minute, a quarter more or less by chance, so that many phones do not come back at the same moment.
 *  Never less than the server asked for.
 *  @param {number} tries
 *  @param {number} firstMs */
export function pauseAfter(tries, firstMs, askedSeconds = 0, random = Math.random) {
  const pause = Math.min(LONGEST_MS, firstMs * 2 ** tries) * (0.75 + random() / 2);
  return Math.max(pause, askedSeconds * 1000);
}
