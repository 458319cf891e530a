import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { coordinatesIn } from "../../../assets/recorder/coordinates.js";

// Forms that were written down before the rules were, and texts that are no place.
const PASTED = JSON.parse(readFileSync(new URL("pasted_coordinates.json", import.meta.url), "utf-8"));
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

test("of the pasted forms that were kept aside nine in ten are read, to 20 metres", () => {
  const missed = PASTED.places.filter(({ text, latitude, longitude }) => {
    const fix = coordinatesIn(text, CITY);
    return !fix || Math.hypot(fix.latitude - latitude, fix.longitude - longitude) > 0.00018;
  });
  console.log(`${PASTED.places.length - missed.length} of ${PASTED.places.length} pasted forms`, missed.map(({ text }) => text));

  assert.equal(PASTED.places.length, 60);
  assert.ok(missed.length <= 6, JSON.stringify(missed));
});

test("what only looks like figures of a place is none", () => {
  assert.deepEqual(PASTED.no_places.filter((text) => coordinatesIn(text, CITY)), []);
});

test("minutes and seconds are as exact as they are written", () => {
  assert.equal(coordinatesIn("30°15'N 120°09'E", CITY).uncertainty_m, 2452);
  assert.equal(coordinatesIn("30°15'36\"N 120°09'01\"E", CITY).uncertainty_m, 41);
  assert.equal(coordinatesIn("30°15'36.1\"N 120°09'01.3\"E", CITY).uncertainty_m, 30);
});

test("what is no angle, and two of one axis, are no place", () => {
  for (const text of ["30°75'N 120°09'E", "北纬30.25 北纬30.26", "10.5-20.5 米", "lat=30.25", "30.25.1,120.15"]) {
    assert.equal(coordinatesIn(text, CITY), null, text);
  }
});

test("south and west are not taken for north and east", () => {
  assert.equal(coordinatesIn("30.25S 120.15W", CITY).latitude, -30.25);
  assert.equal(coordinatesIn("-30.25, 120.15", CITY).latitude, -30.25);
});
