// Joining a festival's team by its six digits, also where there is no network: then it is told later.

import { button, element, fresh, icon, one, set } from "../recorder/element.js";
import { Refusal } from "../recorder/fetchers.js";
import * as shelf from "../recorder/shelf.js";

/** @import { Field, KeptTeam, Recorder } from "../recorder/types" */

const KEY = "team";
const DIGITS = 6;

/** The team of this phone, which the server learns of when it can. Dispatches "change". */
export class Joining extends EventTarget {
  /** @param {Recorder} recorder */
  constructor({ fetchers, consent }) {
    super();
    this.fetchers = fetchers;
    this.send = consent.guard(fetchers.join);
    this.consent = consent;
    /** @type {KeptTeam | null} */
    this.own = null;
    this.isBusy = false;
  }

  /** Read the team of an earlier visit, and the digits of the address, as in the QR code. */
  async begin() {
    this.own = /** @type {KeptTeam | undefined} */ (await shelf.get("facts", KEY).catch(() => undefined)) ?? null;
    const code = digitsOf(new URLSearchParams(location.search).get("code") ?? "");
    if (location.search) history.replaceState(null, "", location.pathname);
    if (code && code !== this.own?.code) await this.change({ key: KEY, code, team: "", is_posted: false, festival: null });
    this.tell();
    await this.look();
    await this.post();
  }

  /** Ask which festival it is. */
  async look() {
    const { own } = this;
    if (!own || own.is_posted) return;
    try {
      const festival = await this.fetchers.festival(own.code);
      if (this.own === own) await this.change({ ...own, festival, message: "" });
    } catch (error) {
      if (error instanceof Refusal && this.own === own) await this.change({ ...own, festival: null, message: error.message });
    }
  }

  /** @param {string} code */
  async open(code) {
    await this.change({ key: KEY, code, team: "", is_posted: false, festival: null });
    await this.look();
  }

  /** @param {string} team */
  async join(team) {
    if (!this.own) return;
    await this.change({ ...this.own, team, is_posted: false, message: "" });
    await this.post();
  }

  /** Join another one. */
  async leave() {
    this.own = null;
    await shelf.drop("facts", KEY).catch(() => null);
    this.tell();
  }

  /** Tell the server, after the consent. */
  async post() {
    const { own } = this;
    if (!own?.team || own.is_posted || own.message || this.isBusy || !this.consent.agreement) return;
    this.isBusy = true;
    try {
      const { festival, team } = await this.send({ code: own.code, team: own.team });
      await this.change({ ...own, team, festival, is_posted: true });
    } catch (error) {
      if (error instanceof Refusal) await this.change({ ...own, message: error.message });
    } finally {
      this.isBusy = false;
    }
  }

  /** @param {KeptTeam} own */
  async change(own) {
    this.own = own;
    await shelf.put("facts", own).catch(() => null);
    this.tell();
  }

  tell() {
    this.dispatchEvent(new Event("change"));
  }
}

/** @param {string} text */
const digitsOf = (text) => {
  const digits = text.replace(/\D/g, "");
  return digits.length === DIGITS ? digits : "";
};

/** Show the team, or the form to join one: above the recorder once there is something to do.
 *  @param {Field} field */
export function joiningPart(field) {
  const node = element("div", { class: "recorder joining" });
  const { joining } = field;
  let latest = "";
  const refresh = () => {
    const text = JSON.stringify(joining.own);
    if (text === latest) return;
    latest = text;
    one(document, joining.own ? "#before" : "#after").append(node);
    node.replaceChildren(!joining.own ? codeForm(field) : joining.own.team && !joining.own.message ? teamLine(field, joining.own) : teamForm(field, joining.own));
  };
  joining.addEventListener("change", refresh);
}

/** @param {Field} field
 *  @param {KeptTeam} own */
function teamLine({ joining, say }, { team, festival, code, is_posted: isPosted }) {
  const name = festival?.name ?? say("field_code", { code });
  return element("div", { class: "team card", role: "status" }, icon("festival"),
    element("div", { class: "about" }, element("b", {}, team), element("small", {}, isPosted ? name : say("field_join_later", { name }))),
    button("link", say("field_other_team"), () => joining.leave()));
}

/** @param {Field} field */
function codeForm({ joining, say }) {
  const input = element("input", { inputmode: "numeric", autocomplete: "off", maxlength: DIGITS + 1, placeholder: "000 000", id: fresh("code") });
  const error = element("p", { class: "error" });
  const go = () => {
    const code = digitsOf(input.value);
    error.textContent = code ? "" : say("field_six_digits");
    if (code) joining.open(code);
  };
  return element("details", { class: "team card" }, element("summary", {}, icon("festival"), say("field_join")),
    element("label", { class: "field", for: input.id }, say("field_digits")), element("div", { class: "pair" }, input, button("other", say("field_go_on"), go)), error);
}

/** @param {Field} field
 *  @param {KeptTeam} own */
function teamForm({ joining, say }, own) {
  const { festival, code, message } = own;
  const list = fresh("teams");
  const input = element("input", { autocomplete: "off", maxlength: 16, list, id: fresh("team"), value: own.team });
  const error = element("p", { class: "error", role: "alert" }, message ?? "");
  const go = () => {
    const team = input.value.trim();
    error.textContent = team ? "" : say("field_team_name");
    if (team) joining.join(team);
  };
  const teams = festival?.teams ?? [];
  const known = teams.map((team) => button("quiet", team, () => joining.join(team)));
  const node = element("section", { class: "team card join", "aria-label": say("field_join") },
    element("h2", {}, festival?.name ?? say("field_code", { code })),
    element("p", { class: "hint" }, festival ? `${festival.days}` : say("field_join_offline")),
    known.length ? element("div", { class: "known", role: "group", "aria-label": say("field_teams") }, known) : null,
    element("label", { class: "label", for: input.id }, say(known.length ? "field_new_team" : "field_team")), input,
    element("p", { class: "hint" }, say("field_team_note")), error,
    element("div", { class: "pair" }, button("main", say("field_join_now"), go), button("link", say("field_not_now"), () => joining.leave())));
  set(node, "data-code", code);
  return node;
}
