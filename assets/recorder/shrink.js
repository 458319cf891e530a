// Reducing a photograph on the phone: upright, without metadata, 2048 pixels on its long side.


const LONG_SIDE = 2048;
const QUALITY = 0.85;
const END_WITHIN = 65_536;                    // phones append their own data after the picture

/**
* { blob, isDecoded }: the picture reduced and encoded again, which removes its metadata (and so its
 * place). A file that this browser cannot decode (HEIC in Chrome) or that is incomplete is returned
 * unchanged: the server decodes it, or refuses it with the reason.
 * @param {Blob} file
 */
export async function shrink(file) {
  const picture = (await isWhole(file)) ? await decode(file) : null;
  if (!picture) return { blob: file, isDecoded: false };
  const blob = await draw(picture).catch(() => null);
  return { blob: blob ?? file, isDecoded: Boolean(blob) };
}

// Browsers draw a truncated JPEG without an error; a complete one has its end mark near its end.
/** @param {Blob} file */
async function isWhole(file) {
  const [first, last] = await Promise.all([bytesOf(file.slice(0, 2)), bytesOf(file.slice(-END_WITHIN))]);
  const isJpeg = first[0] === 0xff && first[1] === 0xd8;
  return !isJpeg || last.some((byte, at) => byte === 0xd9 && last[at - 1] === 0xff);
}

/** @param {Blob} blob */
const bytesOf = async (blob) => new Uint8Array(await blob.arrayBuffer());

// An <img> decodes lazily and at the size it is drawn, so a phone has enough memory for 48
// megapixels; it is drawn upright, by its EXIF orientation.
/** @param {Blob} file */
async function decode(file) {
  const picture = new Image();
  picture.src = URL.createObjectURL(file);
  try {
    await new Promise((done, failed) => { Object.assign(picture, { onload: done, onerror: failed }); });
    return picture;
  } catch {
    return null;
  } finally {
    setTimeout(() => URL.revokeObjectURL(picture.src), 60_000);
  }
}

/** The width and height in pixels that a picture of this size is drawn at: its shape is kept, its long
 *  side is `longSide` at most, and no side is less than one pixel.
 *  @param {number} width
 *  @param {number} height */
export function boxOf(width, height, longSide = LONG_SIDE) {
  const scale = Math.min(1, longSide / Math.max(width, height));
  /** @param {number} length */
  const side = (length) => Math.max(1, Math.round(length * scale));
  return { width: side(width), height: side(height) };
}

/** @param {HTMLImageElement} picture
 *  @returns {Promise<Blob | null>} */
async function draw(picture) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, boxOf(picture.naturalWidth, picture.naturalHeight));
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = "white";                    // a JPEG has no transparency
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
  canvas.width = canvas.height = 0;           // frees the memory at once on iOS
  return blob;
}
