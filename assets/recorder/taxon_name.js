// The name of a taxon to show, and its language.

/** @import { TaxonRow } from "./types" */

/** The name of a taxon in the visitor's language, else in the other, else in Latin.
 *  @param {Partial<TaxonRow>} partial
 *  @param {string} language
 *  @returns {string} */
export function nameOf({ vernacular_name: chinese, english_name: english, scientific_name: latin }, language) {
  return (language === "en" ? english || chinese : chinese || english) || latin || "";
}

/** The `lang` of a name that may stand on a page in the other language.
 *  @param {string} name */
export const tongueOf = (name) => (/\p{Script=Han}/u.test(name) ? "zh-CN" : undefined);
