// Locks of drafts that are open in this tab or another: no other tab offers those.

import { within } from "./patience.js";

const PREFIX = "luji-draft-";
const PATIENCE_MS = 2000;

/** Lock a draft until `signal` is aborted or the tab is closed.
 *  @param {string} id
 *  @param {AbortSignal} signal */
export function lockDraft(id, signal) {
  const until = () => new Promise((done) => { signal.addEventListener("abort", done); });
  navigator.locks?.request(PREFIX + id, { ifAvailable: true }, (lock) => lock && until());
}

/** Do `work` in one tab at a time: not at all while another does it, and without asking where the phone
 *  does not say.
 *  @param {string} name
 *  @param {() => Promise<unknown>} work */
export async function inOneTab(name, work) {
  if (!navigator.locks) return work();
  let isLate = false;
  /** @type {Promise<unknown> | null} */
  let working = null;
  const asked = new Promise((done, failed) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      done(null);
      if (lock && !isLate) working = work();
      return working;
    }).catch(failed);
  });
  await within(PATIENCE_MS, asked).catch(() => {
    isLate = true;
    working ??= work();
  });
  return working;
}

/** The ids of drafts that are locked.
 *  @returns {Promise<Set<string>>} */
export async function lockedDrafts() {
  const asked = navigator.locks ? within(PATIENCE_MS, navigator.locks.query()).catch(() => null) : null;
  const { held = [] } = (await asked) ?? {};
  return new Set(held.map(({ name = "" }) => name).filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length)));
}
