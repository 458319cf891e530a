import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

import { momentOf } from "../../../assets/recorder/camera_time.js";

// The server reads the same: tests/observations/media/test_camera_time.py.
const CASES = JSON.parse(await readFile(new URL("camera_times.json", import.meta.url), "utf8"));

test("the time is read as the camera meant it, or not at all", () => {
  for (const [text, offsets, moment] of CASES) assert.equal(momentOf(text, offsets), moment, `${text} ${offsets}`);
});
