// 已收到: shown only after the server has stored the sighting, else that it is stored on the phone.

import { button, element, icon } from "./element.js";
import { met } from "../app/remembered.js";
import { shared } from "../app/share.js";
import { nameOf, tongueOf } from "./taxon_name.js";

/** @import { Child, Delivery, Place, RecordAnswer, Recorder, RecorderData, Say, Sighting, WholeSighting } from "./types" */

/** The receipt: `results` are { fields, answer }, one or several.
 *  @param {Recorder} recorder
 *  @param {Delivery[]} results */
export function receiptOf(recorder, results) {
  met();
  const [{ fields, answer }] = results;
  if (results.length > 1) return receiptOfMany(recorder, results);
  return answer.status === "kept" ? keptReceipt(recorder, answer, fields) : receipt(recorder, answer, fields);
}

// One stored sighting: `answer` is the server's, `fields` what was sent.
/** @param {Recorder} recorder
 *  @param {RecordAnswer} answer
 *  @param {WholeSighting} fields */
function receipt(recorder, answer, fields) {
  const { say } = recorder;
  const isAgain = answer.status === "already";
  const title = element("h2", { tabindex: "-1" }, say(isAgain ? "already" : "received"));
  const node = element("section", { class: "receipt card" },
    seal(say), title, element("p", {}, say(isAgain ? "already_note" : "received_note")),
    summary(recorder, fields, pointsOf(recorder, 1)), steps(say), leads(recorder, answer, fields),
    element("p", { class: "source" }, say("number", { number: answer.number ?? "" }), say("points_when")),
    (answer.flags ?? []).map((flag) => element("p", { class: "advice" }, icon("ask"), element("span", {}, flag.message))));
  return afterwards(recorder, node, title, fields.place, answer.needs_home_district ? homeDistrict(recorder) : null);
}

// Without a network: the sighting is stored on the phone and sent later without a tap.
/** @param {Recorder} recorder
 *  @param {RecordAnswer} answer
 *  @param {WholeSighting} fields */
function keptReceipt(recorder, answer, fields) {
  const { say } = recorder;
  const title = element("h2", { tabindex: "-1" }, say("kept"));
  const node = element("section", { class: "receipt kept card" },
    element("span", { class: "waits" }, icon("cloud")), title, element("p", {}, answer.message || say("kept_note")), summary(recorder, fields), sendNow(recorder));
  return afterwards(recorder, node, title, fields.place, null);
}

// Several sightings, each with its outcome.
/** @param {Recorder} recorder
 *  @param {Delivery[]} results */
function receiptOfMany(recorder, results) {
  const { say } = recorder;
  const waiting = results.filter(({ answer }) => answer.status === "kept").length;
  const arrived = results.length - waiting;
  const title = element("h2", { tabindex: "-1" }, arrived ? say("received") : say("kept"));
  const list = element("ul", { class: "received-list" }, results.map(({ fields, answer }) =>
    element("li", {}, summary(recorder, fields, statusOf(recorder, answer)))));
  const node = element("section", { class: arrived ? "receipt card" : "receipt kept card" },
    arrived ? seal(say) : element("span", { class: "waits" }, icon("cloud")), title,
    element("p", {}, arrived ? say("received_many", { count: arrived }) : say("kept_note")),
    arrived && waiting ? stillWaiting(say, waiting) : null, list,
    arrived ? [pointsOfMany(recorder, arrived), steps(say)] : null, waiting ? sendNow(recorder) : null);
  const needsHome = results.some(({ answer }) => answer.needs_home_district);
  return afterwards(recorder, node, title, results[results.length - 1].fields.place, needsHome ? homeDistrict(recorder) : null);
}

/** @param {Say} say
 *  @param {number} count */
const stillWaiting = (say, count) =>
  element("p", { class: "advice" }, icon("cloud"), element("span", {}, say("outbox_waiting", { count })));

/** @param {Recorder} recorder
 *  @param {number} count */
const pointsOfMany = (recorder, count) =>
  element("p", { class: "total" }, pointsOf(recorder, count), " ", recorder.say("points_when"));

/** To the record's own page, and to others: they can open it once it is public.
 *  @param {Recorder} recorder
 *  @param {RecordAnswer} answer
 *  @param {WholeSighting} fields */
function leads(recorder, { sighting, share }, fields) {
  const { say } = recorder;
  if (!sighting || !share) return null;
  const status = element("p", { class: "hint", role: "status" });
  const hand = async () => {
    const url = new URL(share, location.origin).href;
    const said = await shared({ title: titleOf(recorder, fields), text: say("share_text"), url });
    status.textContent = said === "handed" ? "" : say(`share_${said}`);
  };
  return element("div", { class: "leads" },
    element("a", { class: "quiet", href: sighting, target: "_top" }, say("this_record")), button("quiet", say("share"), hand), status);
}

