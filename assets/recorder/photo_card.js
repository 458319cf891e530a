// The photographs, and below them their place and time.

import { button, element, fresh, icon, set } from "./element.js";

/** @import { Child, Photo, PhotoSource, PhotoState, Say, Sheet, Uploads } from "./types" */

/** The current state of a card.
 *  @typedef {ReturnType<typeof viewOf>} View */

/** The elements of one small photograph.
 *  @typedef {{ node: HTMLElement, thumb: HTMLElement, part: HTMLElement }} Slot */

const ALBUM = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif";

/** The card; `facts` is the row of place and time. One of several cards shows its photographs small,
 *  and large when one is tapped.
 *  @param {Sheet} sheet
 *  @param {HTMLElement} facts */
export function photoCard(sheet, facts) {
  const view = viewOf(sheet);
  const node = element("div", { class: "shot card", role: sheet.partRole, "aria-label": sheet.say("photos"), tabindex: "-1" },
    view.figure, view.strip, facts,
    element("div", { class: "choose" }, chooser(sheet, "camera"), chooser(sheet, "album")), view.error);
  const refresh = () => show(sheet, node, view);
  sheet.onChange(refresh);
  sheet.onProgress(() => progress(sheet, view));
  refresh();
  sheet.register("photos", node);
  return node;
}

/** @param {Sheet} sheet */
function viewOf(sheet) {
  const { say } = sheet;
  const parts = {
    /** @type {Photo | null} */
    shown: null,
    count: 0,
    picture: element("img", { alt: "", hidden: true }),
    blank: element("div", { class: "blank", hidden: true }, icon("photos")),
    lead: element("div", { class: "lead" }, drawing(), element("p", {}, say("lead"))),
    status: element("p", { class: "status", hidden: true }),
    error: element("p", { class: "error", id: fresh("photos"), hidden: true }),
    thumbs: element("span", { class: "thumbs", role: "group", "aria-label": say("photos") }),
    /** @type {Map<string, Slot>} */
    slots: new Map(),
    isLarge: !sheet.isCompact,
  };
  const more = element("span", { class: "adds" }, adder(sheet, "camera"), adder(sheet, "album"));
  const strip = element("div", { class: "strip" }, parts.thumbs, more);
  const figure = element("figure", {}, parts.picture, parts.blank, parts.lead, parts.status);
  const view = Object.assign(parts, { more, strip, figure });
  figure.append(toolsOf(sheet, () => view.shown));
  return view;
}

/** @param {Sheet} sheet
 *  @param {HTMLElement} node
 *  @param {View} view */
function show(sheet, node, view) {
  const { photos, is_open: isOpen } = sheet.draft.fields;
  if (!view.shown || !photos.includes(view.shown)) view.shown = photos.at(-1) ?? null;
  if (photos.length > view.count) view.shown = photos[view.count];
  view.count = photos.length;
  node.dataset.state = photos.length ? "full" : isOpen ? "bare" : "empty";
  set(view.more, "hidden", photos.length >= sheet.data.max_photos);
  set(view.figure, "hidden", !view.isLarge && photos.length > 0);
  showPicture(sheet, view);
  showThumbs(sheet, view);
  showError(sheet, view);
  progress(sheet, view);
}

/** @param {Sheet} sheet
 *  @param {View} view */
function showPicture({ previews, say, draft }, view) {
  const photo = view.shown;
  const source = photo && (previews.get(photo.upload_id) ?? photo.thumb);
  set(view.picture, "hidden", !source);
  set(view.blank, "hidden", !photo || Boolean(source));
  if (!source) return view.picture.removeAttribute("src");
  if (view.picture.getAttribute("src") !== source) view.picture.src = source;
  view.picture.alt = say("photo_n", { n: draft.fields.photos.indexOf(photo) + 1 });
  return null;
}

// The elements of a photograph are reused while it is uploaded, so that the focus is not lost.
/** @param {Sheet} sheet
 *  @param {View} view */
function showThumbs(sheet, view) {
  const { photos } = sheet.draft.fields;
  for (const [id, slot] of view.slots) {
    if (photos.some((photo) => photo.upload_id === id)) continue;
    slot.node.remove();
    view.slots.delete(id);
  }
  photos.forEach((photo, place) => {
    const slot = view.slots.get(photo.upload_id) ?? newSlot(sheet, view, photo);
    if (view.thumbs.children[place] !== slot.node) view.thumbs.insertBefore(slot.node, view.thumbs.children[place] ?? null);
    fillSlot(sheet, view, slot, photo, place);
  });
}

/** @param {Sheet} sheet
 *  @param {View} view
 *  @param {Photo} photo */
function newSlot(sheet, view, photo) {
  const part = element("button", { type: "button", class: "part-here", onclick: () => sheet.split(next(sheet, photo)) }, icon("cut"));
  const thumb = element("button", { type: "button", class: "thumb", "data-id": photo.upload_id, onclick: () => choose(sheet, view, photo) },
    element("i", { class: "ring" }));
  const slot = { node: element("span", { class: "slot" }, thumb, part), thumb, part };
  view.slots.set(photo.upload_id, slot);
  return slot;
}

/** @param {Sheet} sheet
 *  @param {Photo} photo */
const next = ({ draft }, photo) => draft.fields.photos[draft.fields.photos.indexOf(photo) + 1];

/** @param {Sheet} sheet
 *  @param {View} view
 *  @param {Slot} slot
 *  @param {Photo} photo
 *  @param {number} place */
