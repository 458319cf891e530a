-- Sightings: what was seen (occurrence), when and where (event), what it is (identification),
-- what shows it (media), what the desk said (decision). Coordinates are WGS-84, times UTC.

-- One upload from a phone; the photo's files are named by the SHA-256 of the bytes received.
create table media (
    upload_id uuid primary key,
    device_id uuid not null,
    sha256 text not null,
    perceptual_hash text not null,
    media_type text not null,
    width integer not null check (width > 0),
    height integer not null check (height > 0),
    byte_count bigint not null check (byte_count > 0),
    uploaded_at timestamptz not null
);
create index media_sha256 on media (sha256);

create table event (
    event_id uuid primary key,
    event_date timestamptz not null,
    is_time_known boolean not null,
    decimal_latitude double precision not null check (decimal_latitude between -90 and 90),
    decimal_longitude double precision not null check (decimal_longitude between -180 and 180),
    coordinate_uncertainty_in_meters double precision
        check (coordinate_uncertainty_in_meters > 0),
    place_source text not null,
    place_name text not null,
    datum_as_given text not null,
    district text,
    hides_exact_place boolean not null
);

-- observer_id is null once the person erased themselves and science keeps the record.
create table occurrence (
    occurrence_id uuid primary key,
    event_id uuid not null,
    observer_id uuid,
    public_id uuid not null,
    individual_count integer check (individual_count > 0),
    establishment_means text,
    note text not null,
    submitted_at timestamptz not null,
    is_demo boolean not null
);
create index occurrence_observer on occurrence (observer_id);
create index occurrence_public on occurrence (public_id);

-- taxon_id is null for a name outside the checklist, or no name; group_code then says the group.
create table identification (
    identification_id uuid primary key,
    occurrence_id uuid not null,
    taxon_id uuid,
    verbatim_name text not null,
    group_code text,
    identified_by_observer uuid,
    identified_by_staff uuid,
    identified_at timestamptz not null
);
create index identification_occurrence on identification (occurrence_id);

create table occurrence_media (
    occurrence_id uuid not null,
    position integer not null check (position > 0),
    sha256 text not null,
    licence text not null,
    primary key (occurrence_id, position)
);
create index occurrence_media_sha256 on occurrence_media (sha256);

-- What the checks found at the door: advice for the verifier, never a refusal.
create table occurrence_check (
    occurrence_id uuid not null,
    code text not null,
    is_flag boolean not null,
    details text not null,
    primary key (occurrence_id, code)
);

-- Where each sighting and each action with a photo stands: a projection of `decision`, written in
-- the same transaction and compared with it by the invariants.
create table review (
    subject_id uuid primary key,
    kind text not null,
    observer_id uuid,
    submitted_at timestamptz not null,
    verification_status text not null,
    release_status text not null,
    decision_id uuid,
    is_waiting boolean not null,
    waiting_since timestamptz not null,
    is_demo boolean not null
);

create table decision (
    decision_id uuid primary key,
    subject_id uuid not null,
    verdict text not null,
    verification_status text not null,
    release_status text not null,
    is_waiting boolean not null,
    reason text,
    message text not null,
    rules_out_sensitive boolean not null,
    decided_by_staff uuid,
    decided_by_observer uuid,
    previous_decision_id uuid,
    decided_at timestamptz not null
);
create index decision_subject on decision (subject_id);

create view current_decision as
select distinct on (subject_id) *
from decision order by subject_id, decided_at desc, decision_id desc;

create view current_identification as
select distinct on (occurrence_id) *
from identification order by occurrence_id, identified_at desc, identification_id desc;

-- The one place where a sighting becomes public. `grid` is the cells a degree: null where the
-- place is exact, 10, 100 or 1000 where it is generalised. It stands for
--   a taxon of category 1: not here at all; 2: 0.1 degrees; 3: 0.01; 4: 0.001 (GBIF's categories);
--   the observer's wish to hide the place: 0.1; not named to species: 0.1, unless the verifier
--   ruled sensitive taxa out. The stricter wins.
create view generalised_occurrence as
select
    o.occurrence_id, o.public_id, o.observer_id, o.individual_count, o.establishment_means,
    o.is_demo, r.verification_status, r.decision_id, e.event_date, e.decimal_latitude,
    e.decimal_longitude, e.coordinate_uncertainty_in_meters, i.taxon_id, t.scientific_name,
    t.vernacular_name, t.english_name, coalesce(t.group_code, i.group_code) as group_code,
    case
        when e.hides_exact_place or t.sensitive_category = 2 then 10
        when t.taxon_id is null and not coalesce(d.rules_out_sensitive, false) then 10
        when t.sensitive_category = 3 then 100
        when t.sensitive_category = 4 then 1000
    end as grid
from review as r
join occurrence as o on o.occurrence_id = r.subject_id
join event as e on e.event_id = o.event_id
join current_identification as i on i.occurrence_id = o.occurrence_id
left join decision as d on d.decision_id = r.decision_id
left join taxon as t on t.taxon_id = i.taxon_id
where r.release_status = 'released' and coalesce(t.sensitive_category, 0) <> 1;

-- A generalised record shows the middle of its cell, the cell's diagonal as uncertainty, its month
-- only, and no observer. 111195 m a degree: a sphere of the mean Earth radius 6371008.8 m.
create view public_occurrence as
select
    occurrence_id, public_id, individual_count, establishment_means, is_demo,
    verification_status, taxon_id, scientific_name, vernacular_name, english_name, group_code,
    grid,
    case when grid is null then observer_id end as observer_id,
    case
        when grid is null then decimal_latitude
        else floor(decimal_latitude * grid + 1e-9) / grid + 0.5 / grid
    end as decimal_latitude,
    case
        when grid is null then decimal_longitude
        else floor(decimal_longitude * grid + 1e-9) / grid + 0.5 / grid
    end as decimal_longitude,
    case
        when grid is null then coordinate_uncertainty_in_meters
        else greatest(
            coalesce(coordinate_uncertainty_in_meters, 0),
            ceil(111195.0 / grid * sqrt(1 + power(
                cos(radians(floor(decimal_latitude * grid + 1e-9) / grid)), 2)))
        )
    end as coordinate_uncertainty_in_meters,
    case
        when grid is null then cast(event_date at time zone 'Asia/Shanghai' as date)
        else cast(date_trunc('month', event_date at time zone 'Asia/Shanghai') as date)
    end as event_day
from generalised_occurrence;

-- The projection of that view which map, boards and exports read; district and cells are computed
-- from the public place. No primary key: a row is replaced by delete and insert in one transaction.
create table released_occurrence (
    occurrence_id uuid not null,
    public_id uuid not null,
    observer_id uuid,
    individual_count integer,
    establishment_means text,
    is_demo boolean not null,
    verification_status text not null,
    taxon_id uuid,
    scientific_name text,
    vernacular_name text,
    english_name text,
    group_code text,
    grid integer,
    decimal_latitude double precision not null,
    decimal_longitude double precision not null,
    coordinate_uncertainty_in_meters double precision,
    event_day date not null,
    district text,
    cell_city text not null,
    cell_quarter text,
    photo_sha256 text,
    photo_count integer not null
);
