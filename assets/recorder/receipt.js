// 已收到: shown only after the server has stored the sighting, or plainly as kept on the phone.

import { button, element, icon } from "./element.js";
import { nameOf, tongueOf } from "./taxon_field.js";

/** The receipt of a stored sighting. `answer` is the server's, `fields` what was sent. */
export function receipt(recorder, answer, fields) {
  const { say } = recorder;
  const isAgain = answer.status === "already";
  const title = element("h2", { tabindex: "-1" }, say(isAgain ? "already" : "received"));
  const node = element("section", { class: "receipt card" },
    seal(say), title, element("p", {}, say(isAgain ? "already_note" : "received_note")),
    summary(recorder, fields, element("span", { class: "points" }, icon("blossom"), `+${recorder.data.points}`)), steps(say),
    element("p", { class: "source" }, say("number", { number: answer.number }), say("points_when")),
    (answer.flags ?? []).map((flag) => element("p", { class: "advice" }, icon("ask"), element("span", {}, flag.message))));
  return afterwards(recorder, node, title, answer.needs_home_district ? homeDistrict(recorder) : null);
}

/** What is shown when the network is not there: kept, and sent by itself later. */
export function keptReceipt(recorder, answer, fields) {
  const { say } = recorder;
  const title = element("h2", { tabindex: "-1" }, say("kept"));
  const node = element("section", { class: "receipt kept card" },
    element("span", { class: "waits" }, icon("cloud")), title, element("p", {}, answer.message || say("kept_note")), summary(recorder, fields));
  return afterwards(recorder, node, title, null);
}

function afterwards(recorder, node, title, question) {
  const { say } = recorder;
  const whole = element("div", { class: "done" }, node, question ?? [],
    element("div", { class: "next" },
      button("main", say("again"), () => recorder.startAnew()),
      element("a", { class: "other", href: "/me", target: "_top" }, say("my_records"))));
  queueMicrotask(() => {
    title.focus({ preventScroll: true });
    whole.scrollIntoView({ block: "start" });
  });
  return whole;
}

const seal = (say) => {
  const stamp = element("span", { class: "seal", role: "img", "aria-label": say("seal_received") });
  stamp.append(icon("seal-received", "stamp"));
  return stamp;
};

function summary(recorder, fields, ...more) {
  const { say, data, previews, districtName, writeDate } = recorder;
  const [photo] = fields.photos;
  const source = photo && (previews.get(photo.upload_id) ?? photo.thumb);
  const name = fields.taxon ? nameOf(fields.taxon, data.language) : fields.name || groupName(recorder, fields) || say("unnamed");
  const place = [districtName(fields.place), fields.place.name].filter(Boolean).join(" ");
  return element("div", { class: "summary" },
    source ? element("img", { src: source, alt: "" }) : element("span", { class: "no" }, icon("photos")),
    element("div", {}, element("b", { lang: fields.taxon ? tongueOf(name) : undefined }, name), element("p", {}, place),
      element("p", {}, writeDate(new Date(fields.event_date), fields.time_known))), ...more);
}

const groupName = ({ data, say }, { group }) => {
  const found = data.groups.find(({ code }) => code === group);
  return found ? say("unnamed_of", { group: found.name }) : null;
};

const steps = (say) => element("ol", { class: "steps" },
  ["step_received", "step_checking", "step_map"].map((key, at) =>
    element("li", at === 0 ? { class: "on", "aria-current": "step" } : {}, say(key))));

function homeDistrict(recorder) {
  const { say, data, fetchers } = recorder;
  const status = element("p", { class: "hint", role: "status" });
  const choices = [...data.districts, { code: "elsewhere", name: say("home_elsewhere") }];
  const tiles = element("div", { class: "homes", role: "group", "aria-label": say("home") });
  const choose = async ({ code, name }) => {
    for (const tile of tiles.children) tile.setAttribute("aria-pressed", String(tile.dataset.code === code));
    try {
      await fetchers.me({ home_district: code });
      status.textContent = say("home_kept", { district: name });
    } catch (error) {
      status.textContent = error.message || say("home_failed");
    }
  };
  tiles.append(...choices.map((choice) => element("button", { type: "button", class: "home", "aria-pressed": "false",
    "data-code": choice.code, onclick: () => choose(choice) }, choice.name)));
  return element("section", { class: "card ask" }, element("h3", {}, say("home")), element("p", { class: "hint" }, say("home_note")), tiles, status);
}
