import assert from "node:assert/strict";
import test from "node:test";

import { coordinatesIn } from "../../../assets/recorder/coordinates.js";

const CITY = { south: 29.18, west: 118.33, north: 30.58, east: 120.74 };
const LAKE = { latitude: 30.25001, longitude: 120.15002, uncertainty_m: 30 };

for (const text of [
  "30.25001,120.15002", "120.15002 30.25001", "30.25001° N, 120.15002° E", "30.25001，120.15002",
  "https://example.org/?ll=30.25001,120.15002&z=14", "３０.25001;120.15002",
]) {
  test(`a place stands in "${text}"`, () => assert.deepEqual(coordinatesIn(text, CITY), LAKE));
}

for (const text of ["", "西溪", "30, 120", "30.25", "12,13", "99.5,200.5", "330.5,200.1"]) {
  test(`no place stands in "${text}"`, () => assert.equal(coordinatesIn(text, CITY), null));
}

test("a place stands in a sentence and in the address of a map", () => {
  const [address, sentence] = ["https://uri.amap.com/marker?position=120.15012,30.25034&x=1", "我在 30.251 120.152 这里"]
    .map((text) => coordinatesIn(text, CITY));

  assert.deepEqual(address, { latitude: 30.25034, longitude: 120.15012, uncertainty_m: 30 });
  assert.deepEqual(sentence, { latitude: 30.251, longitude: 120.152, uncertainty_m: 148 });
});

test("few decimals are no exact place", () => {
  assert.equal(coordinatesIn("30.25,120.15", CITY).uncertainty_m, 1472);
  assert.equal(coordinatesIn("30.2,120.1", CITY).uncertainty_m, 14_714);
});
