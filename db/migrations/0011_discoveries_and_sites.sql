-- What may be new: sealed cases that staff judge blind, and what they announce. Places to visit.

-- One case. occurrence_id is the sighting it began with, null where it came by another way; finder
-- is the name to credit. A case without a closing is sealed: its sighting can't be released.
create table discovery_case (
    case_id uuid primary key,
    occurrence_id uuid,
    level text not null,
    group_code text not null,
    finder text not null,
    sighted_on date not null,
    opened_by uuid not null,
    opened_at timestamptz not null
);

-- What is known of it; a correction is a new row, and the newest counts.
create table case_description (
    description_id uuid primary key,
    case_id uuid not null,
    scientific_name text not null,
    authorship text not null,
    vernacular_name text not null,
    literature text not null,
    specimen text not null,
    district text not null,
    locality_zh text not null,
    locality_en text not null,
    type_origin text not null,
    about_zh text not null,
    about_en text not null,
    described_by uuid not null,
    described_at timestamptz not null
);
create index case_description_case on case_description (case_id);

create view current_case_description as
select distinct on (case_id) *
from case_description order by case_id, described_at desc, description_id desc;

-- Two verifiers a round, each once; a round in which they differ is followed by another.
create table case_opinion (
    opinion_id uuid primary key,
    case_id uuid not null,
    round integer not null check (round > 0),
    staff_id uuid not null,
    opinion text not null,
    reason text not null check (length(reason) > 0),
    given_at timestamptz not null,
    unique (case_id, round, staff_id)
);

create table case_closing (
    case_id uuid primary key,
    outcome text not null,
    days integer not null check (days >= 0),
    closed_by uuid not null,
    closed_at timestamptz not null
);

-- What was announced: it stands in the list of new species beside the rows of the seed.
create table announced_record (
    code text primary key,
    case_id uuid not null,
    level text not null,
    found_year integer not null,
    scientific_name text not null,
    authorship text not null,
    vernacular_name text not null,
    group_code text not null,
    type_origin text not null,
    district text not null,
    locality_zh text not null,
    locality_en text not null,
    source text not null check (length(source) > 0),
    confidence text not null,
    about_zh text not null,
    about_en text not null,
    finder text not null,
    announced_at timestamptz not null,
    check (length(scientific_name) + length(vernacular_name) > 0)
);

-- Stations, 体验地 and environmental facilities that are open to everyone, from a list that staff
-- keep. Coordinates are WGS-84, good to uncertainty_m metres.
create table site (
    code text primary key,
    list_order integer not null,
    kind text not null,
    name_zh text not null check (length(name_zh) > 0),
    name_en text not null,
    district text not null,
    latitude double precision not null check (latitude between -90 and 90),
    longitude double precision not null check (longitude between -180 and 180),
    uncertainty_m double precision not null check (uncertainty_m > 0),
    address text not null,
    opening text not null,
    about_zh text not null,
    about_en text not null,
    source text not null check (length(source) > 0)
);

-- Survey rows as the map asks for sightings, so that the same questions are asked of both. A span
-- of days is found by its first; a survey row has no observer, no photo and no verdict of the desk.
create view surveyed_occurrence as
select
    record_id as occurrence_id, public_id, cast(null as uuid) as observer_id, individual_count,
    establishment_means, is_demo, 'survey' as verification_status, taxon_id, scientific_name,
    vernacular_name, english_name, group_code, grid, decimal_latitude, decimal_longitude,
    coordinate_uncertainty_in_meters, first_day as event_day, district, cell_city, cell_quarter,
    cast(null as text) as photo_sha256, 0 as photo_count
from released_survey_occurrence;
