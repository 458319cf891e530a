// The page where there is no network: what can be done now, and at /record the recorder with its drafts.

/** @import { RecorderData, Words } from "../recorder/types" */
/** @typedef {{ lang: string, sentences: Record<string, string>, script: string, recorder: { words: Words, data: RecorderData } }} Said */

/** @type {Record<string, Said>} */
const languages = JSON.parse(document.getElementById("offline")?.textContent ?? "{}");
const [usual] = Object.keys(languages);
const chosen = /(?:^|; )luji_lang=(\w+)/.exec(document.cookie)?.[1] ?? usual;
const { lang, sentences, script, recorder } = languages[chosen] ?? languages[usual];
const isRecording = location.pathname === "/record";

/** @param {string} id */
const node = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {MouseEvent} event */
function tryAgain(event) {
  event.preventDefault();
  location.reload();
}

/** What is being recorded stays on the screen; any other page comes by itself. */
function goOn() {
  if (!isRecording) return location.reload();
  node("note").textContent = sentences.back;
  node("home").hidden = false;
  return undefined;
}

document.documentElement.lang = lang;
document.title = `${isRecording ? sentences.record : sentences.head} · ${sentences.name}`;
for (const one of document.querySelectorAll("[data-say]")) {
  one.textContent = sentences[one.getAttribute("data-say") ?? ""];
}
node("again").addEventListener("click", tryAgain);
node(isRecording ? "recording" : "ask").hidden = false;
addEventListener("online", goOn);

async function openRecorder() {
  const { mount } = await import(script);
  mount(node("recorder-host").attachShadow({ mode: "open" }), recorder);
}

if (isRecording) openRecorder();
