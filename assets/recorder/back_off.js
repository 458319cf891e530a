// How long to wait before something is tried again.

const LONGEST_MS = 60_000;

/** Milliseconds to wait after `tries` failures: `firstMs`, twice that, four times that and so on, up
 *  to a minute; up to a quarter more or less at random, so that many phones do not try again at the
 *  same moment. Never less than the server asked for.
 *  @param {number} tries
 *  @param {number} firstMs */
export function pauseAfter(tries, firstMs, askedSeconds = 0, random = Math.random) {
  const pause = Math.min(LONGEST_MS, firstMs * 2 ** tries) * (0.75 + random() / 2);
  return Math.max(pause, askedSeconds * 1000);
}
