// What a taxon is called, and the language of that name.

/** How a taxon is called in the visitor's language, else in the other, else in Latin. */
export function nameOf({ vernacular_name: chinese, english_name: english, scientific_name: latin }, language) {
  return (language === "en" ? english || chinese : chinese || english) || latin;
}

/** The `lang` of a name that may stand on a page in the other language. */
export const tongueOf = (name) => (/\p{Script=Han}/u.test(name) ? "zh-CN" : undefined);
