import assert from "node:assert/strict";
import test from "node:test";

import { newId } from "../../../assets/recorder/id.js";

const UUID_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const MOMENT = 1_764_205_261_000;

test("an id is a UUIDv7 that begins with the moment it was made at", () => {
  const id = newId(MOMENT);

  assert.match(id, UUID_7);
  assert.equal(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16), MOMENT);
});

test("ten thousand of one millisecond lie in the order they were made in, and differ", () => {
  const ids = Array.from({ length: 10_000 }, () => newId(MOMENT));

  assert.deepEqual(ids, [...new Set(ids)].sort());
});

test("a clock set back does not turn the order round", () => {
  const [before, after] = [newId(MOMENT + 60_000), newId(MOMENT)];

  assert.ok(before < after);
});
