// The photographs, and under them what they say: place and time.

import { button, element, fresh, icon, set } from "./element.js";

const ALBUM = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif";

/** The card; `facts` is the row of what was read from the photographs. */
export function photoCard(recorder, facts) {
  const { say, draft } = recorder;
  const view = {
    shown: null,
    picture: element("img", { alt: "", hidden: true }),
    blank: element("div", { class: "blank", hidden: true }, icon("photos")),
    lead: element("div", { class: "lead" }, drawing(), element("p", {}, say("lead"))),
    status: element("p", { class: "status", hidden: true }),
    error: element("p", { class: "error", id: fresh("photos"), hidden: true }),
    thumbs: element("span", { class: "thumbs", role: "group", "aria-label": say("photos") }),
    tools: toolsOf(recorder, () => view.shown),
  };
  const more = element("span", { class: "adds" }, adder(recorder, "camera"), adder(recorder, "album"));
  view.strip = element("div", { class: "strip" }, view.thumbs, more);
  view.more = more;
  const node = element("section", { class: "shot card", "aria-label": say("photos"), tabindex: "-1" },
    element("figure", {}, view.picture, view.blank, view.lead, view.status, view.tools),
    view.strip, facts,
    element("div", { class: "choose" }, chooser(recorder, "camera"), chooser(recorder, "album")), view.error);
  const refresh = () => show(recorder, node, view);
  recorder.onChange(refresh);
  recorder.onProgress(() => progress(recorder, view));
  refresh();
  recorder.register("photos", node);
  return node;
}

function show(recorder, node, view) {
  const { photos, is_open: isOpen } = recorder.draft.fields;
  if (!photos.includes(view.shown)) view.shown = photos.at(-1) ?? null;
  if (photos.length > (view.count ?? 0)) view.shown = photos.at(view.count ?? 0);
  view.count = photos.length;
  node.dataset.state = photos.length ? "full" : isOpen ? "bare" : "empty";
  set(view.more, "hidden", photos.length >= recorder.data.max_photos);
  showPicture(recorder, view);
  showThumbs(recorder, view);
  showError(recorder, view);
  progress(recorder, view);
}

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

function showThumbs(recorder, view) {
  const { draft, previews, say } = recorder;
  view.thumbs.replaceChildren(...draft.fields.photos.map((photo, place) => {
    const source = previews.get(photo.upload_id) ?? photo.thumb;
    return element("button", {
      type: "button", class: "thumb", "data-state": photo.state, "data-id": photo.upload_id,
      "aria-pressed": String(photo === view.shown), "aria-label": say("photo_n", { n: place + 1 }),
      onclick: () => choose(recorder, view, photo),
    }, source ? element("img", { src: source, alt: "" }) : icon("photos"), element("i", { class: "ring" }));
  }));
}

function choose(recorder, view, photo) {
  view.shown = photo;
  showPicture(recorder, view);
  for (const thumb of view.thumbs.children) {
    thumb.setAttribute("aria-pressed", String(thumb.dataset.id === photo.upload_id));
  }
  progress(recorder, view);
  showError(recorder, view);
}

function showError({ draft, say }, view) {
  const [told] = [view.shown, ...draft.fields.photos].filter((photo) => photo && hasNews(photo));
  const text = told ? told.message || say("photo_lost") : draft.errors.photos ?? "";
  set(view.error, "hidden", !text);
  if (view.error.textContent !== text) view.error.textContent = text;
}

// What the server said of a photograph: why it was not taken, or why it has to wait.
const hasNews = ({ state, message }) => state === "refused" || (state === "retrying" && message);

function progress({ uploads, say }, view) {
  for (const thumb of view.thumbs.children) {
    const item = uploads.items.get(thumb.dataset.id);
    thumb.style.setProperty("--done", item ? uploads.progressOf(item.photo) : 1);
  }
  const photo = view.shown;
  const text = photo ? statusOf(photo, uploads, say) : "";
  set(view.status, "hidden", !text);
  view.status.dataset.state = photo?.state ?? "";
  if (view.status.textContent !== text) view.status.textContent = text;
}

function statusOf(photo, uploads, say) {
  if (photo.state === "sending") return say("photo_sending", { share: Math.round(uploads.progressOf(photo) * 100) });
  if (photo.state === "waiting" && !uploads.mayStart()) return say("photo_on_phone");
  return { waiting: say("photo_waiting"), preparing: say("photo_preparing"), retrying: say("photo_retrying"),
    refused: say("photo_refused") }[photo.state] ?? "";
}

function toolsOf(recorder, shown) {
  const { say } = recorder;
  return element("div", { class: "tools" },
    label("pill", say("replace"), input(recorder, "album", { replaces: shown })),
    button("pill", say("remove"), () => recorder.intake.remove(shown())));
}

const chooser = (recorder, from) =>
  label(from === "camera" ? "main" : "other", recorder.say(from), input(recorder, from));

const adder = (recorder, from) => label("add", recorder.say(`${from}_more`), input(recorder, from),
  icon(from === "camera" ? "camera" : "photos"));

const label = (className, words, field, ...before) =>
  element("label", { class: className }, ...before, element("span", {}, words), field);

/** The file field behind a label; `from` is camera, album, or file (any, untouched by the album). */
export function input(recorder, from, { replaces = () => null } = {}) {
  const isCamera = from === "camera";
  return element("input", {
    type: "file", accept: { camera: "image/*", album: ALBUM }[from], capture: isCamera ? "environment" : undefined,
    multiple: !isCamera,
    onchange: ({ target }) => {
      const files = [...target.files];
      target.value = "";
      if (files.length) recorder.intake.add(files, from, replaces());
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
