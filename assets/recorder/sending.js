// From the button to the receipt: what is missing is asked, the rest goes by the outbox.

import { whatIsAsked } from "./draft.js";
import { Refusal } from "./fetchers.js";

// The server's names of fields, where the form has one place for several.
const SHOWN_AT = { latitude: "place", longitude: "place", taxon_id: "taxon", name: "taxon", group: "taxon" };

/** Hand the draft in: { answer, fields } when it is stored or kept, null when something stopped it. */
export async function send(recorder) {
  const { draft } = recorder;
  if (recorder.isSending) return null;
  recorder.takeTyped();
  draft.errors = {};
  if (recorder.missing().length || isStopped(recorder)) return null;
  if (!(await recorder.hasConsent()) || recorder.missing().length) return null;
  recorder.setSending(true);
  await recorder.intake.ready;
  if (isStopped(recorder)) return recorder.setSending(false);
  try {
    await draft.leave();
    return { answer: await recorder.outbox.hand(draft.fields), fields: draft.fields };
  } catch (error) {
    return bringBack(recorder, draft, error);
  }
}

function isStopped(recorder) {
  const asked = whatIsAsked(recorder.draft.fields);
  const [first] = Object.keys(asked);
  for (const [field, key] of Object.entries(asked)) recorder.draft.refuse(field, recorder.say(key));
  if (first) recorder.focusAt(first);
  return Boolean(first);
}

async function bringBack(recorder, draft, error) {
  if (!(error instanceof Refusal)) console.error(error);
  const fields = await recorder.outbox.takeBack(draft.fields);
  recorder.setSending(false);
  draft.isGone = false;
  draft.change(fields);
  refuse(recorder, { field: error.field, message: error.message || recorder.say("send_failed") });
  return null;
}

/** Show what the server refused at its field, or above the button. */
export function refuse(recorder, { field, message }) {
  const place = SHOWN_AT[field] ?? (field?.startsWith("place") ? "place" : field);
  const isHere = place in recorder.registered;
  recorder.draft.refuse(isHere ? place : "send", message);
  if (isHere) recorder.focusAt(place);
}
