// The phone's own services may never answer: each is waited for only so long.

/** What was waited for did not come in time; it may still come. */
export class Unanswered extends Error {
  constructor() {
    super("no answer in time");
    this.name = "Unanswered";
  }
}

/** What `promise` gives, or an `Unanswered` after so many milliseconds.
 *  @template T
 *  @param {number} milliseconds
 *  @param {PromiseLike<T>} promise
 *  @returns {Promise<T>} */
export function within(milliseconds, promise) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  /** @type {Promise<never>} */
  const late = new Promise((_, failed) => { timer = setTimeout(() => failed(new Unanswered()), milliseconds); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
