// Consent, before anything is sent: purpose, duration, licence, place, age of 14 or older.

import { button, element, fresh } from "./element.js";
import { deviceToken, Refusal } from "./fetchers.js";
import * as shelf from "./shelf.js";

/** @import { Agreement, ConsentAnswer, Fetchers, Say, VisitorData } from "./types" */

const KEY = "consent";
const LICENCES = ["CC BY 4.0", "all rights reserved"];

/** The consent, of this visit or an earlier one. Dispatches "change". */
export class Consent extends EventTarget {
  /** @param {{ data: VisitorData, send: Fetchers["consent"] }} options */
  constructor({ data, send }) {
    super();
    this.version = data.consent_version;
    this.send = send;
    /** @type {Agreement | null} */
    this.agreement = null;
    /** Whether the server has said what it knows: until then this phone's own note is believed. */
    this.isKnown = false;
    if (data.consented !== undefined) this.know(data);
    this.declined = false;
    /** @type {Promise<void> | null} */
    this.posting = null;
  }

  /** Take over what the server knows: that it has the consent, or has none any more.
   *  @param {VisitorData} data */
  know({ consented, place_consented }) {
    this.isKnown = true;
    if (consented) this.agreement = { place: place_consented ?? true, is_posted: true };
    else if (this.agreement?.is_posted) this.agreement = null;
  }

  /** Take over a consent given at an earlier visit, which may still have to be sent. */
  async load() {
    if (this.agreement) return;
    const earlier = /** @type {Agreement | null | undefined} */ (await shelf.get("facts", KEY).catch(() => null));
    const isTakenBack = this.isKnown && earlier?.is_posted;
    if (isTakenBack) await shelf.drop("facts", KEY).catch(() => null);
    else if (earlier?.version === this.version) this.agreement ??= earlier;
    this.dispatchEvent(new Event("change"));
  }

  /** @param {ConsentAnswer} answer */
  async agree(answer) {
    this.agreement = { key: KEY, version: this.version, ...answer, is_posted: false };
    this.declined = false;
    await this.keep();
    this.dispatchEvent(new Event("change"));
  }

  decline() {
    this.declined = true;
    this.dispatchEvent(new Event("change"));
  }

  /** Ask again, because the server does not have it (any more). */
  forget() {
    this.agreement = null;
    this.dispatchEvent(new Event("change"));
  }

  /** Run `send` after the consent has reached the server. A browser that has lost its cookies is
   *  another one to the server, and says it again.
   *  @template T
   *  @param {() => Promise<T>} send
   *  @returns {Promise<T>} */
  async before(send) {
    await this.tell();
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof Refusal && error.lacksConsent && await this.isOfAnother())) throw error;
    }
    await this.tell();
    return send();
  }

  /** Whether the server was told by a browser whose cookies this one no longer has. */
  async isOfAnother() {
    const by = this.agreement?.posted_by;
    return Boolean(by) && by !== (await deviceToken());
  }

  async tell() {
    const { agreement } = this;
    if (!agreement) return;
    if (await this.isOfAnother()) agreement.is_posted = false;
    if (agreement.is_posted) {
      agreement.posted_by ??= await deviceToken();
      return;
    }
    this.posting ??= this.post().finally(() => { this.posting = null; });
    await this.posting;
  }

  /** `fetcher`, called each time after the consent has reached the server.
   *  @template {unknown[]} A
   *  @template R
   *  @param {(...values: A) => Promise<R>} fetcher
   *  @returns {(...values: A) => Promise<R>} */
  guard(fetcher) {
    return (...values) => this.before(() => fetcher(...values));
  }

  async post() {
    const { agreement } = this;
    if (!agreement) return;
    const { place, photo_licence = LICENCES[0] } = agreement;
    try {
      await this.send({ version: this.version, place, photo_licence });
    } catch (error) {
      if (error instanceof Refusal) this.forget();
      throw error;
    }
    agreement.is_posted = true;
    agreement.posted_by = await deviceToken();
    await this.keep();
  }

  async keep() {
    if (this.agreement) await shelf.put("facts", this.agreement).catch(() => null);
  }
}

/** Open the sheet; resolves with true (agreed) or false. Escape means false.
 *  @param {{ say: Say, consent: Consent }} options
 *  @param {HTMLElement} host
 *  @returns {Promise<boolean>} */
export function askConsent({ say, consent }, host) {
  const place = element("input", { type: "checkbox" });
  const licence = fresh("licence");
  const title = fresh("consent");
  const radios = LICENCES.map((value, at) => element("input", { type: "radio", name: licence, value, checked: at === 0 }));
  const choices = radios.map((radio, at) => element("label", { class: "tick" }, radio,
    element("span", {}, say(at === 0 ? "licence_open" : "licence_reserved"))));
  const no = button("other", say("consent_no"), () => dialog.close());
  const yes = button("main", say("consent_yes"), () => dialog.close("yes"));
  const heading = element("h2", { id: title, tabindex: "-1" }, say("consent_title"));
  const dialog = element("dialog", { class: "sheet", "aria-labelledby": title },
    element("div", { class: "inside" },
      heading,
      element("p", {}, say("consent_why")),
      element("ul", { class: "points" }, ["consent_what", "consent_how_long", "consent_records"].map((key) => element("li", {}, say(key)))),
      element("fieldset", {}, element("legend", {}, say("consent_photos")), choices),
      element("label", { class: "tick boxed" }, place, element("span", {}, say("consent_place"))),
      element("p", { class: "hint" }, say("consent_leave"), " ", element("a", { href: "/about", target: "_blank" }, say("consent_more")))),
    element("div", { class: "answers" }, yes, no));
  host.append(dialog);
  return new Promise((done) => {
    dialog.onclose = async () => {
      const { value: photoLicence } = radios.find((radio) => radio.checked) ?? radios[0];
      dialog.remove();
      if (dialog.returnValue === "yes") await consent.agree({ place: place.checked, photo_licence: photoLicence });
      else consent.decline();
      done(dialog.returnValue === "yes");
    };
    dialog.showModal();
    heading.focus();
  });
}
