// Photographs that hold nothing but an EXIF block, as a JPEG and as a HEIC carry it.

const [ASCII, LONG, RATIONAL] = [2, 4, 5];
const [EXIF_POINTER, GPS_POINTER] = [0x8769, 0x8825];
const HEADER = 8;

const text = (words) => ({ type: ASCII, count: words.length + 1, bytes: [...Buffer.from(words), 0] });
const rational = (...parts) => ({ type: RATIONAL, count: parts.length, bytes: parts.flatMap((part) => [...long(part * 1000), ...long(1000)]) });
const pointer = (at) => ({ type: LONG, count: 1, bytes: long(at) });

function long(value) {
  return [24, 16, 8, 0].map((shift) => (Math.round(value) >>> shift) & 0xff);
}

/** One directory of tags that begins at `start`: its entries, then the values that are too long for one. */
function directory(tags, start) {
  const entries = [];
  const values = [];
  const valuesAt = start + 2 + 12 * tags.length + 4;
  for (const [tag, { type, count, bytes }] of tags) {
    const isShort = bytes.length <= 4;
    entries.push(tag >> 8, tag & 0xff, 0, type, ...long(count));
    entries.push(...(isShort ? [...bytes, 0, 0, 0, 0].slice(0, 4) : long(valuesAt + values.length)));
    if (!isShort) values.push(...bytes);
  }
  return [0, tags.length, ...entries, 0, 0, 0, 0, ...values];
}

/** A big-endian TIFF block with these facts; what is undefined is not in it. `latitude` and `longitude`
 *  are [degrees, minutes, seconds] and a letter, `error` metres. */
function block({ taken, offset, latitude, longitude, error }) {
  const exif = [taken && [0x9003, text(taken)], offset && [0x9011, text(offset)]].filter(Boolean);
  const gps = [
    latitude && [1, text(latitude.at(-1))], latitude && [2, rational(...latitude.slice(0, -1))],
    longitude && [3, text(longitude.at(-1))], longitude && [4, rational(...longitude.slice(0, -1))],
    error && [31, rational(error)],
  ].filter(Boolean);
  const exifAt = HEADER + 2 + 12 * 2 + 4;
  const exifBytes = directory(exif, exifAt);
  const gpsAt = exifAt + exifBytes.length;
  const first = directory([[EXIF_POINTER, pointer(exifAt)], [GPS_POINTER, pointer(gpsAt)]], HEADER);
  return [...Buffer.from("MM"), 0, 42, ...long(HEADER), ...first, ...exifBytes, ...directory(gps, gpsAt)];
}

const marked = (facts) => [...Buffer.from("Exif"), 0, 0, ...block(facts)];

/** A JPEG with these facts and no picture. */
export function jpeg(facts) {
  const bytes = marked(facts);
  const length = bytes.length + 2;
  return new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe1, length >> 8, length & 0xff, ...bytes, 0xff, 0xd9])]);
}

/** The start of a HEIC and, after other bytes, the block, as libheif lays it down. */
export function heic(facts) {
  const head = [...long(24), ...Buffer.from("ftypheic"), ...long(0), ...Buffer.from("mif1heic")];
  return new Blob([new Uint8Array([...head, ...Buffer.from("Exif: not here"), ...long(6), ...marked(facts)])]);
}
