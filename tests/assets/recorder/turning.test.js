import assert from "node:assert/strict";
import test from "node:test";

import { turnOf, uprightSize } from "../../../assets/recorder/turning.js";

const SIZE = { width: 4, height: 2 };

/** Where a pixel's centre goes. */
function moved(orientation, x, y) {
  const [a, b, c, d, e, f] = turnOf(orientation, SIZE);
  return [a * x + c * y + e, b * x + d * y + f];
}

// What EXIF says of the first stored pixel: where it is once the picture is upright.
const FIRST = { 1: [0.5, 0.5], 2: [3.5, 0.5], 3: [3.5, 1.5], 4: [0.5, 1.5], 5: [0.5, 0.5], 6: [1.5, 0.5], 7: [1.5, 3.5], 8: [0.5, 3.5] };

test("each of the eight orientations puts the first pixel where it belongs, and all inside", () => {
  for (const [orientation, place] of Object.entries(FIRST)) {
    assert.deepEqual(moved(Number(orientation), 0.5, 0.5), place, orientation);
    const { width, height } = uprightSize(SIZE, Number(orientation));
    const [x, y] = moved(Number(orientation), 3.5, 1.5);
    assert.ok(x > 0 && x < width && y > 0 && y < height, orientation);
  }
});
