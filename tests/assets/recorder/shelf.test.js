import assert from "node:assert/strict";
import test, { mock } from "node:test";

// A phone whose storage is asked and says nothing, neither yes nor no.
const asked = [];
globalThis.indexedDB = { open: () => asked[asked.push({}) - 1] };
const { all, get, isAnswering, put, shelves } = await import("../../../assets/recorder/shelf.js");

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
  mock.timers.tick(500);
  await second;

  const begun = [];
  const objectStore = () => ({ getAll: () => ({ result: [] }), get: () => ({ result: undefined }) });
  asked[0].result = { transaction: () => begun[begun.push({ objectStore }) - 1] };
  asked[0].onsuccess();
  await settle();
  assert.equal(isAnswering(), false, "opened, but has answered nothing yet");
  begun[0].oncomplete();
  assert.equal(isAnswering(), true);
  assert.deepEqual(changes, [false, true]);
  mock.timers.reset();
});

test("a storage that opens and then never finishes is given up too, and told to leave it", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const objectStore = () => ({ put: () => ({}) });
  let aborted = 0;
  asked[0].result.transaction = () => ({ objectStore, abort: () => { aborted += 1; } });
  for (const patience of [10_000, 500]) {
    const writing = assert.rejects(put("facts", { key: "names" }), { name: "Unanswered" });
    await settle();
    mock.timers.tick(patience);
    await writing;
  }
  assert.deepEqual([aborted, isAnswering()], [2, false]);
  mock.timers.reset();
});
