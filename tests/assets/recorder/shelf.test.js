import assert from "node:assert/strict";
import test, { mock } from "node:test";

// A phone whose storage is asked and says nothing, neither yes nor no.
const asked = [];
globalThis.indexedDB = { open: () => asked[asked.push({}) - 1] };
const { all, get, isAnswering, shelves } = await import("../../../assets/recorder/shelf.js");

/** Let what waits on promises go on. */
const settle = () => new Promise((done) => { setImmediate(done); });

test("a storage that never answers is waited for once, then everything goes on without it", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const changes = [];
  shelves.addEventListener("change", () => changes.push(isAnswering()));

  const first = assert.rejects(get("facts", "consent"), { name: "Unanswered" });
  await settle();
  mock.timers.tick(4000);
  await first;
  assert.equal(isAnswering(), false);

  const second = assert.rejects(all("drafts"), { name: "Unanswered" });
  await settle();
  mock.timers.tick(200);
  await second;

  asked[0].result = { transaction: () => { throw new Error("asked at last"); } };
  asked[0].onsuccess();
  await assert.rejects(all("drafts"), { message: "asked at last" });
  assert.equal(isAnswering(), true);
  assert.deepEqual(changes, [false, true]);
  mock.timers.reset();
});
