// Adding photographs: read, stored, grouped into sightings, reduced, queued; and removing them.

import { bareHeif } from "./bare_heif.js";
import { bareJpeg } from "./bare_jpeg.js";
import { asText } from "./clock.js";
import { factsFrom, knowsItsPlace, placeOf, withPhotos } from "./draft.js";
import { readFacts } from "./exif.js";
import { grouped } from "./grouping.js";
import { newId } from "./id.js";
import * as shelf from "./shelf.js";
import { shrink } from "./shrink.js";

/** @import { Draft, Photo, PhotoSource, Recorder, Sheet, Sighting } from "./types" */

/** Adds and removes the photographs of the open sheets. */
export class Intake {
  /** @param {Recorder} recorder */
  constructor(recorder) {
    this.recorder = recorder;
    this.previews = recorder.previews;
    /** @type {Promise<unknown>} */
    this.ready = Promise.resolve();
  }

  /** Add files to a sheet; `ready` resolves when each of them may be sent.
   *  @param {Sheet} sheet
   *  @param {File[]} files
   *  @param {PhotoSource} from
   *  @param {Photo | null} [replaced] */
  add(sheet, files, from, replaced) {
    this.ready = Promise.all([this.ready, this.takeIn(sheet, files, from, replaced)]);
  }

  /** @param {Sheet} sheet
   *  @param {File[]} files
   *  @param {PhotoSource} from
   *  @param {Photo | null} [replaced] */
  async takeIn(sheet, files, from, replaced) {
    const { recorder } = this;
    const { draft } = sheet;
    const isFirst = !draft.fields.photos.length;
    if (replaced) this.remove(draft, replaced);
    const room = this.roomIn(draft, isFirst);
    const added = files.slice(0, room).map((file) => ({ file, photo: this.photoOf(file, from) }));
    const photos = added.map(({ photo }) => photo);
    draft.change({ photos: [...draft.fields.photos, ...photos] });
    await Promise.all(added.map(({ photo, file }) => this.read(draft, photo, file)));
    await this.settle(sheet, photos, isFirst);
    if (files.length > room) draft.refuse("photos", this.enough(isFirst));
    recorder.openWhatIsMissing(sheet, from);
    if (!recorder.consent.declined) await recorder.hasConsent();
    for (const { photo, file } of added) await this.prepare(recorder.draftOf(photo), photo, file);
  }

  // Many may be chosen together and are then grouped into sightings; one sighting has a few at most.
  /** @param {Draft} draft
   *  @param {boolean} isFirst */
  roomIn(draft, isFirst) {
    const { max_at_once: atOnce, max_photos: most } = this.recorder.data;
    const room = atOnce - this.recorder.countPhotos();
    return Math.max(0, isFirst ? room : Math.min(room, most - draft.fields.photos.length));
  }

  /** @param {boolean} isFirst */
  enough(isFirst) {
    const { max_at_once: atOnce, max_photos: most } = this.recorder.data;
    return this.recorder.say(isFirst ? "photos_enough" : "photos_enough_of_one", { count: isFirst ? atOnce : most });
  }

  /** @param {File} file
   *  @param {PhotoSource} from
   *  @returns {Photo} */
  photoOf(file, from) {
    /** @type {Photo} */
    const photo = { upload_id: newId(), name: file.name, type: file.type, from, state: "preparing", facts: null };
    this.previews.set(photo.upload_id, URL.createObjectURL(file));
    return photo;
  }

  /** @param {Draft} draft
   *  @param {Photo} photo
   *  @param {File} file */
  async read(draft, photo, file) {
    const [facts] = await Promise.all([readFacts(file), this.keep(draft, photo, file)]);
    photo.facts = facts;
  }

  /** Use what was read: place and time, and, where many were chosen, which belong together.
   *  @param {Sheet} sheet
   *  @param {Photo[]} photos
   *  @param {boolean} isFirst */
  async settle(sheet, photos, isFirst) {
    const { draft } = sheet;
    const here = photos.filter((photo) => draft.fields.photos.includes(photo));
    const rows = isFirst && here.length === draft.fields.photos.length ? grouped(here, this.recorder.data.max_photos) : [];
    if (rows.length > 1) return this.recorder.spread(sheet, rows);
    draft.change({ ...factsFrom(draft.fields.photos, draft.fields, this.recorder.mayUsePlace()) });
    const isCamera = photos.some(({ from }) => from === "camera");
    if (!draft.fields.event_date && isCamera) draft.change({ event_date: asText(new Date()), time_source: "phone" });
    return null;
  }

