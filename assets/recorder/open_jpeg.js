// A JPEG without its end mark, as panoramas are that a phone was too hasty to close: are its rows all there?

/** @typedef {Uint8Array<ArrayBuffer>} Tail */

const PIECE = 65_536;
const LEAST_PADDING = 64;
const TAIL = 400;
const NEAR_END = 1024 * 1024;

// Bits after the last row change nothing; where a row is missing, other bits draw another picture.
// The restarts, from the one that is due, serve a JPEG that waits for them.
/** @param {number} step
 *  @param {number} due
 *  @returns {Tail} */
function tailOf(step, due) {
  const bits = Array.from({ length: TAIL }, (_, at) => (at * step + 11) % 251);
  const restarts = Array.from({ length: 16 }, (_, at) => [0xff, 0xd0 + ((due + at) % 8), ...bits]);
  return Uint8Array.from([0, ...bits, ...restarts.flat(), 0xff, 0xd9]);
}

/** Two ways to close the file: they look the same where its rows are all there.
 *  @param {Blob} file */
export async function closings(file) {
  const end = await writtenEnd(file);
  const written = file.size - end < LEAST_PADDING ? file : file.slice(0, end);
  const due = await restartDue(written);
  return [37, 91].map((step) => new Blob([written, tailOf(step, due)], { type: "image/jpeg" }));
}

// A JPEG may have marks between its rows, numbered from 0 to 7 over and over.
/** @param {Blob} written */
async function restartDue(written) {
  const piece = new Uint8Array(await written.slice(-NEAR_END).arrayBuffer());
  const last = piece.findLastIndex((byte, at) => byte >= 0xd0 && byte <= 0xd7 && piece[at - 1] === 0xff);
  return last < 0 ? 0 : piece[last] - 0xd0 + 1;
}

// Before the zeros, or ones, of room that was reserved and never written.
/** @param {Blob} file */
async function writtenEnd(file) {
  for (let end = file.size; end > 0; end -= PIECE) {
    const start = Math.max(0, end - PIECE);
    const piece = new Uint8Array(await file.slice(start, end).arrayBuffer());
    const last = piece.findLastIndex((byte) => byte !== 0 && byte !== 0xff);
    if (last >= 0) return start + last + 1;
  }
  return 0;
}
