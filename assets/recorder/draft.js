// One sighting while it is being written. Every change is stored on the phone.

import { isAhead, startOfDay } from "./clock.js";
import { isInCity } from "./districts.js";
import { newId } from "./id.js";
import * as shelf from "./shelf.js";

/** @import { Box, Photo, PlacedPhoto, Sighting, WholeSighting, RecordBody, Place, Advice, Duplicate } from "./types" */

const NOTE_MAX = 2000;

// `batch` connects sightings that were begun together; `different_from` are the numbers of earlier
// ones that the person said are not duplicates.
/** @returns {Sighting} */
const blank = () => ({
  id: newId(), batch: newId(), photos: [], is_open: false,
  event_date: "", time_known: true, time_source: null,
  place: null, taxon: null, name: "", typed: "", is_unknown: false, group: null,
  count: null, establishment_means: null, note: "", hide_exact_place: false, different_from: [],
});

/** Dispatches "change" after each change. `errors` has what was refused, by field. */
export class Draft extends EventTarget {
  /** @param {Partial<Sighting>} fields */
  constructor(fields = {}) {
    super();
    this.fields = { ...blank(), ...fields };
    /** @type {Advice[]} what the server would say of it, before it is sent */
    this.advice = [];
    /** @type {Duplicate[]} */
    this.duplicates = [];
    /** @type {Record<string, string>} */
    this.errors = {};
    /** @type {Promise<unknown>} */
    this.saving = Promise.resolve();
    this.isGone = false;
  }

  /** Set fields, drop the errors at them, store the draft and dispatch "change".
   *  @param {Partial<Sighting>} fields */
  change(fields = {}) {
    Object.assign(this.fields, fields);
    for (const name of Object.keys(fields)) delete this.errors[name];
    this.keep();
    this.dispatchEvent(new Event("change"));
  }

  /** Show an error at `field`.
   *  @param {string} field
   *  @param {string} message */
  refuse(field, message) {
    this.errors[field] = message;
    this.dispatchEvent(new Event("change"));
  }

  /** Store it on the phone, one write after the other; an empty draft is not stored. */
  keep() {
    this.saving = this.saving.then(() => {
      if (this.isGone) return null;
      if (!isBegun(this.fields)) return shelf.drop("drafts", this.fields.id);
      return shelf.put("drafts", this.fields);
    }).catch((error) => console.warn("draft not kept:", error.name));
    return this.saving;
  }

  /** Stop storing changes, because it was sent or discarded. */
  async leave() {
    this.isGone = true;
    await this.saving;
  }
}

/** True when it has a photograph, text or a choice that must not be lost.
 *  @param {Partial<Sighting>} partial */
export const isBegun = ({ photos, taxon, name, typed, note, group }) =>
  Boolean(photos?.length || taxon || name || typed || note || group);

/** The fields still missing or wrong, in the order of the page: { field: key of the sentence }.
 *  @param {Sighting} fields
 *  @param {Box} box */
export function whatIsMissing(fields, box) {
  /** @type {Record<string, string>} */
  const missing = {};
  const isNamed = fields.taxon || fields.name;
  if (!fields.photos.length && !isNamed) missing.photos = "missing_photo_or_name";
  if (!fields.place) missing.place = "missing_place";
  else if (!isInCity(fields.place, box)) missing.place = "outside_city";
  if (!fields.event_date) missing.event_date = "missing_time";
  else if (isAhead(momentOf(fields))) missing.event_date = "time_ahead";
  return missing;
}

/** Fields that are asked for only when the button is pressed, which stays enabled without them.
 *  @param {Sighting} fields */
export function whatIsAsked(fields) {
  /** @type {Record<string, string>} */
  const questions = {};
  if (fields.photos.some((photo) => photo.state === "refused")) questions.photos = "photo_to_replace";
  if (groupOf(fields) === "plant" && !fields.establishment_means) questions.establishment_means = "missing_origin";
  if (fields.note.length > NOTE_MAX) questions.note = "note_too_long";
  return questions;
}

