-- What the map counts of everything, of a group or of a taxon: rows that are added up, written with
-- the projection. A sighting that comes or goes adds rows and changes none, so that two verifiers
-- can decide at once; now and then the rows are gathered. Kinds: coarse cells, fine cells (not of
-- one taxon: as many rows as sightings), squares ('grid latitude longitude'), districts with taxa,
-- months of any year, groups with taxa; of a taxon alone, its accepted records with an exact place
-- a day of any year.
create table map_count (
    kind text not null,
    subject text not null,
    place text not null,
    records bigint not null,
    demo bigint not null,
    is_fresh boolean not null
);

-- Where a public sighting counts. The subject: '' is everything, a group by its code, a taxon by id.
create view map_share as
select occurrence_id, kind, subject, place, case when is_demo then 1 else 0 end as demo
from (
    select r.occurrence_id, r.is_demo, k.kind,
        case
            when l.subject = 'all' and k.kind <> 'day' then ''
            when l.subject = 'group' and k.kind <> 'day' then r.group_code
            when l.subject = 'taxon' and k.kind <> 'quarter' then cast(r.taxon_id as text)
        end as subject,
        case k.kind
            when 'cell' then case when r.grid is null or r.grid >= 100 then r.cell_city end
            when 'quarter' then r.cell_quarter
            when 'square' then cast(r.grid as text) || ' ' || cast(r.decimal_latitude as text)
                || ' ' || cast(r.decimal_longitude as text)
            when 'district' then r.district || ' ' || coalesce(cast(r.taxon_id as text), '')
            when 'month' then cast(extract(month from r.event_day) as text)
            when 'day' then case when r.grid is null and r.verification_status in
                ('accepted_considered_correct', 'accepted_correct')
                then cast(extract(doy from r.event_day) as text) end
            when 'taxon' then coalesce(r.group_code, '')
                || ' ' || coalesce(cast(r.taxon_id as text), '')
        end as place
    from released_occurrence as r
    cross join (values ('cell'), ('quarter'), ('square'), ('district'), ('month'), ('day'),
        ('taxon')) as k(kind)
    cross join (values ('all'), ('group'), ('taxon')) as l(subject)
) as shares
where subject is not null and place is not null;

insert into map_count
select kind, subject, place, count(*), cast(sum(demo) as bigint), false
from map_share group by kind, subject, place order by kind, subject, place;

-- only postgresql
create index map_count_subject on map_count (kind, subject, place) include (records, demo);
create index map_count_fresh on map_count (kind, subject, place) where is_fresh;

-- Which days of any year a taxon is seen on, and where, without the table.
create index released_occurrence_season on released_occurrence
    (taxon_id, (cast(extract(doy from event_day) as integer)))
    include (event_day, district, cell_city, decimal_latitude, decimal_longitude,
        verification_status)
    where grid is null;
create index released_occurrence_district on released_occurrence (district, public_id);
create index review_waiting_day on review
    ((cast(submitted_at at time zone 'Asia/Shanghai' as date)))
    include (observer_id, worth, verification_status, subject_id, submitted_at, is_waiting)
    where is_waiting;
create index observer_home on observer (observer_id) include (home_district);
-- end only
