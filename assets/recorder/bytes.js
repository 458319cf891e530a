// A file read piece by piece: no photograph is whole in memory for the sake of a few tags.

import { within } from "./patience.js";

const PIECE = 65_536;
const PATIENCE_MS = 20_000;                   // a file that still lies in a cloud may never come

/** Reads a file forward, a piece at a time. */
export class Bytes {
  /** @param {Blob} file */
  constructor(file, piece = PIECE) {
    this.file = file;
    this.size = file.size;
    this.piece = piece;
    this.start = 0;
    this.held = new Uint8Array();
  }

  /** `count` bytes from `at`, or fewer where the file ends.
   *  @param {number} at
   *  @param {number} count */
  async read(at, count) {
    if (at < this.start || at + count > this.start + this.held.length) {
      const end = Math.min(this.size, at + Math.max(count, this.piece));
      this.held = new Uint8Array(await within(PATIENCE_MS, this.file.slice(at, end).arrayBuffer()));
      this.start = at;
    }
    return this.held.subarray(at - this.start, at - this.start + count);
  }
}

/** The number in some bytes, the first the highest unless `isLittle`; 0 where there are none.
 *  @param {Uint8Array} bytes
 *  @param {number} at
 *  @param {number} count */
export function numberAt(bytes, at, count, isLittle = false) {
  const part = bytes.subarray(at, at + count);
  return (isLittle ? part.slice().reverse() : part).reduce((sum, byte) => sum * 256 + byte, 0);
}

/** Some bytes as letters, one each.
 *  @param {Uint8Array} bytes
 *  @param {number} at
 *  @param {number} count */
export const lettersAt = (bytes, at, count) => String.fromCharCode(...bytes.subarray(at, at + count));