/** @param {Recorder} recorder */
const sendNow = (recorder) => button("quiet", recorder.say("outbox_retry"), () => recorder.wake());

/** @param {Recorder} recorder
 *  @param {RecordAnswer} recordAnswer */
const statusOf = ({ say }, { status, number, flags = [] }) => element("p", { class: "outcome" },
  status === "kept" ? say("kept") : say("number", { number: number ?? "" }), flags.map((flag) => element("span", {}, flag.message)));

/** @param {{ data: RecorderData }} options
 *  @param {number} count */
const pointsOf = ({ data }, count) => element("span", { class: "points" }, icon("blossom"), `+${worth(data, count)}`);

/** The points of so many sightings of one day: the first count whole, later ones less.
 *  @param {RecorderData} data
 *  @param {number} count */
const worth = ({ points_of_a_day: steps }, count) => steps.reduce(
  ({ left, total }, [number, each]) => ({ left: left - number, total: total + Math.min(Math.max(left, 0), number) * each }),
  { left: count, total: 0 }).total;

/** @param {Recorder} recorder
 *  @param {HTMLElement} node
 *  @param {HTMLElement} title
 *  @param {Place} place
 *  @param {HTMLElement | null} question */
function afterwards(recorder, node, title, place, question) {
  const { say } = recorder;
  const whole = element("div", { class: "done" }, node, question ?? [],
    element("div", { class: "next" },
      button("main", say("next_here"), () => recorder.startNext(place)),
      button("other", say("again"), () => recorder.startAnew()),
      element("a", { class: "link", href: "/me", target: "_top" }, say("my_records"))));
  queueMicrotask(() => {
    title.focus({ preventScroll: true });
    whole.scrollIntoView({ block: "start" });
  });
  return whole;
}

/** @param {Say} say */
const seal = (say) => {
  const stamp = element("span", { class: "seal", role: "img", "aria-label": say("seal_received") });
  stamp.append(icon("seal-received", "stamp"));
  return stamp;
};

/** @param {Recorder} recorder
 *  @param {WholeSighting} fields
 *  @param {...Child} more */
function summary(recorder, fields, ...more) {
  const { previews, districtName, writeDate } = recorder;
  const [photo] = fields.photos;
  const source = photo && (previews.get(photo.upload_id) ?? photo.thumb);
  const name = titleOf(recorder, fields);
  const place = [districtName(fields.place), fields.place.name].filter(Boolean).join(" ");
  return element("div", { class: "summary" },
    source ? element("img", { src: source, alt: "" }) : element("span", { class: "no" }, icon("photos")),
    element("div", {}, element("b", { lang: fields.taxon ? tongueOf(name) : undefined }, name), element("p", {}, place),
      element("p", {}, writeDate(new Date(fields.event_date), fields.time_known))), ...more);
}

/** @param {Recorder} recorder
 *  @param {WholeSighting} fields */
const titleOf = (recorder, fields) =>
  (fields.taxon ? nameOf(fields.taxon, recorder.data.language) : fields.name || groupName(recorder, fields) || recorder.say("unnamed"));

/** @param {Recorder} recorder
 *  @param {Sighting} sighting */
const groupName = ({ data, say }, { group }) => {
  const name = data.groups.find(({ code }) => code === group)?.name;
  return name ? say("unnamed_of", { group: name }) : null;
};

/** @param {Say} say */
const steps = (say) => element("ol", { class: "steps" },
  ["step_received", "step_checking", "step_map"].map((key, at) =>
    element("li", at === 0 ? { class: "on", "aria-current": "step" } : {}, say(key))));

/** @param {Recorder} recorder */
function homeDistrict(recorder) {
  const { say, data, fetchers } = recorder;
  const status = element("p", { class: "hint", role: "status" });
  const choices = [...data.districts, { code: "elsewhere", name: say("home_elsewhere") }];
  /** @param {{ code: string, name: string }} options */
  const choose = async ({ code, name }) => {
    for (const tile of tiles) tile.setAttribute("aria-pressed", String(tile.dataset.code === code));
    try {
      await fetchers.me({ home_district: code });
      status.textContent = say("home_kept", { district: name });
    } catch (error) {
      status.textContent = (error instanceof Error && error.message) || say("home_failed");
    }
  };
  const tiles = choices.map((choice) => element("button", { type: "button", class: "home", "aria-pressed": "false",
    "data-code": choice.code, onclick: () => choose(choice) }, choice.name));
  return element("section", { class: "card ask" }, element("h3", {}, say("home")), element("p", { class: "hint" }, say("home_note")),
    element("div", { class: "homes", role: "group", "aria-label": say("home") }, tiles), status);
}
