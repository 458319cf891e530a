import assert from "node:assert/strict";
import test from "node:test";

import { modern } from "../../../assets/recorder/upgrade.js";

test("a sighting kept by the first version is brought to today's form", () => {
  const row = modern({ id: "a", photos: [], place: { latitude: 30.25, longitude: 120.15 } });

  assert.deepEqual(row, {
    id: "a", v: 2, batch: "a", photos: [], different_from: [], typed: "",
    place: { datum: "WGS-84", latitude: 30.25, longitude: 120.15 },
  });
});

test("what is of today, or of a newer version, stays as it is", () => {
  for (const row of [{ id: "a", v: 2 }, { id: "a", v: 3, new_field: 1 }]) assert.equal(modern(row), row);
});
