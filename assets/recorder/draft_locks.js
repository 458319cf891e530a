// Locks of drafts that are open in this tab or another: no other tab offers those.

const PREFIX = "luji-draft-";

/** Lock a draft until `signal` is aborted or the tab is closed.
 *  @param {string} id
 *  @param {AbortSignal} signal */
export function lockDraft(id, signal) {
  const until = () => new Promise((done) => { signal.addEventListener("abort", done); });
  navigator.locks?.request(PREFIX + id, { ifAvailable: true }, (lock) => lock && until());
}

/** The ids of drafts that are locked.
 *  @returns {Promise<Set<string>>} */
export async function lockedDrafts() {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(held.map(({ name = "" }) => name).filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length)));
}
