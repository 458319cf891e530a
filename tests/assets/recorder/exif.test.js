import assert from "node:assert/strict";
import test from "node:test";

import { readFacts } from "../../../assets/recorder/exif.js";
import { heic, jpeg } from "../exif_block.js";

const FACTS = {
  taken: "2026:05:09 09:42:00", offset: "+08:00",
  latitude: [30, 16, 12, "N"], longitude: [120, 4, 30, "E"], error: 7.2,
};
const READ = {
  place: { latitude: 30.27, longitude: 120.075, uncertainty_m: 8 }, taken: "2026-05-09T09:42:00+08:00",
};

test("place and time are read from a JPEG", async () => assert.deepEqual(await readFacts(jpeg(FACTS)), READ));

test("and from a HEIC whose table of contents is missing", async () => {
  assert.deepEqual(await readFacts(heic(FACTS)), READ);
});

test("south and west are negative", async () => {
  const { place } = await readFacts(jpeg({ ...FACTS, latitude: [33, 30, 0, "S"], longitude: [70, 15, 0, "W"] }));

  assert.deepEqual([place.latitude, place.longitude], [-33.5, -70.25]);
});

test("a GPS that does not say how exact it is is taken for 30 metres", async () => {
  const { place } = await readFacts(jpeg({ ...FACTS, error: undefined }));

  assert.equal(place.uncertainty_m, 30);
});

test("zero degrees both ways is a GPS without a fix, not a place", async () => {
  const { place, taken } = await readFacts(jpeg({ ...FACTS, latitude: [0, 0, 0, "N"], longitude: [0, 0, 0, "E"] }));

  assert.deepEqual([place, taken], [null, READ.taken]);
});

test("a latitude without a longitude is no place", async () => {
  assert.equal((await readFacts(jpeg({ ...FACTS, longitude: undefined }))).place, null);
});

test("a time without an offset is Hangzhou's; one with another is turned into Hangzhou's", async () => {
  assert.equal((await readFacts(jpeg({ ...FACTS, offset: undefined }))).taken, READ.taken);
  assert.equal((await readFacts(jpeg({ ...FACTS, offset: "+09:00" }))).taken, "2026-05-09T08:42:00+08:00");
});

test("a camera whose clock was never set says no time", async () => {
  for (const taken of ["0000:00:00 00:00:00", "2026:13:40 09:42:00", "    :  :     :  :  "]) {
    assert.equal((await readFacts(jpeg({ ...FACTS, taken }))).taken, null, taken);
  }
});

test("no metadata and broken metadata are simply not there", async () => {
  const whole = new Uint8Array(await jpeg(FACTS).arrayBuffer());
  for (const bytes of [new Uint8Array(), new Uint8Array([0xff, 0xd8, 0xff, 0xd9]), whole.slice(0, 40)]) {
    assert.deepEqual(await readFacts(new Blob([bytes])), { place: null, taken: null });
  }
});
