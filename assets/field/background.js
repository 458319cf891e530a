// What waits on this phone, sent by the service worker while no page is open. Where a page is, that one
// does it.

import { Consent } from "../recorder/consent.js";
import { online } from "../recorder/fetchers.js";
import { Outbox } from "../recorder/outbox.js";
import { Uploads } from "../recorder/upload.js";

/** Send everything, with the consent that was given on this phone. Throws while something waits that
 *  could not be sent, so that the browser tries again.
 *  @param {string} version of the consent */
export async function sendWaiting(version) {
  const fetchers = online();
  const consent = new Consent({ data: { consent_version: version }, send: fetchers.consent });
  const mayStart = () => Boolean(consent.agreement);
  const uploads = new Uploads({ send: consent.guard(fetchers.media), mayStart, onConsentMissing: () => consent.forget() });
  const outbox = new Outbox({ uploads, send: consent.guard(fetchers.record), mayStart });
  await Promise.all([consent.load(), outbox.load()]);
  await outbox.flush();
  outbox.stop();
  for (const photo of [...uploads.items.keys()]) uploads.remove(photo);
  if (mayStart() && outbox.rows.some((row) => !row.refused)) throw new Error("not everything was sent");
}
