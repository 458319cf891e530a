import assert from "node:assert/strict";
import test from "node:test";

import { pauseAfter } from "../../../assets/recorder/back_off.js";

const middle = () => 0.5;

test("each failure doubles the pause, up to a minute", () => {
  const pauses = [0, 1, 2, 3, 10, 2000].map((tries) => pauseAfter(tries, 4000, 0, middle));

  assert.deepEqual(pauses, [4000, 8000, 16_000, 32_000, 60_000, 60_000]);
});

test("chance moves a pause by a quarter at most, to either side", () => {
  assert.equal(pauseAfter(0, 4000, 0, () => 0), 3000);
  assert.equal(pauseAfter(0, 4000, 0, () => 1), 5000);
});

test("two phones that failed together do not come back together", () => {
  const pauses = new Set(Array.from({ length: 50 }, () => pauseAfter(3, 1000)));

  assert.ok(pauses.size > 40, `${pauses.size} different pauses`);
});

test("nobody comes back earlier than the server asked", () => {
  assert.equal(pauseAfter(0, 1000, 90, middle), 90_000);
  assert.equal(pauseAfter(6, 1000, 2, middle), 60_000);
});
