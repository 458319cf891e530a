// The one button at the lower edge.

import { element, fresh, set } from "./element.js";

/** The bar; `recorder.send` is what the button does. */
export function sendBar(recorder) {
  const { say, draft, uploads } = recorder;
  const hint = element("p", { class: "needs", id: fresh("needs"), role: "status" });
  const words = element("span", {}, say("send"));
  const press = element("button", { type: "button", class: "main", "aria-describedby": hint.id, onclick: () => recorder.send() }, words);
  const node = element("div", { class: "bar" }, element("div", { class: "inside" }, hint, press));
  const refresh = () => {
    const missing = recorder.missing();
    const isBegun = draft.fields.photos.length || draft.fields.is_open;
    const text = draft.errors.send ?? (isBegun ? missing.map((key) => say(`short_${key}`)).join(say("list_comma")) : "");
    const shown = draft.errors.send ? text : text && say("still_needed", { what: text });
    if (hint.textContent !== shown) hint.textContent = shown;
    hint.dataset.kind = draft.errors.send ? "error" : "";
    set(press, "disabled", Boolean(missing.length) || recorder.isSending);
    words.textContent = recorder.isSending ? sendingWords(say, draft.fields.photos, uploads) : say("send");
    node.style.setProperty("--done", recorder.isSending ? shareOf(draft.fields.photos, uploads) : 0);
  };
  recorder.onChange(refresh);
  recorder.onProgress(refresh);
  refresh();
  return node;
}

function sendingWords(say, photos, uploads) {
  const left = photos.filter((photo) => photo.state !== "stored").length;
  if (!left) return say("sending");
  return say("sending_photos", { share: Math.round(shareOf(photos, uploads) * 100) });
}

const shareOf = (photos, uploads) =>
  photos.reduce((sum, photo) => sum + uploads.progressOf(photo), 0) / Math.max(1, photos.length);
