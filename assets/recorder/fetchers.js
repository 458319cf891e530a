// The routes as functions. Offline pages may pass other functions of the same names to `mount`.

/** @import { Fetchers } from "./types" */

/** The server refused the request; `message` is its reason in the visitor's language. */
export class Refusal extends Error {
  /** @param {number} status
   *  @param {{ code?: string, message?: string, field?: string | null }} options */
  constructor(status, { code = "", message = "", field = null } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

/** No answer, or one that asks to try again: the same request may be sent later. */
export class Unreachable extends Error {
  constructor(message = "", waitSeconds = 0) {
    super(message);
    this.waitSeconds = waitSeconds;
  }
}

const STALLED_MS = 40_000;        // after so long without progress a request has stalled
const ASKS_TO_WAIT = new Set([408, 425, 429, 500, 502, 503, 504, 507]);

const token = () => /(?:^|; )luji_csrf=([^;]*)/.exec(document.cookie)?.[1] ?? "";
/** @param {Record<string, string>} more */
const headers = (more) => ({ "X-CSRF-Token": decodeURIComponent(token()), ...more });

/** @param {number} status
 *  @param {string} text
 *  @param {string | number | null} waitSeconds */
function judge(status, text, waitSeconds) {
  if (status >= 200 && status < 300) return text ? JSON.parse(text) : null;
  const error = errorOf(text);
  if (ASKS_TO_WAIT.has(status)) throw new Unreachable(error.message, Number(waitSeconds) || 0);
  throw new Refusal(status, error);
}

/** @param {string} text */
function errorOf(text) {
  try {
    return JSON.parse(text).error ?? {};
  } catch {
    return {};
  }
}

/** @param {string} url
 *  @param {RequestInit} requestInit */
async function ask(url, { signal, ...settings } = {}) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), STALLED_MS);
  signal?.addEventListener("abort", () => patience.abort());
  try {
    const response = await fetch(url, { credentials: "same-origin", signal: patience.signal, ...settings });
    return judge(response.status, await response.text(), response.headers.get("Retry-After"));
  } catch (error) {
    if (error instanceof Refusal || error instanceof Unreachable || signal?.aborted) throw error;
    throw new Unreachable();
  } finally {
    clearTimeout(timer);
  }
}

/** @param {string} url
 *  @param {object} body
 *  @param {AbortSignal} [signal] */
const post = (url, body, signal) => ask(url, {
  method: "POST", signal, body: JSON.stringify(body), headers: headers({ "Content-Type": "application/json" }),
});

// fetch reports no progress of uploads; XMLHttpRequest does.
/** @param {string} url
 *  @param {string} id
 *  @param {Blob} blob
 *  @param {(share: number) => void} onProgress
 *  @param {AbortSignal} [signal]
 *  @returns {Promise<{ thumb: string }>} */
function upload(url, id, blob, onProgress, signal) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    const settings = headers({ "X-Upload-Id": id, "Content-Type": blob.type || "application/octet-stream" });
    for (const [name, value] of Object.entries(settings)) request.setRequestHeader(name, value);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const moves = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), STALLED_MS);
    };
    moves();
    request.upload.onprogress = (event) => {
      moves();
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onloadend = () => clearTimeout(timer);
    request.onerror = request.ontimeout = request.onabort = () => failed(new Unreachable());
    request.onload = () => {
      try {
        done(judge(request.status, request.responseText, request.getResponseHeader("Retry-After")));
      } catch (error) {
        failed(error);
      }
    };
    signal?.addEventListener("abort", () => request.abort());
    request.send(blob);
  });
}

/** The functions that call the server at `base` (an origin).
 *  @returns {Fetchers} */
export function online(base = location.origin) {
  /** @param {string} path */
  const at = (path) => new URL(path, base).href;
  return {
    consent: (body) => post(at("/api/v1/consent"), body),
    media: (id, blob, onProgress, signal) => upload(at("/api/v1/media"), id, blob, onProgress, signal),
    record: (body) => post(at("/api/v1/records"), body),
    check: (body, signal) => post(at("/api/v1/records/check"), body, signal),
    me: (body) => post(at("/api/v1/me"), body),
    taxa: (query, signal) => ask(at(`/api/v1/taxa?${new URLSearchParams({ limit: "8", ...query })}`), { signal }).then(({ taxa }) => taxa),
    names: () => ask(at("/api/v1/taxa/names")).then(({ taxa }) => taxa),
    likely: (query) => ask(at(`/api/v1/taxa/likely?${new URLSearchParams(query)}`)),
    places: (query, signal, limit = 13) => ask(at(`/api/v1/places?q=${encodeURIComponent(query)}&limit=${limit}`), { signal }).then(({ places }) => places),
    boundaries: (name) => ask(at(`/assets/boundaries/${name}.geojson`)),
  };
}