/** The group of the sighting: the chosen taxon's, else the chosen one.
 *  @param {Pick<Sighting, "taxon" | "group" | "is_unknown">} pick */
export const groupOf = ({ taxon, group, is_unknown }) => taxon?.group ?? (is_unknown ? group : null);

/** @param {Pick<Sighting, "event_date" | "time_known">} sighting */
const momentOf = ({ event_date, time_known }) => (time_known ? event_date : startOfDay(event_date));

/** The time as it is sent: of a day alone its first moment.
 *  @param {Pick<Sighting, "event_date" | "time_known">} fields */
export const timeOnItsWay = (fields) => ({ event_date: momentOf(fields), time_known: fields.time_known });

/** The place as it is sent: a pasted one in its own datum.
 *  @param {Pick<WholeSighting, "place">} fields
 *  @returns {RecordBody["place"]} */
export function placeOnItsWay({ place }) {
  const { uncertainty_m, source, name = null, datum = "WGS-84", given } = place;
  const { latitude, longitude } = given ?? place;
  return { latitude, longitude, uncertainty_m, source, name: name || null, datum };
}

/** The draft in the format of `POST /api/v1/records`. A pasted place is sent in its own datum.
 *  @param {WholeSighting} fields
 *  @returns {RecordBody} */
export function payloadOf(fields) {
  return {
    id: fields.id,
    photos: fields.photos.map((photo) => photo.upload_id),
    ...timeOnItsWay(fields),
    place: placeOnItsWay(fields),
    taxon_id: fields.taxon?.taxon_id ?? null,
    name: fields.taxon ? null : fields.name.trim() || null,
    group: groupOf(fields),
    count: fields.count,
    establishment_means: originOf(fields),
    note: fields.note,
    hide_exact_place: fields.hide_exact_place,
  };
}

/** Place and time from photographs, for fields that no person filled in; they replace a place that
 *  was taken over from the sighting before.
 *  @param {Photo[]} photos
 *  @param {Sighting} sighting
 *  @param {boolean} mayUsePlace */
export function factsFrom(photos, { place, event_date: time, time_source: source }, mayUsePlace) {
  /** @type {Partial<Sighting>} */
  const facts = {};
  const withPlace = photos.find(knowsItsPlace);
  if (withPlace && mayUsePlace && (!place || place.is_carried)) facts.place = placeOf(withPlace);
  const withTime = photos.find((photo) => photo.facts?.taken);
  if (withTime && (!time || source === "phone")) Object.assign(facts, { event_date: withTime.facts?.taken, time_source: "photo" });
  return facts;
}

/** True for a photograph that has its place.
 *  @param {Photo} photo
 *  @returns {photo is PlacedPhoto} */
export const knowsItsPlace = (photo) => Boolean(photo.facts?.place);

/** The place of a photograph, as a field of a draft.
 *  @param {PlacedPhoto} photo
 *  @returns {Place} */
export const placeOf = (photo) => ({ ...photo.facts.place, source: "exif", name: null, datum: "WGS-84" });

/** The fields of a draft that has these photographs now: place and time that came from photographs
*  are read again, what a person entered stays.
 *  @param {Sighting} fields
 *  @param {Photo[]} photos
 *  @param {boolean} mayUsePlace
 *  @returns {Sighting} */
export function withPhotos(fields, photos, mayUsePlace) {
  const changed = { ...fields, photos };
  if (changed.place?.source === "exif" && !changed.place.is_carried) changed.place = null;
  if (changed.time_source === "photo") Object.assign(changed, { event_date: "", time_source: null });
  return { ...changed, ...factsFrom(photos, changed, mayUsePlace) };
}

/** The origin: as chosen, else "wild" for an animal.
 *  @param {Sighting} fields */
export const originOf = (fields) => fields.establishment_means ?? (isAnimal(groupOf(fields)) ? "wild" : null);

/** True for groups whose individuals are counted.
 *  @param {string | null} group */
export const isAnimal = (group) => group !== null && !["", "plant", "fungus"].includes(group);
