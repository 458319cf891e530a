// The one button at the lower edge.

import { openDuplicate } from "./duplicates.js";
import { element, fresh, set } from "./element.js";

/** @import { Photo, Recorder, Say, Uploads } from "./types" */

/** The bar; its button calls `recorder.send`.
 *  @param {Recorder} recorder */
export function sendBar(recorder) {
  const { say, sheets, uploads } = recorder;
  const hint = element("p", { class: "needs", id: fresh("needs"), role: "status" });
  const words = element("span", {}, sendWords(recorder));
  const press = element("button", { type: "button", class: "main", "aria-describedby": hint.id, onclick: () => recorder.send() }, words);
  const node = element("div", { class: "bar" }, element("div", { class: "inside" }, hint, press));
  const refresh = () => {
    const error = sheets.map(({ draft }) => draft.errors.send).find(Boolean);
    const text = error ?? whatIsNeeded(recorder);
    if (hint.textContent !== text) hint.textContent = text;
    hint.dataset.kind = error ? "error" : "";
    set(press, "disabled", sheets.some((sheet) => sheet.missing().length) || recorder.isSending);
    const photos = sheets.flatMap(({ draft }) => draft.fields.photos);
    words.textContent = recorder.isSending ? sendingWords(say, photos, uploads) : sendWords(recorder);
    node.style.setProperty("--done", String(recorder.isSending ? shareOf(photos, uploads) : 0));
  };
  for (const sheet of sheets) sheet.onChange(refresh);
  sheets[0].onProgress(refresh);
  refresh();
  return node;
}

/** @param {Pick<Recorder, "say" | "sheets">} pick */
const sendWords = ({ say, sheets }) => (sheets.length > 1 ? say("send_many", { count: sheets.length }) : say("send"));

// A refused photograph is named first, since it would be refused again; of several sightings the
// first that lacks something: one thing is corrected at a time.
/** @param {Recorder} recorder */
function whatIsNeeded({ say, sheets }) {
  if (sheets.some(({ draft }) => draft.fields.photos.some(({ state }) => state === "refused"))) return say("photo_to_replace");
  const at = sheets.findIndex((sheet) => sheet.missing().length);
  const sheet = at < 0 ? null : sheets[at];
  if (!sheet && sheets.some(openDuplicate)) return say("duplicate_first");
  if (!sheet || !(sheet.draft.fields.photos.length || sheet.draft.fields.is_open)) return "";
  const what = sheet.missing().map((key) => say(`short_${key}`)).join(say("list_comma"));
  return sheets.length > 1 ? say("still_needed_at", { n: at + 1, what }) : say("still_needed", { what });
}

/** @param {Say} say
 *  @param {Photo[]} photos
 *  @param {Uploads} uploads */
function sendingWords(say, photos, uploads) {
  const left = photos.filter((photo) => photo.state !== "stored").length;
  if (!left) return say("sending");
  return say("sending_photos", { share: Math.round(shareOf(photos, uploads) * 100) });
}

/** @param {Photo[]} photos
 *  @param {Uploads} uploads */
const shareOf = (photos, uploads) =>
  photos.reduce((sum, photo) => sum + uploads.progressOf(photo), 0) / Math.max(1, photos.length);
