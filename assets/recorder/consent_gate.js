// Asks for consent before a page that collects answers is shown.

import { askConsent, Consent } from "./consent.js";
import { button, element } from "./element.js";
import { online, Refusal } from "./fetchers.js";
import { speaker } from "./words.js";

/** @import { Fetchers, VisitorData, Words } from "./types" */

const STYLE = new URL("recorder.css", import.meta.url).href;

/**
* Draw the question in `root`. `words` are the sentences by key, `data` has `consent_version`;
 * `onAgreed()` is called once the server has the consent. Returns a function that removes it.
 * @param {HTMLElement | ShadowRoot} root
 * @param {{ words: Words, data: VisitorData, fetchers?: Fetchers, onAgreed: () => Promise<void> }} options
 */
export function mount(root, { words, data, fetchers = online(), onAgreed }) {
  const say = speaker(words);
  const consent = new Consent({ data, send: fetchers.consent });
  const open = button("main", say("gate_open"), begin);
  open.style.width = "100%";
  const note = element("p", { class: "hint", role: "status" });
  const host = element("div", { class: "recorder gate" }, open, note);
  root.replaceChildren(element("link", { rel: "stylesheet", href: STYLE }), host);

  async function begin() {
    note.textContent = "";
    if (!consent.agreement && !(await askConsent({ say, consent }, host))) {
      note.textContent = say("gate_declined");
      return;
    }
    await consent.before(onAgreed).catch(explain);
  }

  /** @param {unknown} error */
  function explain(error) {
    note.textContent = error instanceof Refusal ? error.message : say("gate_failed");
  }

  consent.load();
  return () => root.replaceChildren();
}
