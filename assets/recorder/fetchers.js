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

  /** Whether the server has no consent of this browser. */
  get lacksConsent() {
    return this.code === "consent.missing";
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
const UPLOAD_MS = 300_000;        // of a photograph whose progress nobody reports
const ASKS_TO_WAIT = new Set([408, 425, 429, 500, 502, 503, 504, 507]);

const TOKEN = "luji_csrf";
const PROTOCOL = "2";             // what this page speaks; those before it say nothing
const AGAIN_CODES = ["protocol.too_old", "protocol.too_new", "photo.piece_missing"];

/** What the server knows this browser by; empty where its cookies are gone. */
export async function deviceToken() {
  const text = globalThis.document             // a service worker has none
    ? /(?:^|; )luji_csrf=([^;]*)/.exec(document.cookie)?.[1]
    : (await globalThis.cookieStore?.get(TOKEN))?.value;
  return decodeURIComponent(text ?? "");
}

/** @param {Record<string, string>} more */
const headers = async (more) => ({ "X-CSRF-Token": await deviceToken(), "X-Luji-Protocol": PROTOCOL, ...more });

/** @param {number} status
 *  @param {string} text
 *  @param {string | number | null} waitSeconds */
function judge(status, text, waitSeconds) {
  if (status >= 200 && status < 300) return text ? JSON.parse(text) : null;
  const error = errorOf(text);
  if (ASKS_TO_WAIT.has(status) || AGAIN_CODES.includes(error.code)) throw new Unreachable(error.message, Number(waitSeconds) || 0);
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
async function ask(url, { signal, ...settings } = {}, stalledMs = STALLED_MS) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), stalledMs);
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
const post = async (url, body, signal) => ask(url, {
  method: "POST", signal, body: JSON.stringify(body), headers: await headers({ "Content-Type": "application/json" }),
});

/** @param {string} url
 *  @param {string} id
 *  @param {Blob} blob
 *  @param {(share: number) => void} onProgress
 *  @param {AbortSignal} [signal]
 *  @param {boolean} [isBegun] some of it may have come already
 *  @returns {Promise<{ thumb: string }>} */
async function upload(url, id, blob, onProgress, signal, isBegun = false) {
  const offset = isBegun ? await offsetOf(url, id, blob.size) : 0;
  const body = offset ? blob.slice(offset, blob.size, blob.type) : blob;
  const settings = await headers({ "X-Upload-Id": id, "Content-Type": blob.type || "application/octet-stream",
    "Upload-Offset": String(offset), "Upload-Length": String(blob.size) });
  if (!globalThis.XMLHttpRequest) return ask(url, { method: "POST", signal, body, headers: settings }, UPLOAD_MS);
  return watchedUpload(url, settings, body, (share) => onProgress((offset + share * body.size) / blob.size), signal);
}

/** Where an upload goes on; a server of before knows of no such thing, and gets it whole.
 *  @param {string} url
 *  @param {string} id
 *  @param {number} size */
async function offsetOf(url, id, size) {
  const { offset } = await ask(`${url}?${new URLSearchParams({ upload_id: id })}`).catch((error) => {
    if (error instanceof Refusal) return { offset: 0 };
    throw error;
  }) ?? { offset: 0 };
  return Number.isSafeInteger(offset) && offset < size ? offset : 0;
}

// fetch reports no progress of uploads; XMLHttpRequest does.
/** @param {string} url
 *  @param {Record<string, string>} settings
 *  @param {Blob} blob
 *  @param {(share: number) => void} onProgress
 *  @param {AbortSignal} [signal]
 *  @returns {Promise<{ thumb: string }>} */
function watchedUpload(url, settings, blob, onProgress, signal) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
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

/** What `call` gives; a browser that has lost its cookies is given new ones first.
 *  @template R
 *  @param {string} page that gives them
 *  @param {() => Promise<R>} call
 *  @returns {Promise<R>} */
async function known(page, call) {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "csrf.missing") throw error;
  }
  await fetch(page, { credentials: "same-origin", cache: "no-store" }).catch(() => { throw new Unreachable(); });
  return call();
}

/** The functions that call the server at `base` (an origin).
 *  @returns {Fetchers} */
export function online(base = location.origin) {
  /** @param {string} path */
  const at = (path) => new URL(path, base).href;
  /** @param {string} path
   *  @param {object} body
   *  @param {AbortSignal} [signal] */
  const write = (path, body, signal) => known(at("/field/"), () => post(at(path), body, signal));
  return {
    consent: (body) => write("/api/v1/consent", body),
    media: (...photo) => known(at("/field/"), () => upload(at("/api/v1/media"), ...photo)),
    record: (body) => write("/api/v1/records", body),
    check: (body, signal) => post(at("/api/v1/records/check"), body, signal),
    me: (body) => write("/api/v1/me", body),
    festival: (code) => ask(at(`/api/v1/teams?${new URLSearchParams({ code })}`)).then(({ festival }) => festival),
    join: (body) => write("/api/v1/teams", body),
    taxa: (query, signal) => ask(at(`/api/v1/taxa?${new URLSearchParams({ limit: "8", ...query })}`), { signal }).then(({ taxa }) => taxa),
    names: () => ask(at("/api/v1/taxa/names")).then(({ taxa }) => taxa),
    likely: (query) => ask(at(`/api/v1/taxa/likely?${new URLSearchParams(query)}`)),
    places: (query, signal, limit = 13) => ask(at(`/api/v1/places?q=${encodeURIComponent(query)}&limit=${limit}`), { signal }).then(({ places }) => places),
    boundaries: (name) => ask(at(`/assets/boundaries/${name}.geojson`)),
  };
}
