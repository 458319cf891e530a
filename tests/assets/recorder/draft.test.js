import assert from "node:assert/strict";
import test from "node:test";

import { factsFrom, payloadOf, whatIsAsked, whatIsMissing, withPhotos } from "../../../assets/recorder/draft.js";

const CITY = { south: 29.18, west: 118.33, north: 30.58, east: 120.74 };
const LAKE = { latitude: 30.25, longitude: 120.15, uncertainty_m: 8 };
const TAKEN = "2026-05-09T09:42:00+08:00";
const PHOTO = { upload_id: "p", state: "stored", facts: { place: LAKE, taken: TAKEN } };
const EMPTY = {
  id: "a", batch: "b", photos: [], is_open: false, event_date: "", time_known: true, time_source: null,
  place: null, taxon: null, name: "", typed: "", is_unknown: false, group: null, count: null,
  establishment_means: null, note: "", hide_exact_place: false, different_from: [],
};
const WHOLE = { ...EMPTY, photos: [PHOTO], ...factsFrom([PHOTO], EMPTY, true) };

test("an empty form lacks a photograph or a name, a place and a time", () => {
  assert.deepEqual(Object.keys(whatIsMissing(EMPTY, CITY)), ["photos", "place", "event_date"]);
});

test("one photograph that knows where and when is enough", () => {
  assert.deepEqual(whatIsMissing(WHOLE, CITY), {});
});

test("a place outside the city and a time ahead are said to be so", () => {
  const fields = { ...WHOLE, place: { ...LAKE, latitude: 31.2 }, event_date: "2999-01-01T00:00:00+08:00" };

  assert.deepEqual(whatIsMissing(fields, CITY), { place: "outside_city", event_date: "time_ahead" });
});

test("of a plant it is asked whether it was planted; of a bird it is not", () => {
  assert.deepEqual(whatIsAsked({ ...WHOLE, taxon: { group: "plant" } }), { establishment_means: "missing_origin" });
  assert.deepEqual(whatIsAsked({ ...WHOLE, taxon: { group: "bird" } }), {});
});

test("without consent to the place, a photograph's is not used, its time is", () => {
  assert.deepEqual(factsFrom([PHOTO], EMPTY, false), { event_date: TAKEN, time_source: "photo" });
});

test("what a person gave is not overwritten by a photograph, a carried place is", () => {
  const place = { ...LAKE, source: "map" };
  const fields = { ...EMPTY, place, event_date: "2026-05-01T08:00:00+08:00", time_source: "person" };

  assert.deepEqual(factsFrom([PHOTO], fields, true), {});
  assert.equal(factsFrom([PHOTO], { ...EMPTY, place: { ...place, is_carried: true } }, true).place.source, "exif");
});

test("a photograph that leaves takes the place and time along that only it knew", () => {
  const fields = withPhotos(WHOLE, [], true);

  assert.deepEqual([fields.place, fields.event_date, fields.time_source], [null, "", null]);
});

test("a pasted place is sent as it was pasted, with its datum", () => {
  const pasted = { latitude: 30.247678, longitude: 120.154707 };
  const { place } = payloadOf({ ...WHOLE, place: { ...LAKE, source: "map", datum: "GCJ-02", given: pasted } });

  assert.deepEqual(place, { ...pasted, uncertainty_m: 8, source: "map", name: null, datum: "GCJ-02" });
});

test("an animal of which nobody said otherwise is sent as wild", () => {
  assert.equal(payloadOf({ ...WHOLE, taxon: { taxon_id: "t", group: "bird" } }).establishment_means, "wild");
  assert.equal(payloadOf({ ...WHOLE, taxon: { taxon_id: "t", group: "plant" } }).establishment_means, null);
});
