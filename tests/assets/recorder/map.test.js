import assert from "node:assert/strict";
import test from "node:test";

import { uncertaintyAt } from "../../../assets/recorder/map.js";

test("a fingertip covers half the ground at each nearer zoom", () => {
  assert.deepEqual([9, 10, 11].map((zoom) => uncertaintyAt(30.25, zoom)), [2641, 1321, 660]);
});

test("no tap is more exact than five metres", () => assert.equal(uncertaintyAt(30.25, 20), 5));
