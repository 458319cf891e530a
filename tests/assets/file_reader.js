// The one thing of a browser that Node lacks and exifr reads a file with.

/** Reads a Blob as a browser's FileReader does. */
class FileReader {
  /** @param {Blob} blob */
  async readAsArrayBuffer(blob) {
    this.result = await blob.arrayBuffer();
    this.onloadend();
  }
}

Object.assign(globalThis, { FileReader });
