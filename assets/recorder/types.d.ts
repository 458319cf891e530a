// The nouns of the scripts, for the checks alone: no script imports this file when it runs, and no
// browser is served it.

import type { FeatureCollection, MultiPolygon, Polygon } from "geojson";
import type { Joining } from "../field/joining.js";
import type { Recorder } from "./recorder.js";
import type { Joining } from "../field/joining.js";
import type { Recorder } from "./recorder.js";

export type { Checker } from "./checking.js";
export type { Consent } from "./consent.js";
export type { Draft } from "./draft.js";
export type { Joining } from "../field/joining.js";
export type { Intake } from "./intake.js";
export type { Outbox } from "./outbox.js";
export type { Recorder } from "./recorder.js";
export type { Sheet } from "./sheet.js";
export type { Uploads } from "./upload.js";

// --- words

/** The sentence of a key, its {names} filled in. */
export type Say = (key: string, values?: Record<string, string | number>) => string;
export type Words = Record<string, string>;
/** A moment as it is written in the visitor's language. */
export type WriteDate = (moment: Date, isTimeKnown?: boolean) => string;

// --- places

export type Datum = "WGS-84" | "GCJ-02" | "BD-09";
export type PlaceSource = "exif" | "device" | "map" | "named";

export interface Point {
  latitude: number;
  longitude: number;
}

/** A point and how far off it may be, in metres. */
export interface Fix extends Point {
  uncertainty_m: number;
}

/** Where a sighting was, as a draft holds it: always in WGS-84. */
export interface Place extends Fix {
  source: PlaceSource;
  name: string | null;
  /** That of the figures that somebody gave; `given` holds them where it is not WGS-84. */
  datum: Datum;
  district?: string;
  given?: Point;
  /** Taken over from the sighting before, until a photograph knows better. */
  is_carried?: boolean;
}

/** The place of a map that shows one: what is kept rough has no point. */
export interface MarkedPlace extends Point {
  uncertainty_m?: number | null;
  is_rough?: boolean;
}

/** A row of the search for places; a district `isOffer` where nothing has the typed name. */
export interface PlaceRow extends Fix {
  kind: string;
  name: string;
  district: string;
  district_name: string;
  fit?: string;
  isOffer?: boolean;
}

export interface Box {
  south: number;
  west: number;
  north: number;
  east: number;
}

export interface District {
  code: string;
  name: string;
  lat: number;
  lon: number;
  radius_m: number;
}

export type Boundaries = FeatureCollection<Polygon | MultiPolygon, { adcode?: number | string; code?: string }>;

// --- photographs

export type PhotoSource = "camera" | "album" | "file";
export type PhotoState = "preparing" | "waiting" | "sending" | "retrying" | "stored" | "refused";

/** What a photograph says of place and time. */
export interface PhotoFacts {
  place: Fix | null;
  taken: string | null;
}

export interface Photo {
  upload_id: string;
  name: string;
  type: string;
  from: PhotoSource;
  state: PhotoState;
  /** null until the photograph has been read. */
  facts: PhotoFacts | null;
  is_decoded?: boolean;
  /** Drawn anew, which leaves its metadata behind. */
  is_redrawn?: boolean;
  size?: number;
  thumb?: string;
  message?: string;
  code?: string;
}

/** A photograph that knows its place. */
export type PlacedPhoto = Photo & { facts: PhotoFacts & { place: Fix } };

// --- species

export interface Group {
  code: string;
  name: string;
  icon: string;
  art: string | null;
}

/** A taxon of the checklist as the search answers it. */
export interface Taxon {
  taxon_id: string;
  vernacular_name: string;
  scientific_name: string;
  english_name?: string;
  other_name?: string;
  group: string;
  group_name?: string;
  picture?: string | null;
  is_drawing?: boolean;
  count?: number;
  /** How well what was typed fits: a name, one that is searched only, all but 树 or 鸟, merely alike. */
  fit?: "name" | "everyday" | "class_word" | "near";
}

/** A taxon with all its names, as the phone keeps it. */
export interface NamedTaxon {
  taxon_id: string;
  vernacular_name: string;
  scientific_name: string;
  english_name: string;
  group: string;
  other_names: string[];
  everyday_names: string[];
  spelling: string;
}

/** The checklist's names on the shelf of facts; `at`: when they came, in milliseconds. */
export interface KeptNames {
  key: string;
  at: number;
  taxa: NamedTaxon[];
}

/** Words that stand for a taxon which is not on the checklist. */
export interface FreeName extends Partial<Taxon> {
  vernacular_name: string;
  isFree: true;
}

export type TaxonRow = (Taxon & { isFree?: undefined }) | FreeName;

/** What is likely around here, by how near and how seasonal the figures are. */
export interface Likely {
  scope?: string;
  taxa?: (Omit<Taxon, "vernacular_name"> & { chinese_name: string; photo?: string | null })[];
}

// --- sightings

/** A sighting while it is being written; what the shelf "drafts" keeps. */
export interface Sighting {
  id: string;
  /** Ties sightings that were begun together. */
  batch: string;
  photos: Photo[];
  /** The form is shown although there is no photograph. */
  is_open: boolean;
  event_date: string;
  time_known: boolean;
  time_source: "photo" | "phone" | "person" | null;
  place: Place | null;
  taxon: Taxon | null;
  name: string;
  /** What stands in the field of the name and was not chosen yet. */
  typed: string;
  is_unknown: boolean;
  group: string | null;
  count: number | null;
  establishment_means: string | null;
  note: string;
  hide_exact_place: boolean;
  /** Numbers of earlier sightings that the person said this one is not. */
  different_from: string[];
}

