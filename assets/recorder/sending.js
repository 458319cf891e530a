// From the button to the receipt: missing fields are asked for, then the outbox sends.

import { whatIsAsked } from "./draft.js";
import { openDuplicate } from "./duplicates.js";

/** @import { Outcome, Recorder, RefusalNote, Sheet, WholeSighting } from "./types" */

// The server's names of fields that the form shows at one field.
/** @type {Record<string, string>} */
const SHOWN_AT = { latitude: "place", longitude: "place", taxon_id: "taxon", name: "taxon", group: "taxon" };

/** Send all sightings on the screen; resolves with the result of each, or null if something is missing.
 *  @param {Recorder} recorder
 *  @returns {Promise<Outcome[] | null>} */
export async function send(recorder) {
  if (recorder.isSending) return null;
  for (const sheet of recorder.sheets) sheet.startSending();
  if (isMissing(recorder) || isStopped(recorder)) return null;
  if (!(await recorder.hasConsent()) || isMissing(recorder)) return null;
  recorder.setSending(true);
  await Promise.all(recorder.sheets.map(({ checker }) => checker.settled()));
  if (isPerhapsTheSame(recorder)) return null;
  await recorder.intake.ready;
  if (isStopped(recorder)) return recorder.setSending(false);
  await Promise.all(recorder.sheets.map(({ draft }) => draft.leave()));
  const fields = recorder.sheets.map(({ draft }) => draft.fields);
  return recorder.outbox.hand(/** @type {WholeSighting[]} */ (fields));    // nothing is missing
}

/** @param {Recorder} recorder */
const isMissing = ({ sheets }) => sheets.some((sheet) => sheet.missing().length);

/** @param {Recorder} recorder */
function isPerhapsTheSame(recorder) {
  const sheet = recorder.sheets.find(openDuplicate);
  if (!sheet) return false;
  recorder.setSending(false);
  sheet.focusAt("duplicate");
  return true;
}

/** @param {Recorder} recorder */
function isStopped({ sheets, say }) {
  /** @type {{ sheet: Sheet, field: string }[]} */
  const stops = [];
  for (const sheet of sheets) {
    for (const [field, key] of Object.entries(whatIsAsked(sheet.draft.fields))) {
      sheet.draft.refuse(field, say(key));
      stops.push({ sheet, field });
    }
  }
  stops[0]?.sheet.focusAt(stops[0].field);
  return stops.length > 0;
}

/** Show what the server refused at its field, or above the button.
 *  @param {Sheet} sheet
 *  @param {RefusalNote} refusalNote */
export function refuse(sheet, { field, message }) {
  const place = SHOWN_AT[field ?? ""] ?? (field?.startsWith("place") ? "place" : field ?? "");
  const isHere = place in sheet.registered;
  sheet.draft.refuse(isHere ? place : "send", message);
  if (isHere) sheet.focusAt(place);
}
