// The room on this phone, and all that is on it in one file, for a last resort.

import { button, element, icon, set } from "../recorder/element.js";
import { readBack, saved, Unreadable } from "./backup.js";
import { inMegabytes, room } from "./room.js";

/** @import { Field } from "../recorder/types" */

/** @param {Field} field */
export function backupPart({ recorder, say }) {
  const status = element("p", { class: "hint", role: "status" });
  const used = element("p", { class: "hint" });
  /** @param {() => Promise<string>} work */
  const tell = async (work) => {
    status.textContent = "";
    status.textContent = await work().catch((error) => say(error instanceof Unreadable ? `field_file_${error.why}` : "field_file_failed"));
    await look();
  };
  const write = button("other", say("field_save"), () => tell(async () => {
    for (const { draft } of recorder.sheets) await draft.keep();
    const { file, count } = await saved();
    if (!count) return say("field_nothing");
    download(file, `luji-${new Date().toISOString().slice(0, 16).replace(/[-:]/g, "")}.luji`);
    return say("field_saved", { count });
  }), icon("download"));
  const input = element("input", { type: "file", "aria-label": say("field_read"), onchange: ({ target }) => {
    const [file] = target.files ?? [];
    if (file) tell(async () => say("field_read_back", { count: await taken(file) }));
    target.value = "";
  } });
  const taken = async (/** @type {File} */ file) => {
    const count = await readBack(file);
    await recorder.outbox.load();
    recorder.wake();
    return count;
  };
  const read = element("label", { class: "other" }, icon("back"), say("field_read"), input);
  const node = element("details", { class: "recorder keeping card" }, element("summary", {}, say("field_keeping")),
    used, element("p", {}, say("field_save_note")), element("div", { class: "pair" }, write, read), status);
  async function look() {
    const now = await room();
    used.textContent = now ? say(now.isKept ? "field_room_kept" : "field_room", { used: inMegabytes(now.used), left: inMegabytes(now.left) }) : "";
    set(used, "hidden", !now);
  }
  look();
  return node;
}

/** @param {Blob} file
 *  @param {string} name */
function download(file, name) {
  const url = URL.createObjectURL(file);
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
