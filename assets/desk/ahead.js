// The next record stands there as soon as a key decides. The server sends the next few with the one on
// the screen; a key draws the next over it while the decision is stored. What is pressed meanwhile was
// meant for the record that one saw: it waits until the server has drawn that one, and is dropped,
// with a word, when it draws another.

import { isOpening } from "./panel_keys.js";
import { button, EDITABLE, keyOf, subject } from "./bar.js";

/** @typedef {{ saving: string, late: string, lost: string }} Words */
/** @typedef {{ key: string, subject: string }} Held */

/** @type {Record<string, string>} */
const DECIDING = { a: "accept", k: "plausible", h: "withhold", j: "skip" };
/** @type {Record<string, string>} */
const OTHERS = { e: "refer", n: "rename", q: "query", x: "reject", z: "undo" };
const DECISIONS = new Set(Object.values(DECIDING));
const NAMES = new Set([...DECISIONS, ...Object.values(OTHERS)]);
const LOOK_MS = 400; // nobody decides on a record sooner: it is a second press of the key before
const DOUBT_MS = 300;
const LATE_MS = 4_000;
const PATIENCE_MS = 20_000; // then what the server has drawn is shown again
const STATE = "data-test-script-state"; // whether Streamlit's script runs
const PARTS = [".g-shot", ".g-evidence"];

const isRunning = () =>
  document.querySelector("[data-testid=stApp]")?.getAttribute(STATE) !== "notRunning";

class Ahead {
  /** The record that the server has to draw next. @type {string} */
  #expected = "";
  /** The record that is shown in its place, or further on. @type {string} */
  #shown = "";
  #shownAt = 0;
  #hasRun = false;
  /** @type {Held[]} */
  #held = [];
  #isReplaying = false;
  /** @type {number | undefined} */
  #timer = undefined;
  /** @type {number | undefined} */
  #doubting = undefined;
  #changes = new MutationObserver((changes) => this.#look(changes.some(({ attributeName }) => attributeName === STATE)));

  words = { saving: "", late: "", lost: "" };

