// The service worker, sent as /sw.js with the list of what it holds: the files of the shell, for when
// there is no network. All else goes to the server as if it were not there, and is never held: no page
// with content, no answer of the API, no photo.

/** @typedef {{ cache: string, page: string, files: string[] }} Shell
 *  @typedef {Event & { waitUntil(done: Promise<unknown>): void }} Phase
 *  @typedef {Phase & { request: Request, preloadResponse: Promise<Response | undefined>, respondWith(answer: Promise<Response>): void }} Asked
 *  @typedef {{ skipWaiting(): Promise<void>, clients: { claim(): Promise<void> }, registration: ServiceWorkerRegistration, SHELL: Shell }} Self */

const worker = /** @type {Self} */ (/** @type {unknown} */ (self));
const { cache, page, files } = worker.SHELL;
const held = new Set(files);

/** Fetch them all without cookies: they are the same for everybody. */
async function install() {
  const shell = await caches.open(cache);
  await shell.addAll([page, ...files].map((file) => new Request(file, { cache: "no-cache", credentials: "omit" })));
  await worker.skipWaiting();
}

async function activate() {
  const others = (await caches.keys()).filter((name) => name !== cache);
  await Promise.all(others.map((name) => caches.delete(name)));
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
}

/** The server's answer, or where there is none what is held in its place.
 *  @param {Promise<Response>} response
 *  @param {Request | string} request */
async function orHeld(response, request) {
  try {
    return await response;
  } catch (error) {
    const file = await (await caches.open(cache)).match(request);
    if (file) return file;
    throw error;
  }
}

/** @param {Asked} event */
async function navigate({ preloadResponse, request }) {
  return (await preloadResponse) ?? fetch(request);
}

/** @param {Asked} event */
function answer(event) {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(orHeld(navigate(event), page));
  else if (held.has(pathname + search)) event.respondWith(orHeld(fetch(request), request));
}

addEventListener("install", (event) => /** @type {Phase} */ (event).waitUntil(install()));
addEventListener("activate", (event) => /** @type {Phase} */ (event).waitUntil(activate()));
addEventListener("fetch", (event) => answer(/** @type {Asked} */ (event)));
