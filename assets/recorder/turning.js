// Turning a picture upright, as its EXIF says, where the browser has not done so.

/** @import { Kind } from "./photo_file.js" */

const SIDEWAYS = 5;                           // from here on width and height change places
// A picture of 2 x 1 pixels that its EXIF turns: a browser that heeds it says 1 x 2.
/** @type {Partial<Record<Kind, string>>} */
const PROBES = {
  png: "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAGmVYSWZNTQAqAAAACAABARIAAwAAAAEABgAAAAAAANZnS2kAAAAPSURBVHicY/z//z8DAwMADv8C/7jFnpkAAAAASUVORK5CYII=",
  webp: "UklGRlIAAABXRUJQVlA4WAoAAAAIAAAAAQAAAAAAVlA4TBEAAAAvAQAAAAfQ//73v/+BiOh/AABFWElGGgAAAE1NACoAAAAIAAEBEgADAAAAAQAGAAAAAAAA",
};
/** @type {Partial<Record<Kind, Promise<boolean>>>} */
const heeded = {};

/** Whether this browser turns pictures of a kind by itself; all turn JPEG, and HEIC says it elsewhere.
 *  @param {Kind} kind
 *  @param {(blob: Blob) => Promise<HTMLImageElement | null>} decode
 *  @returns {Promise<boolean>} */
export function turnsItself(kind, decode) {
  const probe = PROBES[kind];
  if (!probe) return Promise.resolve(true);
  const blob = new Blob([Uint8Array.from(atob(probe), (letter) => letter.charCodeAt(0))], { type: `image/${kind}` });
  heeded[kind] ??= decode(blob).then((picture) => picture?.naturalWidth === 1);
  return heeded[kind];
}

/** The size of a picture once it is upright.
 *  @param {{ width: number, height: number }} size
 *  @param {number} orientation */
export const uprightSize = ({ width, height }, orientation) =>
  (orientation < SIDEWAYS ? { width, height } : { width: height, height: width });

/** Where the pixels of a picture of this size go, as the six numbers of a canvas.
 *  @param {number} orientation
 *  @param {{ width: number, height: number }} size
 *  @returns {[number, number, number, number, number, number]} */
export function turnOf(orientation, { width, height }) {
  switch (orientation) {
    case 2: return [-1, 0, 0, 1, width, 0];
    case 3: return [-1, 0, 0, -1, width, height];
    case 4: return [1, 0, 0, -1, 0, height];
    case 5: return [0, 1, 1, 0, 0, 0];
    case 6: return [0, 1, -1, 0, height, 0];
    case 7: return [0, -1, -1, 0, height, width];
    case 8: return [0, -1, 1, 0, 0, width];
    default: return [1, 0, 0, 1, 0, 0];
  }
}
