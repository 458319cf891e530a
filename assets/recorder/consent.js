// Asked before the first byte leaves the phone: why, how long, the licence, the place, 14 or older.

import { button, element, fresh } from "./element.js";
import { Refusal } from "./fetchers.js";
import * as shelf from "./shelf.js";

const KEY = "consent";
const LICENCES = ["CC BY 4.0", "all rights reserved"];

/** What was agreed to, here or at an earlier visit. Tells "change". */
export class Consent extends EventTarget {
  constructor({ data, send }) {
    super();
    this.version = data.consent_version;
    this.send = send;
    this.given = data.consented ? { place: data.place_consented ?? true, is_posted: true } : null;
    this.declined = false;
  }

  /** Agreed while offline, at an earlier visit: it travels before the first photograph. */
  async load() {
    if (this.given) return;
    const kept = await shelf.get("facts", KEY).catch(() => null);
    if (kept?.version === this.version && !kept.is_posted) this.given = kept;
    this.dispatchEvent(new Event("change"));
  }

  async agree(answer) {
    this.given = { key: KEY, version: this.version, ...answer, is_posted: false };
    this.declined = false;
    await this.keep();
    this.dispatchEvent(new Event("change"));
  }

  decline() {
    this.declined = true;
    this.dispatchEvent(new Event("change"));
  }

  /** The server does not know of it (any more): ask again. */
  forget() {
    this.given = null;
    this.dispatchEvent(new Event("change"));
  }

  /** Run `send` after the consent has reached the server. */
  async before(send) {
    if (this.given && !this.given.is_posted) {
      this.posting ??= this.post().finally(() => { this.posting = null; });
      await this.posting;
    }
    return send();
  }

  async post() {
    const { version, place, photo_licence } = this.given;
    try {
      await this.send({ version, place, photo_licence });
    } catch (error) {
      if (error instanceof Refusal) this.forget();
      throw error;
    }
    this.given.is_posted = true;
    await this.keep();
  }

  async keep() {
    await shelf.put("facts", this.given).catch(() => null);
  }
}

/** Open the sheet; resolves with true (agreed) or false. Escape is a no. */
export function askConsent({ say, consent }, host) {
  const place = element("input", { type: "checkbox" });
  const licence = fresh("licence");
  const title = fresh("consent");
  const choices = LICENCES.map((value, at) => element("label", { class: "tick" },
    element("input", { type: "radio", name: licence, value, checked: at === 0 }),
    element("span", {}, say(at === 0 ? "licence_open" : "licence_reserved"))));
  const no = button("other", say("consent_no"), () => dialog.close());
  const yes = button("main", say("consent_yes"), () => dialog.close("yes"));
  const dialog = element("dialog", { class: "sheet", "aria-labelledby": title },
    element("div", { class: "inside" },
      element("h2", { id: title, tabindex: "-1" }, say("consent_title")),
      element("p", {}, say("consent_why")),
      element("ul", { class: "points" }, ["consent_what", "consent_how_long", "consent_records"].map((key) => element("li", {}, say(key)))),
      element("fieldset", {}, element("legend", {}, say("consent_photos")), choices),
      element("label", { class: "tick boxed" }, place, element("span", {}, say("consent_place"))),
      element("p", { class: "hint" }, say("consent_leave"), " ", element("a", { href: "/about", target: "_blank" }, say("consent_more")))),
    element("div", { class: "answers" }, yes, no));
  host.append(dialog);
  return new Promise((done) => {
    dialog.onclose = async () => {
      const photoLicence = dialog.querySelector("input[type=radio]:checked").value;
      dialog.remove();
      if (dialog.returnValue === "yes") await consent.agree({ place: place.checked, photo_licence: photoLicence });
      else consent.decline();
      done(dialog.returnValue === "yes");
    };
    dialog.showModal();
    dialog.querySelector("h2").focus();
  });
}
