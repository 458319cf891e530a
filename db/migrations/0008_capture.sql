-- What was given at the door, kept as given; places one can name; how large a photo is on disk.

-- Darwin Core's verbatimLatitude and verbatimLongitude, in `datum_as_given` (its verbatimSRS).
-- Null where the numbers given are the WGS-84 ones of decimal_latitude and decimal_longitude.
-- As private as the exact place: no public view reads them.
alter table event add column verbatim_latitude double precision;
alter table event add column verbatim_longitude double precision;

-- Bytes of the two sizes kept of a photo; null for what came before this column.
alter table media add column stored_bytes bigint;

-- Places that staff import, beside the 13 districts and the known places of the program. WGS-84;
-- the circle of uncertainty_m metres round the point covers the place.
create table named_place (
    place_id uuid primary key,
    name_zh text not null,
    name_en text not null,
    kind text not null,
    decimal_latitude double precision not null check (decimal_latitude between -90 and 90),
    decimal_longitude double precision not null check (decimal_longitude between -180 and 180),
    uncertainty_m double precision not null check (uncertainty_m > 0),
    district text,
    source text not null
);

-- A picture seen before has a quarter of its hash in common with the one that looks like it.
create index media_picture_1 on media (substr(perceptual_hash, 1, 4));
create index media_picture_2 on media (substr(perceptual_hash, 5, 4));
create index media_picture_3 on media (substr(perceptual_hash, 9, 4));
create index media_picture_4 on media (substr(perceptual_hash, 13, 4));
