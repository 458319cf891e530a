// Coordinates that somebody pasted: "30.25,120.15", "120.15 30.25", or a link with them in it.

// How exact a GPS or a map point is where nobody says: Georeferencing Best Practices (GBIF, 2020).
const UNSTATED_M = 30;
const METRES_PER_DEGREE = 111_320;
const PAIR = /(-?\d{1,3}\.\d+)\s*°?\s*[NnEe]?\s*[,;\s]+\s*[NnEe]?\s*(-?\d{1,3}\.\d+)/;

/**
 * { latitude, longitude, uncertainty_m } as they stand in the text, or null. Which is which is told
 * by the city: `box` (south, west, north, east). The uncertainty is that of the decimals given, and
 * never better than that of a GPS that says nothing.
 */
export function coordinatesIn(text, box) {
  const found = PAIR.exec(text.normalize("NFKC"));
  if (!found) return null;
  const [first, second] = found.slice(1).map(Number);
  const isSwapped = isNear(second, box.south, box.north) && isNear(first, box.west, box.east);
  const [latitude, longitude] = isSwapped ? [second, first] : [first, second];
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null;
  return { latitude, longitude, uncertainty_m: precisionOf(found[1], found[2], latitude) };
}

const isNear = (value, low, high) => value > low - 1 && value < high + 1;

function precisionOf(one, other, latitude) {
  const places = Math.min(...[one, other].map((figure) => figure.split(".")[1].length));
  const step = METRES_PER_DEGREE * 10 ** -places;
  return Math.max(UNSTATED_M, Math.ceil(Math.hypot(step, step * Math.cos((latitude * Math.PI) / 180))));
}
