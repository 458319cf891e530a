// The checklist's names, kept on this phone: a name typed on a weak signal is its taxon all the same.

import { indexed, named, namesLike } from "./name_search.js";
import * as shelf from "./shelf.js";

/** @import { Fetchers, KeptNames, Taxon } from "./types" */
/** @import { Indexed } from "./name_search.js" */

const KEY = "names";
const FRESH_MS = 24 * 3600 * 1000;
const PATIENCE_MS = 2_500;        // after this the phone's own list answers

export class NameList {
  /** @param {Pick<Fetchers, "names" | "taxa">} fetchers */
  constructor(fetchers, patience = PATIENCE_MS) {
    this.fetchers = fetchers;
    this.patience = patience;
    /** @type {Indexed[]} */
    this.index = [];
  }

  /** Read what is kept; bring it up to date once a day, when there is a network. */
  async load() {
    const kept = /** @type {KeptNames | undefined} */ (await shelf.get("facts", KEY).catch(() => undefined));
    if (kept) this.index = indexed(kept.taxa);
    if (kept && Date.now() - kept.at < FRESH_MS) return;
    const taxa = await this.fetchers.names().catch(() => null);
    if (!taxa?.length) return;
    this.index = indexed(taxa);
    await shelf.put("facts", { key: KEY, at: Date.now(), taxa }).catch(() => null);
  }

  /** What the server finds; what this phone knows where it does not answer in time.
   *  @param {Record<string, string>} query
   *  @param {AbortSignal} signal
   *  @returns {Promise<Taxon[]>} */
  async find(query, signal) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const late = new Promise((done) => { timer = setTimeout(() => done(null), this.patience); });
    const answer = this.fetchers.taxa(query, signal).catch(() => null);
    const taxa = await Promise.race([answer, late]);
    clearTimeout(timer);
    if (taxa) return taxa;
    const own = namesLike(this.index, query.q);
    return own.length ? own : (await answer) ?? [];
  }

  /** The taxon that is called so in full, or null.
   *  @param {string} text */
  named(text) {
    return named(this.index, text);
  }
}
