// The desk's keys while a panel opens and is open: typed text goes into the panel's field and never
// decides anything. Streamlit draws the panel a moment after the key that opens it; text typed in
// that moment is stored and then put into the field. Until this module watches, `app/shell.js` stops
// every key of the desk; `data-desk-keys` ends that.

import { button, EDITABLE, keepText, TEXT } from "./bar.js";

/** @type {Record<string, string>} */
const PANEL_KEYS = { e: "refer", n: "rename", q: "query", x: "reject" };
const PATIENCE_MS = 10_000; // a panel that is not drawn by then will not be

/** @returns {HTMLInputElement | HTMLTextAreaElement | null} */
const panelField = () => document.querySelector(`.st-key-decide :is(${TEXT})`);

/** The name that a digit chooses, of those below the field.
 *  @param {number} place
 *  @returns {HTMLElement | null} */
const nameAt = (place) => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".st-key-names button")])[place - 1] ?? null;

const isReasonsThere = () => document.querySelector(".st-key-reasons") !== null;

class PanelKeys {
  /** From the key that opens a panel until the panel is there.
   * @type {{ typed: string, since: number } | null} */
  #opening = null;
  /** @type {Element | null} */
  #field = null;
  #drawn = new MutationObserver(() => this.#focusField());

  constructor() {
    this.#drawn.observe(document.body, { childList: true, subtree: true });
    window.addEventListener("keydown", this.#onKey, true);
    this.#focusField();
  }

  end() {
    this.#drawn.disconnect();
    window.removeEventListener("keydown", this.#onKey, true);
  }

  #onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || document.documentElement.dataset.deskAhead) return;
    if (event.target instanceof Element && event.target.closest(EDITABLE)) this.#inText(event);
    else if (event.key.length === 1) this.#elsewhere(event);
  };

  /** @param {KeyboardEvent} event */
  #inText(event) {
    if (event.key === "Escape" && event.target === panelField()) button("back")?.click();
    if (event.key.length > 1) return;
    event.stopImmediatePropagation();
    const name = /[1-6]/.test(event.key) && event.target === panelField() ? nameAt(Number(event.key)) : null;
    if (!name) return;
    event.preventDefault();
    name.click();
  }

  /** @param {KeyboardEvent} event */
  #elsewhere(event) {
    if (this.isOpening()) this.#hold(event);
    else if (panelField()) this.#toField(event);
    else if (isReasonsThere()) this.#toReasons(event);
    else if (button(PANEL_KEYS[event.key.toLowerCase()] ?? "none")) {
      this.#opening = { typed: "", since: performance.now() };
    }
  }

  isOpening() {
    return this.#opening !== null && performance.now() - this.#opening.since < PATIENCE_MS;
  }

  /** @param {KeyboardEvent} event */
  #hold(event) {
    if (this.#opening) this.#opening.typed += event.key;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** Type the key where the focus is then; a space presses the focused button.
   * @param {KeyboardEvent} event */
  #toField(event) {
    if (event.key === " ") return;
    event.stopImmediatePropagation();
    panelField()?.focus();
  }

  /** The keys of buttons that the reasons replace stay active until Streamlit has drawn everything.
   * @param {KeyboardEvent} event */
  #toReasons(event) {
    if (!/[\d ]/.test(event.key)) event.stopImmediatePropagation();
  }

  #focusField() {
    const field = panelField();
    if (field && field !== this.#field) {
      field.focus({ preventScroll: true });
      if (this.#opening?.typed) keepText(field, this.#opening.typed);
    }
    this.#field = field;
    if (field || isReasonsThere()) this.#opening = null;
  }
}

/** @type {PanelKeys | null} */
let watching = null;

/** Whether a panel was asked for and is not there yet: what is typed is its text. */
export const isOpening = () => watching?.isOpening() ?? false;

/** Watch the keys of the whole page, once; returns a function that ends it. */
export function watch() {
  watching?.end();
  const keys = (watching = new PanelKeys());
  document.documentElement.dataset.deskKeys = "on";
  return () => {
    keys.end();
    if (keys === watching) delete document.documentElement.dataset.deskKeys;
  };
}
