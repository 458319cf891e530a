// The service worker, sent as /sw.js with the list of what it holds: the files of the shell and of the
// field recorder, for when there is no network. All else goes to the server as if it were not there, and
// is never held: no page with content, no answer of the API, no photo.

import { sendWaiting } from "../field/background.js";

/** @typedef {{ cache: string, page: string, field: string, files: string[], consent: string }} Shell
 *  @typedef {Event & { waitUntil(done: Promise<unknown>): void }} Phase
 *  @typedef {Phase & { request: Request, preloadResponse: Promise<Response | undefined>, respondWith(answer: Promise<Response>): void }} Asked
 *  @typedef {{ claim(): Promise<void>, matchAll(): Promise<{ postMessage(message: string): void }[]> }} Clients
 *  @typedef {{ skipWaiting(): Promise<void>, clients: Clients, registration: ServiceWorkerRegistration, SHELL: Shell }} Self */

const worker = /** @type {Self} */ (/** @type {unknown} */ (self));
const { cache, page, field, files, consent } = worker.SHELL;
const held = new Set(files);
const VERSIONED = /\/~|\?v=/;
const PATIENCE_MS = 3000;         // on a signal that carries nothing the field recorder opens all the same

/** Fetch them all without cookies: they are the same for everybody. */
async function install() {
  const shell = await caches.open(cache);
  await shell.addAll([page, field, ...files].map((file) => new Request(file, { cache: "no-cache", credentials: "omit" })));
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

/** What is held under an address that names its very content, else the server's answer.
 *  @param {Request} request */
async function heldFirst(request) {
  return (await (await caches.open(cache)).match(request)) ?? fetch(request);
}

// An answer that breaks off on its way is none.
/** @param {Promise<Response>} coming */
async function whole(coming) {
  const response = await coming;
  const { status, statusText, headers } = response;
  return new Response(await response.blob(), { status, statusText, headers });
}

/** @param {Promise<Response>} response
 *  @returns {Promise<Response>} */
const inTime = (response) => Promise.race([response, new Promise((_, late) => { setTimeout(() => late(new Error("late")), PATIENCE_MS); })]);

/** @param {Asked} event */
function answer(event) {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  const address = pathname + search;
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && pathname === field) event.respondWith(orHeld(inTime(whole(navigate(event))), field));
  else if (request.mode === "navigate") event.respondWith(orHeld(navigate(event), page));
  else if (held.has(address)) event.respondWith(VERSIONED.test(address) ? heldFirst(request) : orHeld(fetch(request), request));
}

/** The browser says that there is a network again: send what waits, and tell the pages. */
async function sync() {
  await sendWaiting(consent).finally(async () => {
    for (const client of await worker.clients.matchAll()) client.postMessage("sent");
  });
}

addEventListener("install", (event) => /** @type {Phase} */ (event).waitUntil(install()));
addEventListener("activate", (event) => /** @type {Phase} */ (event).waitUntil(activate()));
addEventListener("fetch", (event) => answer(/** @type {Asked} */ (event)));
addEventListener("sync", (event) => /** @type {Phase} */ (event).waitUntil(sync()));
