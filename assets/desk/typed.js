// What staff had typed when their session ended is there again after they sign in, for the same account
// and in the same tab: a page whose session ended shows a way to the sign-in instead of its fields.

import { keepText, TEXT } from "./bar.js";

/** @typedef {{ key: string, value: string }} Typed
 *  @typedef {{ account: string, page: string, fields: Typed[] }} Left */

const STORED = "luji_typed";
const FIELDS = `#root :is(${TEXT}):not([type=password])`;
const ENDED = '#root a[href^="/staff/login?next="]';
const SUBJECT = /[0-9a-f]{8}-[0-9a-f-]{27}/;
const FORGET_MS = 5_000; // a field that is gone so long without a word of the session was left
const SETTLED_MS = 1_200; // as long as `keepText` looks after a field
const SAID_MS = 8_000;
const MOST = 20;

/** A field's key of ours, which Streamlit puts on its box, and its label.
 *  @param {Element} field */
function keyOf(field) {
  const box = field.closest('[class*="st-key-"]')?.className.match(/st-key-\S+/)?.[0] ?? "";
  return `${box} ${field.getAttribute("aria-label") ?? ""}`;
}

/** @returns {Map<string, HTMLInputElement | HTMLTextAreaElement>} */
function fields() {
  const all = /** @type {NodeListOf<HTMLInputElement | HTMLTextAreaElement>} */ (document.querySelectorAll(FIELDS));
  return new Map([...all].map((field) => [keyOf(field), field]));
}

class TypedText {
  /** @type {Map<string, { value: string, goneAt: number }>} */
  #typed = new Map();
  /** @type {Left | null} */
  #left = null;
  #changes = new MutationObserver(() => this.#look());
  account = "";
  word = "";

  constructor() {
    this.#changes.observe(document.body, { childList: true, subtree: true });
    document.addEventListener("input", this.#onInput, true);
  }

  /** A page of this account is there: give back what it had typed here. */
  begin() {
    const left = /** @type {Left | null} */ (JSON.parse(sessionStorage.getItem(STORED) ?? "null"));
    if (!left || this.#left) return;
    if (left.account !== this.account) sessionStorage.removeItem(STORED);
    else if (left.page === location.pathname) this.#giveBack(left);
  }

  /** @param {Left} left */
  #giveBack(left) {
    this.#left = left;
    this.#say();
    this.#look();
  }

  #onInput = (/** @type {Event} */ { target }) => {
    if (!(target instanceof HTMLElement) || !target.matches(FIELDS)) return;
    const { value } = /** @type {HTMLInputElement} */ (target);
    if (value) this.#typed.set(keyOf(target), { value, goneAt: 0 });
    else this.#typed.delete(keyOf(target));
  };

  #look() {
    const link = document.querySelector(ENDED);
    if (link instanceof HTMLAnchorElement) this.#store(link);
    else if (this.#typed.size) this.#forgetGone();
    if (this.#left) this.#fill(this.#left);
  }

  /** What was sent, or left, is not given back. */
  #forgetGone() {
    const [there, now] = [fields(), performance.now()];
    for (const [key, typed] of this.#typed) {
      const field = there.get(key);
      if (field) typed.goneAt = 0;
      else typed.goneAt ||= now;
      const isEmptied = field && !field.value && field !== document.activeElement;
      if (isEmptied || (typed.goneAt && now - typed.goneAt > FORGET_MS)) this.#typed.delete(key);
    }
  }

  /** @param {HTMLAnchorElement} link */
  #store(link) {
    const now = performance.now();
    const fresh = [...this.#typed].filter(([, { goneAt }]) => !goneAt || now - goneAt < FORGET_MS);
    this.#typed.clear();
    if (!fresh.length || !this.account) return;
    const typed = fresh.slice(-MOST).map(([key, { value }]) => ({ key, value }));
    /** @type {Left} */
    const left = { account: this.account, page: location.pathname, fields: typed };
    sessionStorage.setItem(STORED, JSON.stringify(left));
    const subject = typed.map(({ key }) => key.match(SUBJECT)?.[0]).find(Boolean);
    if (subject && location.pathname === "/verify") backTo(link, subject);
  }

  /** Put the text where its field is drawn, now or later, unless something stands there.
   *  @param {Left} left */
  #fill(left) {
    const there = fields();
    const [ready, waiting] = [left.fields.filter(({ key }) => there.has(key)), left.fields.filter(({ key }) => !there.has(key))];
    if (!ready.length) return;
    this.#left = waiting.length ? { ...left, fields: waiting } : null;
    if (this.#left) sessionStorage.setItem(STORED, JSON.stringify(this.#left));
    else sessionStorage.removeItem(STORED);
    void putAll(ready, there);
  }

  #say() {
    const box = document.createElement("p");
    box.className = "g-saving";
    box.setAttribute("role", "status");
    box.textContent = this.word;
    document.body.append(box);
    setTimeout(() => box.remove(), SAID_MS);
  }
}

/** Let the sign-in lead back to the very record of the desk.
 *  @param {HTMLAnchorElement} link
 *  @param {string} subject */
function backTo(link, subject) {
  const signIn = new URL(link.href);
  const next = new URL(signIn.searchParams.get("next") ?? "/", location.origin);
  next.searchParams.set("id", subject);
  signIn.searchParams.set("next", next.pathname + next.search);
  link.href = signIn.href;
}

/** Type into fields of Streamlit's, one after the other: it takes a text over when one leaves its field.
 *  @param {Typed[]} ready
 *  @param {ReturnType<typeof fields>} there */
async function putAll(ready, there) {
  for (const { key, value } of ready) {
    const field = there.get(key);
    if (!field || field.value) continue;
    const isIn = document.activeElement === field;
    field.focus({ preventScroll: true });
    keepText(field, value);
    await new Promise((done) => { setTimeout(done, SETTLED_MS); });
    if (!isIn && document.activeElement === field) field.blur();
  }
}

/** @type {TypedText | null} */
let watching = null;

/** Watch what is typed on the pages of this account, and give back what it had typed here.
 *  @param {{ account: string, word: string }} data */
export function keepTyped({ account, word }) {
  watching ??= new TypedText();
  watching.account = account;
  watching.word = word;
  watching.begin();
}
