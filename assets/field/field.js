// The field recorder: the recorder on a page of its own, with what is on this phone and what arrived.

import { online } from "../recorder/fetchers.js";
import { button, element, icon, one, set } from "../recorder/element.js";
import { Recorder } from "../recorder/recorder.js";
import { speaker } from "../recorder/words.js";
import { backupPart } from "./backup_part.js";
import { askForSync, installed } from "./installing.js";
import { Joining, joiningPart } from "./joining.js";
import { names } from "./names.js";
import { recordList } from "./record_list.js";
import { roomNotice } from "./room.js";

/** @import { Field, RecorderData, Words } from "../recorder/types" */
/** @typedef {{ lang: string, words: Words, data: RecorderData }} Said */

const A_YEAR_S = 31_536_000;

/** @type {Record<string, Said>} */
const languages = JSON.parse(document.getElementById("field")?.textContent ?? "{}");
const [usual] = Object.keys(languages);
const chosen = /(?:^|; )luji_lang=(\w+)/.exec(document.cookie)?.[1] ?? usual;
const code = chosen in languages ? chosen : usual;
const { lang, words, data } = languages[code];
const say = speaker(words);

function speak() {
  document.documentElement.lang = lang;
  document.title = `${say("field_title")} · ${say("site_name")}`;
  if (document.cookie.includes("luji_large=1")) document.documentElement.dataset.large = "";
  one(document, "link[rel=manifest]").setAttribute("href", `/field/manifest/${code}`);
  one(document, "#title").textContent = say("field_title");
}

/** The other language, also without a network. */
function otherLanguage() {
  const other = Object.keys(languages).find((each) => each !== code) ?? code;
  const change = () => {
    document.cookie = `luji_lang=${other}; Path=/; SameSite=Lax; Max-Age=${A_YEAR_S}${location.protocol === "https:" ? "; Secure" : ""}`;
    location.reload();
  };
  const press = button("link", say("other_language"), change);
  press.lang = languages[other].lang;
  return press;
}

/** Whether there is a network, and whether the page would open without one.
 *  @param {Recorder} recorder */
function statePart(recorder) {
  const network = element("p", { class: "chip" });
  const offline = element("p", { class: "chip" });
  const refresh = () => {
    network.dataset.kind = navigator.onLine ? "" : "warn";
    network.replaceChildren(icon("cloud"), say(navigator.onLine ? "field_online" : "field_offline"));
  };
  const settle = async () => {
    offline.append(say("field_getting_ready"));
    const isReady = await installed(recorder);
    offline.dataset.kind = isReady ? "ok" : "warn";
    offline.replaceChildren(icon(isReady ? "check" : "warn"), say(isReady ? "field_ready" : "field_not_ready"));
  };
  for (const event of ["online", "offline"]) addEventListener(event, refresh);
  refresh();
  settle();
  return element("div", { class: "states", role: "status" }, network, offline);
}

/** @returns {Field} */
function open() {
  const recorder = new Recorder(one(document, "#recorder-host"), {
    words, data, fetchers: { ...online(), names }, onReceived: () => {}, isPatient: true,
  });
  recorder.settle();                            // nobody will say what the server knows of the consent
  return { recorder, say, joining: new Joining(recorder) };
}

function start() {
  speak();
  const field = open();
  const { recorder, joining } = field;
  const wake = () => {
    recorder.wake();
    joining.post();
  };
  one(document, "#language").append(otherLanguage());
  one(document, "#before").append(statePart(recorder), roomNotice(field));
  one(document, "#after").append(recordList(field), backupPart(field));
  joiningPart(field);
  recorder.outbox.addEventListener("change", () => askForSync(recorder.outbox));
  recorder.consent.addEventListener("change", () => joining.post());
  addEventListener("online", wake);
  document.addEventListener("visibilitychange", () => !document.hidden && wake());
  set(one(document, "#opening"), "hidden", true);
  return recorder.begin().then(() => joining.begin());
}

start();
