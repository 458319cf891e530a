// The phone's position, read until it is exact enough or 20 seconds are over.

import { within } from "./patience.js";

/** @import { Fix } from "./types" */

const GOOD_M = 12;
const PATIENCE_MS = 20_000;
const ASKED_MS = 2000;

/**
 * Watch the position. `onFix({ latitude, longitude, uncertainty_m })` for each better one,
 * `onEnd(reason)` once: "good", "time", "denied" or "unavailable". Returns a function that stops.
 * @param {(fix: Fix) => void} onFix
 * @param {(reason: string) => void} onEnd
 */
export function watchPosition(onFix, onEnd) {
  if (!navigator.geolocation) {
    queueMicrotask(() => onEnd("unavailable"));
    return () => {};
  }
  let best = Infinity;
  const stop = () => {
    navigator.geolocation.clearWatch(watch);
    clearTimeout(timer);
  };
  /** @param {string} reason */
  const end = (reason) => {
    stop();
    onEnd(reason);
  };
  const timer = setTimeout(() => end(best < Infinity ? "time" : "unavailable"), PATIENCE_MS);
  const watch = navigator.geolocation.watchPosition(({ coords }) => {
    if (coords.accuracy < best) {
      best = coords.accuracy;
      onFix(fixOf(coords));
    }
    if (best <= GOOD_M) end("good");
  }, (error) => error.code === error.PERMISSION_DENIED && end("denied"), { enableHighAccuracy: true, maximumAge: 0 });
  return stop;
}

/** @param {GeolocationCoordinates} geolocationCoordinates */
const fixOf = ({ latitude, longitude, accuracy }) => ({
  latitude: Number(latitude.toFixed(6)),
  longitude: Number(longitude.toFixed(6)),
  uncertainty_m: Math.max(1, Math.ceil(accuracy)),
});

/** True when the position may be read without asking again. */
export async function isAllowed() {
  const asked = navigator.permissions?.query({ name: "geolocation" });
  const answer = asked && await within(ASKED_MS, asked).catch(() => null);
  return answer?.state === "granted";
}
