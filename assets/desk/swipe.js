// A swipe over the photo decides on a phone: to the right as the first key does, to the left it skips.

import { button } from "./bar.js";

const FAR = 0.3; // of the photo's width
const BEGUN_PX = 12;

class Swipe {
  /** @type {HTMLElement | null} */
  #photo = null;
  #startX = 0;
  #startY = 0;
  #isSideways = false;

  constructor() {
    document.addEventListener("touchstart", this.#begin, { passive: true });
    document.addEventListener("touchmove", this.#move, { passive: false });
    document.addEventListener("touchend", this.#finish);
    document.addEventListener("touchcancel", this.#drop);
  }

  close() {
    this.#drop();
    document.removeEventListener("touchstart", this.#begin);
    document.removeEventListener("touchmove", this.#move);
    document.removeEventListener("touchend", this.#finish);
    document.removeEventListener("touchcancel", this.#drop);
  }

  #begin = (/** @type {TouchEvent} */ { target, touches }) => {
    this.#drop();
    const photo = target instanceof Element ? target.closest(".st-key-desk_one .g-shot") : null;
    const isZoomed = (visualViewport?.scale ?? 1) > 1.05;
    if (!(photo instanceof HTMLElement) || touches.length > 1 || isZoomed) return;
    this.#photo = photo;
    [this.#startX, this.#startY] = [touches[0].clientX, touches[0].clientY];
  };

  #move = (/** @type {TouchEvent} */ event) => {
    const [x, y] = [event.touches[0].clientX - this.#startX, event.touches[0].clientY - this.#startY];
    const isElsewhere = event.touches.length > 1 || (!this.#isSideways && Math.abs(y) > BEGUN_PX);
    if (isElsewhere) this.#drop();
    this.#isSideways ||= Math.abs(x) > BEGUN_PX;
    if (!this.#photo || !this.#isSideways) return;
    event.preventDefault();
    this.#pull(this.#photo, x);
  };

  /** @param {HTMLElement} photo
   *  @param {number} x */
  #pull(photo, x) {
    photo.style.translate = `${x}px`;
    photo.dataset.swiped = this.#key(x)?.querySelector("p")?.textContent ?? "";
    photo.toggleAttribute("data-far", this.#isFar(x));
  }

  #finish = (/** @type {TouchEvent} */ event) => {
    const x = event.changedTouches[0].clientX - this.#startX;
    const key = this.#photo && this.#isSideways && this.#isFar(x) ? this.#key(x) : null;
    if (this.#isSideways) event.preventDefault();
    this.#drop();
    key?.click();
  };

  #drop = () => {
    if (this.#photo) {
      this.#photo.style.translate = "";
      delete this.#photo.dataset.swiped;
      this.#photo.removeAttribute("data-far");
    }
    this.#photo = null;
    this.#isSideways = false;
  };

  /** @param {number} x */
  #key(x) {
    return button(x > 0 ? "accept" : "skip");
  }

  /** @param {number} x */
  #isFar(x) {
    return Math.abs(x) > (this.#photo?.clientWidth ?? innerWidth) * FAR;
  }
}

/** @type {Swipe | null} */
let watching = null;

/** Watch the photo, once; returns a function that ends it. */
export function watchSwipes() {
  watching?.close();
  const swipe = (watching = new Swipe());
  return () => swipe.close();
}
