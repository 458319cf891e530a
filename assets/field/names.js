// The checklist's names as they come to the field recorder: a column a line of text, half as large.

/** @import { NamedTaxon } from "../recorder/types" */

/** A column has a taxon a line; several names stand in one line with bars between them.
 *  @typedef {Record<"ids" | "chinese" | "latin" | "english" | "groups" | "others" | "everyday" | "spellings", string>} Columns */

const NAMES = "/field/names.json";

/** The names, in the form of `/api/v1/taxa/names`. Throws where they do not come.
 *  @returns {Promise<NamedTaxon[]>} */
export async function names() {
  const response = await fetch(NAMES, { credentials: "omit" });
  if (!response.ok) throw new Error(`names: ${response.status}`);
  return taxaOf(await response.json());
}

/** @param {Columns} columns
 *  @returns {NamedTaxon[]} */
export function taxaOf({ ids, chinese, latin, english, groups, others, everyday, spellings }) {
  const columns = [chinese, latin, english, groups, others, everyday, spellings].map((text) => text.split("\n"));
  return (ids ? ids.split("\n") : []).map((id, at) => {
    const [vernacular_name, scientific_name, english_name, group, other, common, spelling] = columns.map((column) => column[at]);
    return { taxon_id: idOf(id), vernacular_name, scientific_name, english_name, group, other_names: listed(other), everyday_names: listed(common), spelling };
  });
}

/** @param {string} text */
const listed = (text) => (text ? text.split("|") : []);

// 16 bytes in base64url are a third shorter than in hexadecimal digits.
/** @param {string} text */
function idOf(text) {
  const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const hex = Array.from(bytes, (letter) => letter.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
