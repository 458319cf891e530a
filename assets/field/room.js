// The room on this phone: asked to be kept for good, and a warning before there is none left.

import { element, icon, set } from "../recorder/element.js";

/** @import { Field } from "../recorder/types" */

const LEAST_LEFT = 200 * 2 ** 20;             // bytes: some 300 photographs
const MOST_USED = 0.8;
const MEGABYTE = 2 ** 20;

/** What is used and what is left on this phone, in bytes; null where the browser does not say.
 *  @returns {Promise<{ used: number, left: number, isLow: boolean, isKept: boolean } | null>} */
export async function room() {
  const storage = navigator.storage;
  /** @type {StorageEstimate} */
  const { usage, quota } = await storage?.estimate?.().catch(() => ({})) ?? {};
  if (usage === undefined || !quota) return null;
  const left = Math.max(0, quota - usage);
  const isKept = await storage.persisted?.().catch(() => false) ?? false;
  return { used: usage, left, isLow: left < LEAST_LEFT || usage / quota > MOST_USED, isKept };
}

/** Ask the browser to delete nothing by itself. Some ask the person, so only once something is here. */
async function askToKeep() {
  if (await navigator.storage?.persisted?.().catch(() => true)) return;
  await navigator.storage?.persist?.().catch(() => false);
}

/** @param {number} bytes */
export const inMegabytes = (bytes) => Math.round(bytes / MEGABYTE).toLocaleString("en");

/** Shown while there is little room: send or save what is here before the next photographs.
 *  @param {Field} field */
export function roomNotice({ recorder, say }) {
  const words = element("span", { class: "words" });
  const node = element("div", { class: "notice", "data-kind": "warn", role: "status", hidden: true }, icon("warn"), words);
  const look = async () => {
    if (recorder.outbox.rows.length || recorder.countPhotos()) await askToKeep();
    const now = await room();
    set(node, "hidden", !now?.isLow);
    words.textContent = now?.isLow ? say("field_low", { left: inMegabytes(now.left) }) : "";
  };
  recorder.outbox.addEventListener("change", look);
  look();
  return element("div", { class: "recorder" }, node);
}
