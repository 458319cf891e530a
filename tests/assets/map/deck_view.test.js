import assert from "node:assert/strict";
import test from "node:test";

import { around, deckOf, isSame, lifted, nearest, read, within, written } from "../../../assets/map/deck_view.js";

const BOX = { south: 29.18, north: 30.57, west: 118.33, east: 120.73 };
const LAKE = { latitude: 30.24719, longitude: 120.14169, zoom: 12.46 };

test("a view comes back from the address that it is written in", () => {
  assert.equal(written(LAKE), "30.2472,120.1417,12.5");
  assert.deepEqual(read(written(LAKE), BOX), { latitude: 30.2472, longitude: 120.1417, zoom: 12.5 });
  assert.ok(isSame(LAKE, read(written(LAKE), BOX)));
});

for (const text of [
  null, "", "30.2,120.1", "30.2,120.1,99", "39.9,116.4,12", "30.2,120.1,12,5", "a,b,c", "NaN,120.1,12", "30.2,120.1,", ",,,,,",
  "1e1,120.1,12", "30.2;120.1;12", "<script>", "30.2,120.1,12".repeat(9), "30..2,120.1,12",
]) test(`"${text}" moves no map`, () => assert.equal(read(text, BOX), null));

test("a place stands in the middle of what a sheet leaves free", () => {
  const view = lifted(LAKE, 160);
  assert.ok(view.latitude < LAKE.latitude && view.zoom === LAKE.zoom);
  assert.ok(Math.abs(lifted(view, -160).latitude - LAKE.latitude) < 1e-4);
});

test("a wide place is shown from afar, an exact one from near by", () => {
  assert.ok(around(LAKE, 20_000, 160).zoom < around(LAKE, 400, 160).zoom);
  assert.ok(around(LAKE, 1, 160).zoom <= 17 && within(99) === 17 && within(0) === 7);
});

test("where React is built otherwise there is no map to move", () => {
  assert.equal(deckOf(null), null);
  assert.equal(deckOf({}), null);
  assert.equal(deckOf({ __reactFiber$x: { memoizedState: { memoizedState: null, next: null }, return: null } }), null);
});

test("a sheet goes to the height where it is let go, and a short drag goes one on", () => {
  assert.deepEqual([nearest(80, 700, 1, -1), nearest(340, 700, 1, 1), nearest(600, 700, 1, 1), nearest(330, 700, 1, -1)], [0, 2, 2, 0]);
});
