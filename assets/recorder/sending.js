// From the button to the receipt: what is missing is asked, the rest goes by the outbox.

import { whatIsAsked } from "./draft.js";
import { openDuplicate } from "./duplicates.js";

// The server's names of fields, where the form has one place for several.
const SHOWN_AT = { latitude: "place", longitude: "place", taxon_id: "taxon", name: "taxon", group: "taxon" };

/** Hand in all that is on the screen: what became of each, or null when something stopped it. */
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
  return recorder.outbox.hand(recorder.sheets.map(({ draft }) => draft.fields));
}

const isMissing = ({ sheets }) => sheets.some((sheet) => sheet.missing().length);

function isPerhapsTheSame(recorder) {
  const sheet = recorder.sheets.find(openDuplicate);
  if (!sheet) return false;
  recorder.setSending(false);
  sheet.focusAt("duplicate");
  return true;
}

function isStopped({ sheets, say }) {
  let stopped = null;
  for (const sheet of sheets) {
    const asked = Object.entries(whatIsAsked(sheet.draft.fields));
    for (const [field, key] of asked) sheet.draft.refuse(field, say(key));
    if (asked.length) stopped ??= { sheet, field: asked[0][0] };
  }
  if (stopped) stopped.sheet.focusAt(stopped.field);
  return Boolean(stopped);
}

/** Show what the server refused at its field, or above the button. */
export function refuse(sheet, { field, message }) {
  const place = SHOWN_AT[field] ?? (field?.startsWith("place") ? "place" : field);
  const isHere = place in sheet.registered;
  sheet.draft.refuse(isHere ? place : "send", message);
  if (isHere) sheet.focusAt(place);
}
