// One photo as evidence: reduced on the phone and sent at once; the page gets its upload id.

import { button, element, fresh, icon, one, set } from "../recorder/element.js";
import { online } from "../recorder/fetchers.js";
import { newId } from "../recorder/id.js";
import { shrink } from "../recorder/shrink.js";

/** @import { Fetchers, Words } from "../recorder/types" */
/** Passes a value to the page.
 *  @typedef {(name: "is_sending" | "upload_id", value: boolean | string | null) => void} Tell
 *  @typedef {"empty" | "sending" | "sent" | "failed"} State */

/** @type {WeakMap<Element, PhotoField>} */
const fields = new WeakMap();
const FORMATS = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif";

/**
 * Draw the photo field in `root`. `words`: label, camera, album, sending, sent, again, remove, failed,
* holds_place, picture. A file that the browser can't decode keeps its metadata: it is sent only with `allows_place`.
* `tell(name, value)` passes "is_sending" and "upload_id" to the page.
 * @param {ParentNode} root
 * @param {{ words: Words, allows_place: boolean }} data
 * @param {Tell} tell
 */
export function draw(root, { words, allows_place: allowsPlace }, tell, fetchers = online()) {
  const box = one(root, ".photo");
  const field = fields.get(box) ?? new PhotoField(box, words, fetchers);
  Object.assign(field, { tell, allowsPlace });
  fields.set(box, field);
}

class PhotoField {
  /** @param {HTMLElement} box
   *  @param {Words} words
   *  @param {Fetchers} fetchers */
  constructor(box, words, fetchers) {
    this.words = words;
    this.fetchers = fetchers;
    this.allowsPlace = false;
    /** @type {Tell} */
    this.tell = () => {};
    /** @type {string | null} the upload id of the photo in hand */
    this.id = null;
    /** @type {Blob | null} */
    this.blob = null;
    /** @type {AbortController | undefined} */
    this.life = undefined;
    this.error = element("p", { class: "error", id: fresh("error"), role: "alert", hidden: true });
    this.ways = element("div", { class: "ways" }, this.way("camera", "camera"), this.way("photos", "album"));
    this.picture = element("img", { alt: words.picture });
    this.status = element("span", { class: "status", role: "status" });
    this.bar = element("progress", { max: "1", "aria-label": words.sending });
    this.again = button("quiet", words.again, () => this.send());
    this.row = element("div", { class: "row", hidden: true }, this.picture,
      element("span", { class: "grow" }, this.status, this.bar), this.again,
      button("quiet", words.remove, () => this.remove()));
    const label = element("p", { class: "label", id: fresh("label") }, words.label);
    set(this.ways, "role", "group");
    set(this.ways, "aria-labelledby", label.id);
    box.replaceChildren(label, this.ways, this.row, this.error);
  }

  /** @param {string} symbol
   *  @param {string} from */
  way(symbol, from) {
    const input = element("input", {
      type: "file", accept: from === "camera" ? "image/*" : FORMATS,
      capture: from === "camera" ? "environment" : undefined, "aria-describedby": this.error.id,
      onchange: ({ target }) => {
        const [file] = target.files ?? [];
        target.value = "";
        if (file) this.take(file);
      },
    });
    return element("label", {}, input, icon(symbol), element("span", {}, this.words[from]));
  }

  /** @param {File} file */
  async take(file) {
    this.refuse("");
    this.id = newId();
    const { blob, isDecoded } = await shrink(file);   // the result has no metadata
    if (!isDecoded && !this.allowsPlace) {
      this.refuse(this.words.holds_place);
      return;
    }
    this.blob = blob;
    set(this.picture, "hidden", !isDecoded);
    if (isDecoded) this.picture.src = URL.createObjectURL(blob);
    await this.send();
  }

  async send() {
    const { id, blob } = this;
    if (!id || !blob) return;
    this.show("sending");
    this.tell("is_sending", true);
    const outcome = await this.upload(id, blob);
    if (id !== this.id) return;                     // removed meanwhile
    if (outcome.message !== undefined) this.refuse(outcome.message || this.words.failed);
    this.show(outcome.thumb ? "sent" : "failed");
    await connected();
    if (outcome.thumb) this.tell("upload_id", id);
    this.tell("is_sending", false);
  }

  /** @param {string} id
   *  @param {Blob} blob
   *  @returns {Promise<{ thumb?: string, message?: string }>} */
  async upload(id, blob) {
    this.life = new AbortController();
    try {
      return await this.fetchers.media(id, blob, (share) => { this.bar.value = share; }, this.life.signal);
    } catch (error) {
      return { message: error instanceof Error ? error.message : "" };
    }
  }

  remove() {
    this.life?.abort();
    this.id = this.blob = null;
    URL.revokeObjectURL(this.picture.src);
    this.show("empty");
    this.refuse("");
    this.tell("upload_id", null);
    this.tell("is_sending", false);
    one(this.ways, "input").focus();
  }

  /** @param {State} state */
  show(state) {
    set(this.ways, "hidden", state !== "empty");
    set(this.row, "hidden", state === "empty");
    set(this.bar, "hidden", state !== "sending");
    set(this.again, "hidden", state !== "failed");
    this.status.textContent = state === "sending" ? this.words.sending : state === "sent" ? this.words.sent : "";
  }

  /** @param {string} message */
  refuse(message) {
    this.error.textContent = message;
    set(this.error, "hidden", !message);
  }
}

// Values passed while the page's socket is closed are lost, and a phone's file picker may close it.
/** @returns {Promise<void>} */
function connected() {
  const app = document.querySelector("[data-testid=stApp]");
  const isUp = () => !app || (app.getAttribute("data-test-connection-state") ?? "CONNECTED") === "CONNECTED";
  if (!app || isUp()) return Promise.resolve();
  return new Promise((done) => {
    const watch = new MutationObserver(() => {
      if (!isUp()) return;
      watch.disconnect();
      done();
    });
    watch.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
  });
}
