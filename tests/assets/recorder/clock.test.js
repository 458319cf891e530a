import assert from "node:assert/strict";
import test from "node:test";

import { asField, asText, fromField, isAhead, startOfDay } from "../../../assets/recorder/clock.js";

const NOW = new Date("2026-05-09T16:30:15Z");

test("a moment is written by the clock of Hangzhou, wherever the phone is", () => {
  assert.equal(asText(NOW), "2026-05-10T00:30:15+08:00");
});

test("what a field shows is what comes back from it, to the minute", () => {
  assert.equal(asField("2026-05-09T16:30:15Z"), "2026-05-10T00:30");
  assert.equal(fromField("2026-05-10T00:30"), "2026-05-10T00:30:00+08:00");
});

test("an empty field and half a date are no time", () => {
  assert.equal(asField(""), "");
  assert.equal(fromField(""), "");
  assert.equal(fromField("2026-05"), "");
});

test("ten minutes ahead may be a clock that is wrong, eleven are refused", () => {
  assert.equal(isAhead("2026-05-10T00:40:15+08:00", NOW), false);
  assert.equal(isAhead("2026-05-10T00:41:15+08:00", NOW), true);
});

test("where the hour is not known, the day of Hangzhou counts", () => {
  assert.equal(startOfDay("2026-05-09T16:30:15Z"), "2026-05-10T00:00:00+08:00");
});
