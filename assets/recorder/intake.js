// Photographs taken in: read, kept, made smaller, queued; and taken out again.

import { asText } from "./clock.js";
import { readFacts } from "./exif.js";
import { newId } from "./id.js";
import * as shelf from "./shelf.js";
import { shrink } from "./shrink.js";

/** What happens to the photographs of the draft in hand. */
export class Intake {
  constructor(recorder) {
    this.recorder = recorder;
    this.previews = recorder.previews;
    this.ready = Promise.resolve();
  }

  /** Take files in; `ready` resolves when each of them may go up. */
  add(files, from, replaced) {
    this.ready = Promise.all([this.ready, this.takeIn(files, from, replaced)]);
  }

  async takeIn(files, from, replaced) {
    const { recorder } = this;
    const { draft, data } = recorder;
    if (replaced) this.remove(replaced);
    const room = data.max_photos - draft.fields.photos.length;
    const taken = files.slice(0, room).map((file) => ({ file, photo: this.photoOf(file, from) }));
    draft.change({ photos: [...draft.fields.photos, ...taken.map(({ photo }) => photo)] });
    if (files.length > room) draft.refuse("photos", recorder.say("photos_enough", { count: data.max_photos }));
    await Promise.all(taken.map(({ photo, file }) => this.read(draft, photo, file)));
    recorder.openWhatIsMissing(draft, from);
    if (!recorder.consent.declined) await recorder.hasConsent();
    for (const { photo, file } of taken) await this.prepare(draft, photo, file);
  }

  photoOf(file, from) {
    const photo = { upload_id: newId(), name: file.name, type: file.type, from, state: "preparing", facts: null };
    this.previews.set(photo.upload_id, URL.createObjectURL(file));
    return photo;
  }

  async read(draft, photo, file) {
    const [facts] = await Promise.all([readFacts(file), this.keep(draft, photo, file)]);
    photo.facts = facts;
    draft.change({ ...this.placeIn(draft, facts), ...this.timeIn(draft, photo) });
  }

  placeIn(draft, facts) {
    const isWanted = facts.place && !draft.fields.place && this.recorder.mayUsePlace();
    return isWanted ? { place: fromPhoto(facts.place) } : {};
  }

  timeIn(draft, { facts, from }) {
    const { event_date: time, time_source: source } = draft.fields;
    if (facts.taken && (!time || source === "phone")) return { event_date: facts.taken, time_source: "photo" };
    return !time && from === "camera" ? { event_date: asText(new Date()), time_source: "phone" } : {};
  }

  async prepare(draft, photo, file) {
    if (!draft.fields.photos.includes(photo)) return;
    const { recorder } = this;
    const mayUsePlace = recorder.mayUsePlace();
    const { blob, isDecoded } = await shrink(file, { always: !mayUsePlace });
    photo.is_decoded = isDecoded;
    if (!isDecoded) this.forgetPreview(photo);
    if (blob.size > recorder.data.max_bytes) return this.refuse(draft, photo, "photo_too_large");
    if (!isDecoded && !mayUsePlace) return this.refuse(draft, photo, "photo_holds_place");
    recorder.uploads.hold(photo.upload_id, blob);
    if (blob !== file) await this.keep(draft, photo, blob);
    Object.assign(photo, { state: "waiting", size: blob.size, is_redrawn: blob !== file });
    this.queue(draft, photo);
    draft.change();
  }

  keep(draft, photo, blob) {
    const row = { upload_id: photo.upload_id, draft_id: draft.fields.id, blob };
    return shelf.put("photos", row).catch((error) => console.warn("photo not kept:", error.name));
  }

  refuse(draft, photo, key) {
    Object.assign(photo, { state: "refused", message: this.recorder.say(key) });
    draft.change();
  }

  queue(draft, photo) {
    if (photo.state !== "refused") this.recorder.uploads.add(photo, () => draft.keep());
  }

  /** The photographs of a draft of an earlier visit go on where they were. */
  resumeAll(draft) {
    this.ready = Promise.all([this.ready, ...draft.fields.photos.map((photo) => this.resume(draft, photo))]);
  }

  async resume(draft, photo) {
    if (!["preparing", "refused"].includes(photo.state)) return this.queue(draft, photo);
    Object.assign(photo, { state: "preparing", message: "" });
    const row = await shelf.get("photos", photo.upload_id).catch(() => null);
    return row ? this.prepare(draft, photo, row.blob) : this.refuse(draft, photo, "photo_lost");
  }

  /** Without consent to the place no photograph goes up with its metadata in it. */
  leavePlacesBehind(draft) {
    for (const photo of draft.fields.photos) {
      if (photo.state !== "waiting" || photo.is_redrawn) continue;
      this.recorder.uploads.remove(photo.upload_id);
      photo.state = "preparing";
    }
    this.resumeAll(draft);
  }

  /** The place that a photograph of the draft knows, now that it may be used. */
  takePlace(draft) {
    const known = draft.fields.photos.find((photo) => photo.facts?.place);
    if (known) draft.change({ place: fromPhoto(known.facts.place) });
  }

  /** Take a photograph out, with the place and time that only it knew. */
  remove(photo) {
    const { draft, uploads } = this.recorder;
    uploads.remove(photo.upload_id);
    this.forgetPreview(photo);
    shelf.drop("photos", photo.upload_id).catch(() => null);
    const photos = draft.fields.photos.filter((other) => other !== photo);
    draft.change({ photos, ...factsWithout(draft.fields, photo, photos) });
  }

  forgetPreview({ upload_id: id }) {
    URL.revokeObjectURL(this.previews.get(id));
    this.previews.delete(id);
  }

  /** Pictures of photographs that are kept on the phone. */
  async readPreviews({ photos = [] }) {
    for (const photo of photos) {
      if (this.previews.has(photo.upload_id) || photo.is_decoded === false) continue;
      const row = await shelf.get("photos", photo.upload_id).catch(() => null);
      if (row) this.previews.set(photo.upload_id, URL.createObjectURL(row.blob));
    }
  }
}

const fromPhoto = (place) => ({ ...place, source: "exif", name: null });

function factsWithout({ place, time_source: source }, gone, photos) {
  const changed = {};
  if (place?.source === "exif" && gone.facts?.place) {
    const next = photos.find((photo) => photo.facts?.place)?.facts.place;
    changed.place = next ? fromPhoto(next) : null;
  }
  if (source === "photo" && gone.facts?.taken) {
    const next = photos.find((photo) => photo.facts?.taken)?.facts.taken;
    Object.assign(changed, next ? { event_date: next } : { event_date: "", time_source: null });
  }
  return changed;
}
