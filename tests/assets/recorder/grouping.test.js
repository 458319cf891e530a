import assert from "node:assert/strict";
import test from "node:test";

import { grouped, metresBetween } from "../../../assets/recorder/grouping.js";

const LAKE = { latitude: 30.25, longitude: 120.15, uncertainty_m: 8 };
const NOON = Date.parse("2026-05-09T12:00:00+08:00");

/** A photograph taken `seconds` after noon (null: it does not say when), `metres` north of the lake
 *  (null: it does not say where). */
function photo(name, seconds, metres = null) {
  const taken = seconds === null ? null : new Date(NOON + seconds * 1000).toISOString();
  const place = metres === null ? null : { ...LAKE, latitude: LAKE.latitude + metres / 111_320 };
  return { name, facts: { taken, place } };
}

const namesOf = (rows) => rows.map((row) => row.map(({ name }) => name).join(""));

test("photographs of one minute are one sighting, a longer pause begins another", () => {
  const photos = [photo("a", 0), photo("b", 60), photo("c", 121), photo("d", 130)];

  assert.deepEqual(namesOf(grouped(photos)), ["ab", "cd"]);
});

test("the order of the album does not matter, the time does", () => {
  const photos = [photo("c", 300), photo("a", 0), photo("d", 310), photo("b", 20)];

  assert.deepEqual(namesOf(grouped(photos)), ["ab", "cd"]);
});

test("more than fifty metres apart are two sightings, however quick the feet", () => {
  assert.deepEqual(namesOf(grouped([photo("a", 0, 0), photo("b", 5, 49)])), ["ab"]);
  assert.deepEqual(namesOf(grouped([photo("a", 0, 0), photo("b", 5, 51)])), ["a", "b"]);
});

test("a place counts across a photograph that has none", () => {
  const photos = [photo("a", 0, 0), photo("b", 5), photo("c", 10, 400)];

  assert.deepEqual(namesOf(grouped(photos)), ["ab", "c"]);
});

test("what says nothing of itself stays with what came before it", () => {
  const photos = [photo("a", 0), photo("b", null), photo("c", 500), photo("d", null)];

  assert.deepEqual(namesOf(grouped(photos)), ["ab", "cd"]);
  assert.deepEqual(namesOf(grouped([{ name: "x", facts: null }, { name: "y", facts: null }])), ["xy"]);
});

test("time, place and order together", () => {
  const photos = [photo("c", 600, 0), photo("a", 0, 0), photo("b", 59, 30), photo("d", 610, 200), photo("e", null)];

  assert.deepEqual(namesOf(grouped(photos)), ["ab", "c", "de"]);
});

test("no sighting takes more photographs than it may have", () => {
  const photos = ["a", "b", "c", "d", "e"].map((name, at) => photo(name, at));

  assert.deepEqual(namesOf(grouped(photos, 2)), ["ab", "cd", "e"]);
});

test("nothing makes nothing", () => assert.deepEqual(grouped([]), []));

test("a thousandth of a degree is 111 metres north and 96 metres east of the lake", () => {
  assert.equal(Math.round(metresBetween(LAKE, { ...LAKE, latitude: 30.251 })), 111);
  assert.equal(Math.round(metresBetween(LAKE, { ...LAKE, longitude: 120.151 })), 96);
});