function fillSlot({ previews, say, draft }, view, { thumb, part }, photo, place) {
  const source = previews.get(photo.upload_id) ?? photo.thumb ?? "";
  set(part, "hidden", place === draft.fields.photos.length - 1);
  part.setAttribute("aria-label", say("split", { n: place + 2 }));
  part.title = say("split", { n: place + 2 });
  thumb.dataset.state = photo.state;
  thumb.setAttribute("aria-pressed", String(photo === view.shown && view.isLarge));
  thumb.setAttribute("aria-label", say("photo_n", { n: place + 1 }));
  if (thumb.dataset.source === source) return;
  thumb.dataset.source = source;
  thumb.querySelector("img, svg")?.remove();
  thumb.prepend(source ? element("img", { src: source, alt: "" }) : icon("photos"));
}

/** @param {Sheet} sheet
 *  @param {View} view
 *  @param {Photo} photo */
function choose(sheet, view, photo) {
  view.isLarge = !sheet.isCompact || !view.isLarge || view.shown !== photo;
  view.shown = photo;
  set(view.figure, "hidden", !view.isLarge);
  showPicture(sheet, view);
  showThumbs(sheet, view);
  progress(sheet, view);
  showError(sheet, view);
}

/** @param {Sheet} sheet
 *  @param {View} view */
function showError({ draft, say }, view) {
  const { photos } = draft.fields;
  const [told] = [view.shown, ...photos].filter((photo) => photo && hasNews(photo));
  const message = told ? told.message || say("photo_lost") : draft.errors.photos ?? "";
  const isOfAnother = told && told !== view.shown;
  const text = isOfAnother ? say("photo_said", { n: photos.indexOf(told) + 1, message }) : message;
  set(view.error, "hidden", !text);
  if (view.error.textContent !== text) view.error.textContent = text;
}

// The server's answer on a photograph: why it was refused, or why it has to wait.
/** @param {Photo} photo */
const hasNews = ({ state, message }) => state === "refused" || (state === "retrying" && message);

/** @param {Sheet} sheet
 *  @param {View} view */
function progress({ uploads, say }, view) {
  for (const [id, slot] of view.slots) {
    const item = uploads.items.get(id);
    slot.thumb.style.setProperty("--done", String(item ? uploads.progressOf(item.photo) : 1));
  }
  const photo = view.shown;
  const text = photo ? statusOf(photo, uploads, say) : "";
  set(view.status, "hidden", !text);
  view.status.dataset.state = photo?.state ?? "";
  if (view.status.textContent !== text) view.status.textContent = text;
}

/** @param {Photo} photo
 *  @param {Uploads} uploads
 *  @param {Say} say */
function statusOf(photo, uploads, say) {
  if (photo.state === "sending") return say("photo_sending", { share: Math.round(uploads.progressOf(photo) * 100) });
  if (photo.state === "waiting" && !uploads.mayStart()) return say("photo_on_phone");
  /** @type {Partial<Record<PhotoState, string>>} */
  const words = { waiting: say("photo_waiting"), preparing: say("photo_preparing"), retrying: say("photo_retrying"),
    refused: say("photo_refused") };
  return words[photo.state] ?? "";
}

/** @param {Sheet} sheet
 *  @param {() => Photo | null} shown */
function toolsOf(sheet, shown) {
  const { say } = sheet;
  const remove = () => {
    const photo = shown();
    if (photo) sheet.remove(photo);
  };
  return element("div", { class: "tools" },
    label("pill", say("replace"), input(sheet, "album", { replaces: shown })),
    button("pill", say("remove"), remove));
}

/** @param {Sheet} sheet
 *  @param {PhotoSource} from */
const chooser = (sheet, from) =>
  label(from === "camera" ? "main" : "other", sheet.say(from), input(sheet, from));

/** @param {Sheet} sheet
 *  @param {PhotoSource} from */
const adder = (sheet, from) => label("add", sheet.say(`${from}_more`), input(sheet, from),
  icon(from === "camera" ? "camera" : "photos"));

/** @param {string} className
 *  @param {string} words
 *  @param {HTMLElement} field
 *  @param {...Child} before */
const label = (className, words, field, ...before) =>
  element("label", { class: className }, ...before, element("span", {}, words), field);

/** The file field behind a label; `from` is camera, album, or file (any, untouched by the album).
 *  @param {Sheet} sheet
 *  @param {PhotoSource} from
 *  @param {{ replaces?: () => Photo | null }} options */
export function input(sheet, from, { replaces = () => null } = {}) {
  const isCamera = from === "camera";
  return element("input", {
    type: "file", accept: isCamera ? "image/*" : from === "album" ? ALBUM : undefined, capture: isCamera ? "environment" : undefined,
    multiple: !isCamera,
    onchange: ({ target }) => {
      const files = [...target.files ?? []];
      target.value = "";
      if (files.length) sheet.take(files, from, replaces());
    },
  });
}

// The mark: a leaf over its trace on the water.
function drawing() {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 120 90");
  svg.setAttribute("aria-hidden", "true");
  for (const [name, d] of [
    ["leaf", "M60 8C78 20 88 33 88 47H32C32 33 42 20 60 8Z"],
    ["vein", "M60 22v25M60 36l12-9M60 36 48 27"],
    ["wave", "M32 57c9-4 19 4 28 0s19-4 28 0M41 67c6-3 13 3 19 0s13-3 19 0M50 76c3-1.5 7 1.5 10 0s7-1.5 10 0"],
  ]) {
    const path = document.createElementNS(space, "path");
    path.setAttribute("class", name);
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
