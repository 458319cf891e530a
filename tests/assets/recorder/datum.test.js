import assert from "node:assert/strict";
import test from "node:test";

import { gcj02Of, wgs84Of } from "../../../assets/recorder/datum.js";
import { metresBetween } from "../../../assets/recorder/grouping.js";

const WEST_LAKE = { latitude: 30.25, longitude: 120.15 };

test("at West Lake a map of GCJ-02 draws everything some 520 metres off", () => {
  const drawn = gcj02Of(WEST_LAKE);

  assert.ok(Math.abs(drawn.longitude - WEST_LAKE.longitude - 0.004707) < 1e-6);
  assert.ok(Math.abs(drawn.latitude - WEST_LAKE.latitude + 0.002322) < 1e-6);
  assert.equal(Math.round(metresBetween(WEST_LAKE, drawn)), 521);
});

test("there and back again is the same place to a centimetre, all over the city", () => {
  for (let latitude = 29.2; latitude < 30.6; latitude += 0.2) {
    for (let longitude = 118.4; longitude < 120.8; longitude += 0.2) {
      const place = { latitude, longitude };
      assert.ok(metresBetween(place, wgs84Of(gcj02Of(place))) < 0.01, `${latitude}, ${longitude}`);
    }
  }
});

test("the place that was handed in is left as it was", () => {
  const place = { ...WEST_LAKE };
  wgs84Of(place);

  assert.deepEqual(place, WEST_LAKE);
});
