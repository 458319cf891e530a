// The drawings of the wall in the tent: everything that was met is on the screen.

import assert from "node:assert/strict";
import { test } from "node:test";

import { frameOf } from "../../../assets/festival/map_scene.js";
import { sectors } from "../../../assets/festival/tree_scene.js";

const XIXI = { latitude: 30.27, longitude: 120.06, count: 4 };

test("the frame holds every spot and is twice as wide as high", () => {
  const spots = [XIXI, { latitude: 29.6, longitude: 119.04, count: 1 }, { latitude: 30.3, longitude: 120.4, count: 2 }];
  const [west, north, width, height] = frameOf(spots);
  const squeeze = Math.cos((XIXI.latitude * Math.PI) / 180);
  for (const { latitude, longitude } of spots) {
    assert.ok(west < longitude * squeeze && longitude * squeeze < west + width);
    assert.ok(north < -latitude && -latitude < north + height);
  }
  assert.ok(Math.abs(width / height - 2) < 1e-9);
});

test("one spot alone is not drawn as large as the city", () => {
  const [, , , height] = frameOf([XIXI]);
  assert.ok(height > 0.1 && height < 0.3);
});

test("the groups go once round, in their order, and do not overlap", () => {
  const orders = (/** @type {number} */ count) => Array.from({ length: count }, () => ({ species: 3, met: 1 }));
  const tree = [20, 1, 7].map((count) => ({ group: "bird", species: 3 * count, met: count, orders: orders(count) }));
  const parts = sectors(tree);
  assert.deepEqual(parts.map(({ limb }) => limb), tree);
  parts.forEach(({ from, to }, at) => assert.ok(from < to && (at === 0 || parts[at - 1].to < from)));
  assert.ok(parts[0].from >= 0 && parts[2].to <= 2 * Math.PI);
});
