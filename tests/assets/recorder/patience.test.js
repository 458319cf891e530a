import assert from "node:assert/strict";
import test from "node:test";

import { Bytes } from "../../../assets/recorder/bytes.js";
import { inOneTab, lockedDrafts } from "../../../assets/recorder/draft_locks.js";
import { within } from "../../../assets/recorder/patience.js";

const never = () => new Promise(() => {});

/** A phone whose locks say nothing. */
function silence() {
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { locks: { query: never, request: never } } });
}

test("what comes in time is given, what fails fails, what never comes is given up", async () => {
  assert.equal(await within(1000, Promise.resolve(7)), 7);
  await assert.rejects(within(1000, Promise.reject(new Error("no"))), { message: "no" });
  await assert.rejects(within(1, never()), { name: "Unanswered" });
});

test("locks that are never answered hold nothing up", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  silence();
  const drafts = lockedDrafts();
  let done = 0;
  const work = inOneTab("outbox", async () => { done += 1; });
  context.mock.timers.tick(2000);

  assert.deepEqual(await drafts, new Set());
  await work;
  assert.equal(done, 1);
});

test("a tab that does not get the lock leaves the work to the other", async () => {
  const request = async (_name, _options, callback) => callback(null);
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { locks: { request } } });
  let done = 0;
  await inOneTab("outbox", async () => { done += 1; });

  assert.equal(done, 0);
});

test("a file that a cloud never sends is given up", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const reading = assert.rejects(new Bytes({ size: 100, slice: () => ({ arrayBuffer: never }) }).read(0, 12), { name: "Unanswered" });
  context.mock.timers.tick(20_000);
  await reading;
});
