import assert from "node:assert/strict";
import test from "node:test";

import { markOf } from "../../../assets/city_map/city_map.js";
import { metresBetween } from "../../../assets/recorder/grouping.js";

const LAKE = { latitude: 30.25, longitude: 120.15 };
const typesOf = (mark) => mark.features.map(({ geometry }) => geometry.type);

test("no place is no mark", () => assert.deepEqual(typesOf(markOf(null)), []));

test("an exact place is a point, an uncertain one a point in its circle", () => {
  assert.deepEqual(typesOf(markOf(LAKE)), ["Point"]);
  assert.deepEqual(typesOf(markOf({ ...LAKE, uncertainty_m: 40 })), ["Polygon", "Point"]);
});

test("a place made rough on purpose has a circle and no point in its middle", () => {
  assert.deepEqual(typesOf(markOf({ ...LAKE, uncertainty_m: 7000, is_rough: true })), ["Polygon"]);
});

test("the circle is closed, and all of it lies as far off as the place is uncertain", () => {
  const [ring] = markOf({ ...LAKE, uncertainty_m: 500 }).features[0].geometry.coordinates;
  const distances = ring.map(([longitude, latitude]) => metresBetween(LAKE, { latitude, longitude }));

  ring[0].forEach((value, at) => assert.ok(Math.abs(value - ring.at(-1)[at]) < 1e-9));
  assert.ok(distances.every((metres) => Math.abs(metres - 500) < 2), distances.join());
});