  constructor() {
    this.#changes.observe(document.body, {
      childList: true, subtree: true, attributes: true, attributeFilter: [STATE, "class"],
    });
    addEventListener("keydown", this.#onKey, true);
    document.addEventListener("click", this.#onClick, true);
    addEventListener("beforeunload", this.#onLeaving);
    this.#fetchPictures();
  }

  close() {
    this.#changes.disconnect();
    removeEventListener("keydown", this.#onKey, true);
    document.removeEventListener("click", this.#onClick, true);
    removeEventListener("beforeunload", this.#onLeaving);
    this.#end();
  }

  /** A decision that is drawn and not stored yet would be lost: the browser asks. */
  #onLeaving = (/** @type {BeforeUnloadEvent} */ event) => {
    if (this.#shown) event.preventDefault();
  };

  #onKey = (/** @type {KeyboardEvent} */ event) => {
    if (this.#isReplaying || isOpening() || !isKeyOfDesk(event)) return;
    const key = event.key.toLowerCase();
    if (event.repeat && (this.#shown || key in DECIDING)) stop(event); // a key held down decides once
    else if (this.#shown) this.#hold(key, event);
    else if (decides(key)) this.#decide(key);
  };

  #onClick = (/** @type {MouseEvent} */ event) => {
    const node = event.target instanceof Element && event.target.closest(".st-key-desk_one button");
    if (!node || this.#isReplaying) return;
    const { name, subject: of } = keyOf(node);
    const isReason = node.closest(".st-key-reasons") !== null;
    if (this.#shown && of) this.#hold(name, event);
    else if (isReason || DECISIONS.has(name)) this.#decide(name, node.querySelector("p")?.textContent ?? "");
  };

  /** @param {string} key
   *  @param {string} [word] */
  #decide(key, word) {
    const from = subject();
    const name = document.querySelector(".st-key-desk_one .g-name")?.textContent ?? "";
    const next = this.#after(from);
    if (!next) return;
    this.#expected = next.dataset.subject ?? "";
    this.#hasRun = false;
    this.#draw(next);
    const said = word ?? button(DECIDING[key] ?? "none")?.querySelector("p")?.textContent ?? "";
    this.#say(this.words.saving.replace("{name}", name).replace("{word}", said));
    this.#wait();
  }

  /** @param {string} key
   *  @param {Event} event */
  #hold(key, event) {
    stop(event);
    const isTyping = this.#held.at(-1)?.subject === this.#shown; // what follows a key of a panel
    if (isTyping) this.#held.push({ key, subject: this.#shown });
    else if (performance.now() - this.#shownAt >= LOOK_MS) this.#holdFirst(key);
  }

  /** @param {string} key */
  #holdFirst(key) {
    const name = nameOf(key);
    const isDecision = DECISIONS.has(name);
    const next = isDecision ? this.#after(this.#shown) : null;
    if (!name || (isDecision && !next)) return; // without a further one it is pressed again then
    this.#held.push({ key, subject: this.#shown });
    if (next) this.#draw(next);
  }

  /** The record after one of them, in the server's order; the first for one that is not ahead.
   *  @param {string} from
   *  @returns {HTMLElement | null} */
  #after(from) {
    const ahead = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".g-ahead")]);
    const place = ahead.findIndex((one) => one.dataset.subject === from);
    return ahead[place + 1] ?? null;
  }

  /** @param {HTMLElement} next */
  #draw(next) {
    for (const part of PARTS) {
      const box = document.querySelector(`.st-key-desk_one ${part}`)?.closest(".stElementContainer");
      const drawn = next.querySelector(part)?.cloneNode(true);
      if (!box || !drawn) continue;
      box.querySelector(":scope > .g-next")?.remove();
      const cover = document.createElement("div");
      cover.className = "g g-next";
      cover.dataset.subject = next.dataset.subject;
      cover.append(drawn);
      box.append(cover);
    }
    this.#shown = next.dataset.subject ?? "";
    document.documentElement.dataset.deskAhead = this.#shown;
    this.#shownAt = performance.now();
    document.querySelector(".stMain")?.scrollTo(0, 0);
  }

  /** Look whether the server has drawn the record that stands there, or another. On a busy phone a
   *  run begins and ends between two looks: `hasTurned` tells of it.
   *  @param {boolean} hasTurned */
  #look(hasTurned) {
    this.#fetchPictures();
    if (!this.#shown) return;
    const running = isRunning();
    this.#hasRun ||= running || hasTurned;
    const here = subject();
    if (here === this.#expected) this.#arrive(here);
    else if (this.#hasRun && !running) this.#doubt();
  }

  /** A run that the key itself interrupted ends, too: only where none follows it has the server
   *  drawn something else. */
  #doubt() {
    clearTimeout(this.#doubting);
    this.#doubting = setTimeout(() => {
      if (this.#shown && !isRunning() && subject() !== this.#expected) this.#end(this.#held.length > 0);
    }, DOUBT_MS);
  }

  /** @param {string} here */
  #arrive(here) {
    this.#isReplaying = true;
    delete document.documentElement.dataset.deskAhead;
    const is = () => this.#held[0]?.subject === here;
    let hasDecided = false;
    while (is() && !hasDecided) {
      const { key } = /** @type {Held} */ (this.#held.shift());
      hasDecided = press(key);
    }
    this.#isReplaying = false;
    if (hasDecided) {
      document.documentElement.dataset.deskAhead = this.#shown;
      this.#expected = this.#held[0]?.subject ?? this.#shown;
      this.#hasRun = false;
      this.#wait();
    } else {
      this.#end();
    }
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#say(this.words.late);
      this.#timer = setTimeout(() => this.#end(true), PATIENCE_MS - LATE_MS);
    }, LATE_MS);
  }

  /** @param {boolean} [hasLost] */
  #end(hasLost = false) {
    clearTimeout(this.#timer);
    this.#expected = this.#shown = "";
    delete document.documentElement.dataset.deskAhead;
    this.#held = [];
    for (const cover of document.querySelectorAll(".g-next")) cover.remove();
    this.#say(hasLost ? this.words.lost : "");
    if (hasLost) this.#timer = setTimeout(() => this.#say(""), LATE_MS);
  }

  /** @param {string} text */
  #say(text) {
    const box = document.querySelector(".g-saving") ?? document.createElement("p");
    box.className = "g-saving";
    box.setAttribute("role", "status");
    if (box.textContent !== text) box.textContent = text;
    if (!text) box.remove();
    else if (!box.isConnected) document.body.append(box);
  }

  /** The next records' pictures are there before they are shown. */
  #fetchPictures() {
    for (const picture of document.querySelectorAll(".g-ahead img[loading=lazy]")) {
      picture.setAttribute("loading", "eager");
    }
  }
}

/** The key of the bar that a letter, or a tapped key, stands for; "" for none.
 *  @param {string} key */
const nameOf = (key) => DECIDING[key] ?? OTHERS[key] ?? (NAMES.has(key) ? key : "");

/** @param {KeyboardEvent} event */
function isKeyOfDesk({ key, target, ctrlKey, altKey, metaKey }) {
  const isTyped = target instanceof Element && target.closest(EDITABLE) !== null;
  return key.length === 1 && !ctrlKey && !altKey && !metaKey && !isTyped && Boolean(document.documentElement.dataset.deskKeys);
}

/** @param {string} key */
const decides = (key) =>
  (/[1-6]/.test(key) ? document.querySelector(".st-key-reasons") : button(DECIDING[key] ?? "none")) !== null;

/** Press a key that was held; whether it decided.
 *  @param {string} key */
function press(key) {
  const name = nameOf(key);
  const pressed = button(name || "none");
  // what is typed after the key of a panel is put into its field by `panel_keys.js`
  if (key.length === 1) dispatchEvent(new KeyboardEvent("keydown", { key }));
  pressed?.click();
  return DECISIONS.has(name) && pressed !== null;
}

/** @param {Event} event */
function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** @type {Ahead | null} */
let watching = null;
/** @type {number | undefined} */
let closing = undefined;

/** Watch the keys of the whole page, once; returns a function that ends it. Streamlit may end and
 *  begin it in one go while a decision is on its way.
 *  @param {Words} words */
export function lookAhead(words) {
  clearTimeout(closing);
  watching ??= new Ahead();
  watching.words = words;
  return () => {
    closing = setTimeout(() => {
      watching?.close();
      watching = null;
    });
  };
}