/** A sighting with everything that it must have. */
export type WholeSighting = Sighting & { place: Place };

/** A handed-in sighting that waits for the network; `refused` once the server said no to it. */
export interface OutboxEntry extends WholeSighting {
  refused?: RefusalNote;
}

export interface RefusalNote {
  field: string | null;
  message: string;
  code?: string;
}

/** A sighting as `POST /api/v1/records` takes it. */
export interface RecordBody {
  id: string;
  photos: string[];
  event_date: string;
  time_known: boolean;
  place: Fix & { source: PlaceSource; name: string | null; datum: Datum };
  taxon_id: string | null;
  name: string | null;
  group: string | null;
  count: number | null;
  establishment_means: string | null;
  note: string;
  hide_exact_place: boolean;
}

/** What became of a sighting that was handed in: stored, stored before, or kept on the phone. */
export interface RecordAnswer {
  status: "received" | "already" | "kept";
  id?: string;
  number?: string;
  sighting?: string;
  share?: string;
  message?: string;
  flags?: { message: string }[];
  needs_home_district?: boolean;
}

/** What became of a sighting, with what was sent of it. */
export interface Delivery {
  fields: WholeSighting;
  answer: RecordAnswer;
}

export interface Refused {
  fields: WholeSighting;
  refusal: RefusalNote;
}

export type Outcome = (Delivery & { refusal?: undefined }) | (Refused & { answer?: undefined });

/** What the server would say of a sighting, by the field that it concerns. */
export interface Advice {
  field: string;
  message: string;
  suggestion?: Point;
}

/** An earlier sighting of one's own that may be this very one. */
export interface Duplicate {
  number: string;
  message: string;
  thumb: string | null;
  sighting: string;
}

/** What is remembered of a sighting that was received; `at` in milliseconds. */
export interface KeptReceipt extends Pick<Sighting, "id" | "taxon" | "name" | "group" | "count" | "event_date" | "time_known"> {
  key: string;
  number: string;
  sighting: string;
  thumb: string;
  at: number;
}

/** What the shelf of facts keeps. */
export type Fact = Agreement | KeptNames | KeptReceipt | KeptTeam;

// --- the page and the server

export interface ConsentAnswer {
  place: boolean;
  photo_licence: string;
}

/** What was agreed to; `is_posted` once the server knows of it. */
export interface Agreement extends Partial<ConsentAnswer> {
  key?: string;
  version?: string;
  place: boolean;
  is_posted: boolean;
  /** The token of the browser that told the server. */
  posted_by?: string;
}

/** A festival by its six digits, and its teams. */
export interface Festival {
  code: string;
  name: string;
  /** Its days and districts, in the visitor's language. */
  days: string;
  teams: string[];
}

/** The team that somebody joins; `is_posted` once the server knows of it. */
export interface KeptTeam {
  key: string;
  code: string;
  team: string;
  is_posted: boolean;
  festival: Festival | null;
  message?: string;
}

/** What the parts of the field recorder's page share. */
export interface Field {
  recorder: Recorder;
  joining: Joining;
  say: Say;
}

/** What whatever sends must know of this visitor. */
export interface VisitorData {
  language?: string;
  /** Missing where the server has not been asked. */
  consented?: boolean;
  place_consented?: boolean;
  consent_version: string;
}

/** What the page hands to the recorder. */
export interface RecorderData extends VisitorData {
  language: string;
  max_photos: number;
  max_at_once: number;
  max_bytes: number;
  points_of_a_day: [number, number][];
  map_approval: string;
  box: Box;
  districts: District[];
  groups: Group[];
  taxon?: Taxon | null;
}

/** The routes that the scripts ask, as functions. */
export interface Fetchers {
  consent(body: ConsentAnswer & { version: string }): Promise<unknown>;
  media(id: string, blob: Blob, onProgress: (share: number) => void, signal?: AbortSignal, isBegun?: boolean): Promise<{ thumb: string }>;
  record(body: RecordBody): Promise<RecordAnswer>;
  check(body: object, signal: AbortSignal): Promise<{ advice?: Advice[]; duplicates?: Duplicate[] }>;
  me(body: { home_district: string }): Promise<unknown>;
  festival(code: string): Promise<Festival>;
  join(body: { code: string; team: string }): Promise<{ festival: Festival; team: string }>;
  taxa(query: Record<string, string>, signal: AbortSignal): Promise<Taxon[]>;
  names(): Promise<NamedTaxon[]>;
  likely(query: Record<string, string>): Promise<Likely>;
  places(query: string, signal: AbortSignal, limit?: number): Promise<PlaceRow[]>;
  boundaries(name: string): Promise<Boundaries>;
}

// --- elements

export type Child = Node | string | null | undefined;

/** Attributes and properties of a new element; handlers know which element they are called on. */
export interface Settings<E> {
  onclick?: (event: MouseEvent & { currentTarget: E }) => unknown;
  onchange?: (event: Event & { target: E }) => unknown;
  oninput?: (event: Event & { target: E }) => unknown;
  onsubmit?: (event: Event) => unknown;
  onkeydown?: (event: KeyboardEvent) => unknown;
  onblur?: (event: Event) => unknown;
  onfocus?: (event: Event) => unknown;
  [name: string]: string | number | boolean | null | undefined | ((event: never) => unknown);
}

/** One way to give a place; `start` is called when it is opened. */
export interface Way {
  node: HTMLElement;
  start(): unknown;
  close?(): void;
}

export interface MapPicker {
  showPlace(): void;
  chooseCentre(): void;
  close(): void;
}

declare global {
  /** MapLibre, once its script has been loaded. */
  var maplibregl: typeof import("maplibre-gl") | undefined;
}
