// The sightings that wait on this phone, on pages without a recorder: their number, and a button.

import { Consent } from "./consent.js";
import { element } from "./element.js";
import { online } from "./fetchers.js";
import { outboxNotice } from "./notices.js";
import { Outbox } from "./outbox.js";
import { Uploads } from "./upload.js";
import { speaker } from "./words.js";

/** @import { Fetchers, VisitorData, Words } from "./types" */

const STYLE = new URL("recorder.css", import.meta.url).href;
const RECORD = "/record";

/**
* Draw the box in `root`, if anything waits; `frame` is hidden while nothing does. `onDelivered()`
 * is called after something was sent. Returns a function that removes the box.
 * @param {HTMLElement | ShadowRoot} root
 * @param {{ words: Words, data: VisitorData, fetchers?: Fetchers, frame?: HTMLElement | null, onDelivered?: (count: number) => void }} options
 */
export function mount(root, { words, data, fetchers = online(), frame = null, onDelivered = () => {} }) {
  const life = new AbortController();
  const consent = new Consent({ data, send: fetchers.consent });
  const mayStart = () => Boolean(consent.agreement);
  const uploads = new Uploads({ send: consent.guard(fetchers.media), mayStart, onConsentMissing: () => consent.forget() });
  const outbox = new Outbox({ uploads, send: consent.guard(fetchers.record), mayStart });
  const wake = () => {
    uploads.wake();
    return outbox.flush();
  };
  // A refused sighting is corrected in the recorder.
  const desk = { say: speaker(words), outbox, wake, delivered: 0, reopen: () => { location.href = RECORD; } };
  outbox.addEventListener("delivered", () => {
    desk.delivered += 1;
    outbox.tell();
    onDelivered(desk.delivered);
  }, { signal: life.signal });
  addEventListener("online", wake, { signal: life.signal });
  const show = () => frame && (frame.style.display = outbox.rows.length || desk.delivered ? "" : "none");
  outbox.addEventListener("change", show, { signal: life.signal });
  root.append(element("link", { rel: "stylesheet", href: STYLE }), element("div", { class: "recorder" }, outboxNotice(desk)));
  show();
  Promise.all([consent.load(), outbox.load()]).then(wake);
  return () => {
    life.abort();
    outbox.stop();
    for (const photo of [...uploads.items.keys()]) uploads.remove(photo);
    root.replaceChildren();
  };
}
