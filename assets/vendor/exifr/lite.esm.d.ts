/** What a photograph says of itself, by block and by number of the tag. */
export interface Tags {
  exif?: Record<number, unknown>;
  gps?: Record<number, unknown>;
}

export function parse(source: Blob | Uint8Array, options: object): Promise<Tags | undefined>;
