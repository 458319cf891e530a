// A JPEG without what its camera wrote beside the picture, for a phone that cannot draw it anew.

import { Bytes, lettersAt } from "./bytes.js";
import { readOrientation } from "./exif.js";
import { END_OF_JPEG, kindOf, segmentsOf } from "./photo_file.js";

const COMMENT = 0xfe;
const COLOURS = ["ICC_PROFILE", "Adobe"];     // these say how the picture looks

/** The file up to its end mark, without metadata but for which way is up; null for another format.
 *  @param {Blob} file
 *  @returns {Promise<Blob | null>} */
export async function bareJpeg(file) {
  const bytes = new Bytes(file);
  if (await kindOf(bytes) !== "jpeg") return null;
  const parts = [file.slice(0, 2), uprightBy(await readOrientation(file))];
  let [from, until] = [2, bytes.size];
  for await (const { code, at, end } of segmentsOf(bytes)) {
    if (code === END_OF_JPEG) until = at;
    if (!(await isAside(bytes, code, at))) continue;
    parts.push(file.slice(from, at - 2));
    from = end;
  }
  return new Blob([...parts, file.slice(from, until)], { type: "image/jpeg" });
}

/** @param {Bytes} bytes
 *  @param {number} code
 *  @param {number} at */
async function isAside(bytes, code, at) {
  if (code === COMMENT) return true;
  if (code < 0xe1 || code > 0xef) return false;
  const name = lettersAt(await bytes.read(at + 2, 12), 0, 12);
  return !COLOURS.some((colour) => name.startsWith(colour));
}

/** @param {number} orientation */
function uprightBy(orientation) {
  const block = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  return Uint8Array.from([0xff, 0xe1, 0, 8 + block.length, ...[..."Exif\0\0"].map((letter) => letter.charCodeAt(0)), ...block]);
}
