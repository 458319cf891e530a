// The page on this phone: held by the service worker, with the checklist's names; sent in the background.

/** @import { Outbox, Recorder } from "../recorder/types" */

/** @typedef {ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }} WithSync */

const SYNC = "luji-outbox";

/** Whether the page would open without a network, once that is known: the worker holds its files, and
 *  the names and the districts' outlines are here.
 *  @param {Recorder} recorder */
export async function installed(recorder) {
  if (!navigator.serviceWorker) return false;
  try {
    const registering = navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => null);
    if (!navigator.serviceWorker.controller && !(await registering)) return false;
    await navigator.serviceWorker.ready;
    await recorder.settledNames;
    await recorder.boundaries();
    return recorder.names.index.length > 0;
  } catch (error) {
    console.warn("not ready without a network:", error);
    return false;
  }
}

/** Ask the browser, where it can, to send what waits also when the page is closed.
 *  @param {Outbox} outbox */
export async function askForSync(outbox) {
  if (!outbox.rows.some((row) => !row.refused) || outbox.sending) return;
  const registration = /** @type {WithSync | undefined} */ (await navigator.serviceWorker?.getRegistration());
  await registration?.sync?.register(SYNC).catch(() => null);
}
