import assert from "node:assert/strict";
import test from "node:test";

import { boxOf } from "../../../assets/recorder/shrink.js";

const size = (width, height) => Object.values(boxOf(width, height));

test("a large photograph gets 2048 pixels on its long side, whichever that is", () => {
  assert.deepEqual(size(8000, 6000), [2048, 1536]);
  assert.deepEqual(size(6000, 8000), [1536, 2048]);
  assert.deepEqual(size(4096, 4096), [2048, 2048]);
});

test("a small one is never blown up", () => {
  assert.deepEqual(size(800, 600), [800, 600]);
  assert.deepEqual(size(2048, 2048), [2048, 2048]);
});

test("the thinnest panorama keeps a pixel", () => assert.deepEqual(size(60_000, 3), [2048, 1]));
