// Names of the checklist searched on the phone. Pure: the server knows more (slips, mixed pinyin).

/** @import { NamedTaxon, Taxon } from "./types" */

const MOST = 8;
const CLASS_WORD = /(?<=.)(?:植物|蘑菇|蝴蝶|蜻蜓|蜘蛛|[树木花草藤菜果鸟鱼蛙蛇龟虫蝶蛾菇菌子])$/u;
const HAN = /\p{Script=Han}/u;
/** @type {NonNullable<Taxon["fit"]>[]} */
const FITS = ["name", "everyday", "class_word", "near"];

/** Lower case, without accents, the hybrid's cross and characters without width; hyphens as spaces;
 *  Chinese without spaces.
 *  @param {string} text */
export function fold(text) {
  const plain = text.normalize("NFKD").replace(/[\p{Mn}\p{Cf}\p{Cc}'\u2018\u2019]/gu, "").toLowerCase()
    .replace(/[\p{Pd}\u2212\u00b7×_]/gu, " ").replace(/(?<=^|\s)x(?=\s)/g, " ").trim().replace(/\s+/g, " ");
  return HAN.test(plain) ? plain.replaceAll(" ", "") : plain;
}

/** The names of every taxon, folded once.
 *  @param {NamedTaxon[]} taxa */
export const indexed = (taxa) => taxa.map((taxon) => ({
  taxon,
  names: [taxon.vernacular_name, taxon.scientific_name, taxon.english_name, ...taxon.other_names].filter(Boolean).map(fold),
  everyday: taxon.everyday_names.map(fold),
  spelling: taxon.spelling.toLowerCase(),
  initials: taxon.spelling.replace(/[^A-Z]/g, "").toLowerCase(),
}));

/** @typedef {ReturnType<typeof indexed>[number]} Indexed */

/** The one taxon that is called so in full, in Chinese, Latin or English, or by a synonym; null for
 *  none or several. A name that is searched only is nobody's.
 *  @param {Indexed[]} index
 *  @param {string} text
 *  @returns {Taxon | null} */
export function named(index, text) {
  const typed = fold(text);
  const same = index.filter(({ names }) => names.includes(typed));
  const own = same.filter(({ taxon }) => [taxon.vernacular_name, taxon.scientific_name].map(fold).includes(typed));
  const [only, ...more] = own.length ? own : same;
  return only && !more.length ? shown(only, "name") : null;
}

/** The taxa whose names fit, best first.
 *  @param {Indexed[]} index
 *  @param {string} text
 *  @returns {Taxon[]} */
export function namesLike(index, text) {
  const typed = fold(text);
  if (!typed) return [];
  const hits = index.flatMap((entry) => {
    const [fit, rank] = fitOf(entry, typed) ?? [];
    return fit ? [{ entry, fit, rank: rank ?? 0 }] : [];
  });
  hits.sort((one, other) => FITS.indexOf(one.fit) - FITS.indexOf(other.fit) || one.rank - other.rank);
  return hits.slice(0, MOST).map(({ entry, fit }) => shown(entry, fit));
}

/** @param {Indexed} entry
 *  @param {string} typed
 *  @returns {[NonNullable<Taxon["fit"]>, number] | null} */
function fitOf({ names, everyday, spelling, initials }, typed) {
  const letters = typed.replaceAll(" ", "");
  const stem = typed.replace(CLASS_WORD, "");
  if (names.includes(typed) || spelling === letters) return ["name", 0];
  if (everyday.includes(typed)) return ["everyday", 0];
  if (names.some((name) => name === stem || (HAN.test(name) && name.replace(CLASS_WORD, "") === typed))) return ["class_word", 0];
  /** @type {((name: string) => boolean)[]} */
  const nearly = [(name) => name.startsWith(typed), (name) => typed.length > 1 && name.includes(typed)];
  const [begun, inside] = nearly.map((fits) => names.some(fits));
  if (begun || [spelling, initials].some((sound) => sound.startsWith(letters))) return ["near", 1];
  if (everyday.some(nearly[0])) return ["near", 2];
  return inside ? ["near", 3] : null;
}

/** @param {Indexed} indexed
 *  @param {NonNullable<Taxon["fit"]>} fit
 *  @returns {Taxon} */
const shown = ({ taxon: { taxon_id, vernacular_name, scientific_name, english_name, group } }, fit) =>
  ({ taxon_id, vernacular_name, scientific_name, english_name, group, fit });

/** Which row may be taken by Enter: the only one that fits as well as the first does, and never one
 *  that is merely alike; -1 for none.
 *  @param {{ fit?: Taxon["fit"], isFree?: boolean }[]} rows */
export function rowForEnter(rows) {
  const best = rows[0]?.fit;
  if (!best || best === "near" || rows[0].isFree) return -1;
  return rows.filter(({ fit }) => fit === best).length === 1 ? 0 : -1;
}