  /** @param {Draft | undefined} draft
   *  @param {Photo} photo
   *  @param {Blob} file */
  async prepare(draft, photo, file) {
    if (!draft) return null;
    const { recorder } = this;
    const mayUsePlace = recorder.mayUsePlace();
    const { blob: drawn, isDecoded, fault } = await shrink(file);
    photo.is_decoded = isDecoded;
    this.forgetPreview(photo);
    if (isDecoded) this.previews.set(photo.upload_id, URL.createObjectURL(drawn));   // the file itself is no longer needed
    if (fault === "photo_unread" || (fault && !mayUsePlace)) return this.refuse(photo, fault);
    const blob = isDecoded || mayUsePlace ? drawn : await bare(file);
    if (!blob) return this.refuse(photo, "photo_holds_place");
    if (blob.size > recorder.data.max_bytes) return this.refuse(photo, "photo_too_large");
    return this.release(draft, photo, blob, blob !== file);
  }

  /** Queue the photograph; `blob` is what is sent.
   *  @param {Draft} draft
   *  @param {Photo} photo
   *  @param {Blob} blob
   *  @param {boolean} isRedrawn */
  async release(draft, photo, blob, isRedrawn) {
    this.recorder.uploads.hold(photo.upload_id, blob);
    if (isRedrawn) await this.keep(draft, photo, blob);
    Object.assign(photo, { state: "waiting", size: blob.size, is_redrawn: isRedrawn });
    this.queue(photo);
    this.tell(photo);
  }

  /** @param {Draft} draft
   *  @param {Photo} photo
   *  @param {Blob} blob */
  keep(draft, photo, blob) {
    const row = { upload_id: photo.upload_id, draft_id: draft.fields.id, blob };
    return shelf.put("photos", row).catch((error) => console.warn("photo not kept:", error.name));
  }

  /** @param {Photo} photo
   *  @param {string} key */
  refuse(photo, key) {
    Object.assign(photo, { state: "refused", message: this.recorder.say(key) });
    this.tell(photo);
  }

  // By then a split or a merge may have moved the photograph to another sheet.
  /** @param {Photo} photo */
  tell(photo) {
    this.recorder.draftOf(photo)?.change();
  }

  /** @param {Photo} photo */
  queue(photo) {
    if (photo.state !== "refused") this.recorder.uploads.add(photo, () => this.recorder.draftOf(photo)?.keep());
  }

  /** Continue with the photographs of a draft from an earlier visit.
   *  @param {Draft} draft */
  resumeAll(draft) {
    this.ready = Promise.all([this.ready, ...draft.fields.photos.map((photo) => this.resume(draft, photo))]);
  }

  /** @param {Draft} draft
   *  @param {Photo} photo */
  async resume(draft, photo) {
    if (!["preparing", "refused"].includes(photo.state)) return this.queue(photo);
    Object.assign(photo, { state: "preparing", message: "" });
    const held = this.recorder.uploads.blobs.get(photo.upload_id);
    const blob = held ?? (await shelf.get("photos", photo.upload_id).catch(() => null))?.blob;
    return blob ? this.prepare(draft, photo, blob) : this.refuse(photo, "photo_lost");
  }

  /** Without consent to the place no photograph is sent with its metadata.
   *  @param {Draft} draft */
  leavePlacesBehind(draft) {
    for (const photo of draft.fields.photos) {
      if (photo.state !== "waiting" || photo.is_redrawn) continue;
      this.recorder.uploads.forget(photo.upload_id);
      photo.state = "preparing";
    }
    this.resumeAll(draft);
  }

  /** Set the place of a photograph of the draft, now that it may be used.
   *  @param {Draft} draft */
  takePlace(draft) {
    const photo = draft.fields.photos.find(knowsItsPlace);
    if (photo) draft.change({ place: placeOf(photo) });
  }

  /** Remove a photograph, with the place and time if no other photograph has them.
   *  @param {Draft} draft
   *  @param {Photo} photo */
  remove(draft, photo) {
    const { uploads } = this.recorder;
    uploads.remove(photo.upload_id);
    this.forgetPreview(photo);
    shelf.drop("photos", photo.upload_id).catch(() => null);
    const photos = draft.fields.photos.filter((other) => other !== photo);
    const { place, event_date, time_source } = withPhotos(draft.fields, photos, this.recorder.mayUsePlace());
    draft.change({ photos, place, event_date, time_source });
  }

  /** @param {Photo} photo */
  forgetPreview({ upload_id: id }) {
    URL.revokeObjectURL(this.previews.get(id) ?? "");
    this.previews.delete(id);
  }

  /** Pictures of photographs that are stored on the phone.
   *  @param {Partial<Sighting>} partial */
  async readPreviews({ photos = [] }) {
    for (const photo of photos) {
      if (this.previews.has(photo.upload_id) || photo.is_decoded === false) continue;
      const row = await shelf.get("photos", photo.upload_id).catch(() => null);
      if (row) this.previews.set(photo.upload_id, URL.createObjectURL(row.blob));
    }
  }
}

// Without its metadata, where this browser cannot draw it anew.
/** @param {Blob} file */
const bare = async (file) => await bareJpeg(file).catch(() => null) ?? bareHeif(file).catch(() => null);
