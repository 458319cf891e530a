-- The map, its list and the open data, all from the projection of the public view. The conditions
-- of the filters replace 1 = 1 in a statement (db/filters.py). A list is cut off before it is
-- joined: only then does DuckDB not read the other columns of a million rows.

-- name: groups()
-- Numbers of species and of records in each group.
select q.group_code, cast(sum(q.species) as integer), cast(sum(q.records) as integer),
    cast(sum(q.demo) as integer)
from (
    select k.group_code, sum(k.records) as records, sum(k.demo) as demo,
        case when c.genus is null then 0 else greatest(count(distinct c.species), 1) end as species
    from (
        select r.group_code, r.taxon_id, count(*) as records,
            count(*) filter (where r.is_demo) as demo
        from released_occurrence as r
        where 1 = 1
        group by r.group_code, r.taxon_id
    ) as k left join counted_taxon as c on c.taxon_id = k.taxon_id
    group by k.group_code, c.genus
) as q
group by q.group_code

-- name: groups_held(subject)
-- The same of everything, of one group or of one taxon, from what is held.
select q.group_code, cast(sum(q.species) as integer), cast(sum(q.records) as integer),
    cast(sum(q.demo) as integer)
from (
    select k.group_code, sum(k.records) as records, sum(k.demo) as demo,
        case when c.genus is null then 0 else greatest(count(distinct c.species), 1) end as species
    from (
        select cast(nullif(split_part(place, ' ', -1), '') as uuid) as taxon_id,
            nullif(rtrim(left(place, length(place) - length(split_part(place, ' ', -1)))), '')
                as group_code,  -- the name of a group may have two words
            sum(records) as records, sum(demo) as demo
        from map_count
        where kind = 'taxon' and subject = :subject group by place having sum(records) > 0
    ) as k left join counted_taxon as c on c.taxon_id = k.taxon_id
    group by k.group_code, c.genus
) as q
group by q.group_code

-- name: listed(maximum)
-- The latest records.
select r.*, case when p.on_boards then p.nickname end as recorded_by
from (
    select r.* from released_occurrence as r
    where 1 = 1
    order by r.event_day desc nulls last, r.public_id limit :maximum
) as r left join observer as p on p.observer_id = r.observer_id
order by r.event_day desc nulls last, r.public_id

-- name: page_from(maximum)
-- The first page by public id.
select r.*, case when p.on_boards then p.nickname end as recorded_by
from (
    select r.* from released_occurrence as r
    where 1 = 1
    order by r.public_id limit :maximum
) as r left join observer as p on p.observer_id = r.observer_id
order by r.public_id

-- name: page_after(after, maximum)
-- The next page by public id.
select r.*, case when p.on_boards then p.nickname end as recorded_by
from (
    select r.* from released_occurrence as r
    where r.public_id > :after and 1 = 1
    order by r.public_id limit :maximum
) as r left join observer as p on p.observer_id = r.observer_id
order by r.public_id

-- name: cells()
-- Numbers of records by coarse cell, without records in squares of 0.1 degrees and more: they are
-- wider than a cell, and drawn as squares.
select r.cell_city, cast(count(*) as integer)
from released_occurrence as r
where (r.square is null or r.square >= 100) and 1 = 1
group by r.cell_city

-- name: cells_held(subject)
-- The same from what is held.
select place, cast(sum(records) as integer) from map_count
where kind = 'cell' and subject = :subject group by place having sum(records) > 0

-- name: quarters()
-- Numbers of records by fine cell.
select r.cell_quarter, cast(count(*) as integer)
from released_occurrence as r
where r.cell_quarter is not null and 1 = 1
group by r.cell_quarter

-- name: quarters_held(subject)
-- The same from what is held, which is not of one taxon.
select place, cast(sum(records) as integer) from map_count
where kind = 'quarter' and subject = :subject group by place having sum(records) > 0

-- name: richness_6()
-- Numbers of records and of species by wide cell. An H3 code has three bits for each resolution,
-- all ones below its own, so the code of the wider cell is computed from that of the stored one.
with held as (
    select kept.cell, '86' || substr(kept.cell, 3, 6)
        || translate(substr(kept.cell, 9, 1), '0123456789abcdef', '77777777ffffffff')
        || 'ffffff' as holder
    from (select distinct cell_city as cell from released_occurrence where cell_city is not null) as kept
)
select q.holder, cast(sum(q.records) as integer), cast(sum(q.species) as integer)
from (
    select k.holder, sum(k.records) as records,
        case when c.genus is null then 0 else greatest(count(distinct c.species), 1) end as species
    from (
        select h.holder, r.taxon_id, count(*) as records
        from released_occurrence as r join held as h on h.cell = r.cell_city
        where (r.square is null or r.square >= 100) and 1 = 1
        group by h.holder, r.taxon_id
    ) as k left join counted_taxon as c on c.taxon_id = k.taxon_id
    group by k.holder, c.genus
) as q
group by q.holder

-- name: richness_7()
-- Numbers of records and of species by coarse cell.
select q.cell, cast(sum(q.records) as integer), cast(sum(q.species) as integer)
from (
    select k.cell, sum(k.records) as records,
        case when c.genus is null then 0 else greatest(count(distinct c.species), 1) end as species
    from (
        select r.cell_city as cell, r.taxon_id, count(*) as records
        from released_occurrence as r
        where (r.square is null or r.square >= 100) and 1 = 1
        group by r.cell_city, r.taxon_id
    ) as k left join counted_taxon as c on c.taxon_id = k.taxon_id
    group by k.cell, c.genus
) as q
group by q.cell

-- name: richness_8()
-- Numbers of records and of species by cell of 0.7 km², computed from the fine cell as above.
with held as (
    select kept.cell, '88' || substr(kept.cell, 3, 7)
        || translate(substr(kept.cell, 10, 1), '02468ace', '13579bdf')
        || 'fffff' as holder
    from (select distinct cell_quarter as cell from released_occurrence where cell_quarter is not null) as kept
)
select q.holder, cast(sum(q.records) as integer), cast(sum(q.species) as integer)
from (
    select k.holder, sum(k.records) as records,
        case when c.genus is null then 0 else greatest(count(distinct c.species), 1) end as species
    from (
        select h.holder, r.taxon_id, count(*) as records
        from released_occurrence as r join held as h on h.cell = r.cell_quarter
        where r.cell_quarter is not null and 1 = 1
        group by h.holder, r.taxon_id
    ) as k left join counted_taxon as c on c.taxon_id = k.taxon_id
    group by k.holder, c.genus
) as q
group by q.holder

-- name: richness_9()
-- Numbers of records and of species by fine cell.
select q.cell, cast(sum(q.records) as integer), cast(sum(q.species) as integer)
from (
    select k.cell, sum(k.records) as records,
        case when c.genus is null then 0 else greatest(count(distinct c.species), 1) end as species
    from (
        select r.cell_quarter as cell, r.taxon_id, count(*) as records
        from released_occurrence as r
        where r.cell_quarter is not null and 1 = 1
        group by r.cell_quarter, r.taxon_id
    ) as k left join counted_taxon as c on c.taxon_id = k.taxon_id
    group by k.cell, c.genus
) as q
group by q.cell

-- name: districts()
-- Numbers of species and of records by district, by the public place.
select q.district, cast(sum(q.species) as integer), cast(sum(q.records) as integer)
from (
    select k.district, sum(k.records) as records,
        case when c.genus is null then 0 else greatest(count(distinct c.species), 1) end as species
    from (
        select r.district, r.taxon_id, count(*) as records
        from released_occurrence as r
        where r.district is not null and 1 = 1
        group by r.district, r.taxon_id
    ) as k left join counted_taxon as c on c.taxon_id = k.taxon_id
    group by k.district, c.genus
) as q
group by q.district

-- name: districts_held(subject)
-- The same from what is held.
select q.district, cast(sum(q.species) as integer), cast(sum(q.records) as integer)
from (
    select k.district, sum(k.records) as records,
        case when c.genus is null then 0 else greatest(count(distinct c.species), 1) end as species
    from (
        select split_part(place, ' ', 1) as district,
            cast(nullif(split_part(place, ' ', 2), '') as uuid) as taxon_id,
            sum(records) as records
        from map_count
        where kind = 'district' and subject = :subject group by place having sum(records) > 0
    ) as k left join counted_taxon as c on c.taxon_id = k.taxon_id
    group by k.district, c.genus
) as q
group by q.district

-- name: tallies()
-- Every taxon that has a public record: their number, the first and the last day.
select r.taxon_id, cast(count(*) as integer), min(r.event_day), max(r.event_day)
from released_occurrence as r
where r.taxon_id is not null and 1 = 1
group by r.taxon_id

-- name: tallies_held(taxon_id)
-- The same of one taxon, from what is held.
select q.taxon_id, q.records, d.first_day, d.last_day
from (
    select cast(:taxon_id as uuid) as taxon_id, cast(sum(records) as integer) as records
    from map_count where kind = 'month' and subject = cast(cast(:taxon_id as uuid) as text)
) as q
cross join (
    select min(event_day) as first_day, max(event_day) as last_day
    from released_occurrence where taxon_id = :taxon_id
) as d
where q.records > 0

-- name: by_month()
-- Numbers of records by month of any year; a generalised record shows its month too.
select cast(extract(month from r.event_day) as integer) as month, cast(count(*) as integer),
    cast(count(*) filter (where r.is_demo) as integer)
from released_occurrence as r
where 1 = 1
group by month

-- name: by_month_held(subject)
-- The same from what is held.
select cast(place as integer), cast(sum(records) as integer), cast(sum(demo) as integer)
from map_count
where kind = 'month' and subject = :subject group by place having sum(records) > 0

-- name: with_photo(maximum)
-- The latest records that have a photo.
select r.*, case when p.on_boards then p.nickname end as recorded_by
from (
    select r.* from released_occurrence as r
    where r.photo_sha256 is not null and 1 = 1
    order by r.event_day desc, r.public_id limit :maximum
) as r left join observer as p on p.observer_id = r.observer_id
order by r.event_day desc, r.public_id

-- name: seen_at(days_of_year, maximum)
-- Coarse cells by the number of records on these days of any year, exact places alone.
select r.cell_city, min(r.district), cast(count(*) as integer) as records,
    max(r.event_day) as last_day
from released_occurrence as r
where r.grid is null and r.cell_quarter is not null
    and cast(extract(doy from r.event_day) as integer) = any(cast(:days_of_year as integer[]))
    and 1 = 1
group by r.cell_city
order by records desc, last_day desc, r.cell_city limit :maximum

-- name: squares(grids)
-- Numbers of generalised and of wide records by square: its cells a degree, row and column.
select r.square, cast(floor(r.decimal_latitude * r.square + 1e-9) as integer) as square_row,
    cast(floor(r.decimal_longitude * r.square + 1e-9) as integer) as square_column,
    cast(count(*) as integer)
from released_occurrence as r
where r.square = any(cast(:grids as integer[])) and 1 = 1
group by r.square, square_row, square_column

-- name: squares_held(subject, grids)
-- The same from what is held.
select cast(split_part(q.place, ' ', 1) as integer), cast(split_part(q.place, ' ', 2) as integer),
    cast(split_part(q.place, ' ', 3) as integer), q.records
from (
    select place, cast(sum(records) as integer) as records from map_count
    where kind = 'square' and subject = :subject group by place having sum(records) > 0
) as q
where cast(split_part(q.place, ' ', 1) as integer) = any(cast(:grids as integer[]))

-- name: singles(maximum)
-- Records that are drawn as points, one by one.
select r.public_id, r.decimal_latitude, r.decimal_longitude
from released_occurrence as r
where r.grid is null and r.cell_quarter is not null and 1 = 1
order by r.public_id limit :maximum

-- name: stamp()$
-- A number that grows with every change of public data.
select cast(coalesce(sum(changes), 0) as bigint) from publication

-- name: stamp_rows()$
-- The number of rows whose sum is the stamp.
select count(*) from publication

-- name: add_to_stamp(changes)!
-- Add to the stamp, after a change of public data.
insert into publication (changes) values (:changes)

-- name: empty_stamp()!
-- Delete the rows of the stamp, before their sum is added.
delete from publication

-- name: count_shares(occurrence_ids, sign)!
-- Public sightings come to what is held (1), or leave it (-1).
insert into map_count
select kind, subject, place, :sign * count(*), :sign * cast(sum(demo) as bigint), true
from map_share where occurrence_id = any(cast(:occurrence_ids as uuid[]))
group by kind, subject, place

-- name: fresh_counts()
-- What fresh rows of the held counts change, with the whole that each adds up to.
select kind, subject, place, cast(sum(records) as bigint), cast(sum(demo) as bigint)
from map_count
where (kind, subject, place) in (
    select kind, subject, place from map_count where is_fresh)
group by kind, subject, place

-- name: drop_fresh_counts()!
-- Before the gathered rows take their place.
delete from map_count
where (kind, subject, place) in (
    select kind, subject, place from map_count where is_fresh)

-- name: put_counts(kinds, subjects, places, records, demos)!
-- The gathered rows.
insert into map_count
select unnest(cast(:kinds as text[])), unnest(cast(:subjects as text[])),
    unnest(cast(:places as text[])), unnest(cast(:records as bigint[])),
    unnest(cast(:demos as bigint[])), false

-- name: empty_counts()!
-- Before everything is counted anew.
delete from map_count

-- name: count_all()!
-- Everything, counted anew.
insert into map_count
select kind, subject, place, count(*), cast(sum(demo) as bigint), false
from map_share group by kind, subject, place order by kind, subject, place

-- name: public_places()
-- The public place of every released sighting, from the view itself.
select occurrence_id, decimal_latitude, decimal_longitude, grid, coordinate_uncertainty_in_meters
from public_occurrence
order by occurrence_id

-- name: unpublish_all()!
-- Empty the projection.
delete from released_occurrence

-- name: sightings()$
-- How many there are, public or not.
select count(*) from occurrence

-- name: span_end(after, maximum)
-- The last of the next sightings by id.
select q.occurrence_id
from (
    select occurrence_id from occurrence
    where occurrence_id > :after order by occurrence_id limit :maximum
) as q
order by q.occurrence_id desc limit 1

-- name: compared(after, last)
-- The view beside the projection, for a span of ids: id, public place, what is stored of it, and
-- whether the rest is the same. A row that only one of them has stands too.
select coalesce(v.occurrence_id, r.occurrence_id), v.decimal_latitude, v.decimal_longitude, v.grid,
    v.coordinate_uncertainty_in_meters, r.district, r.cell_city, r.cell_quarter,
    v.occurrence_id is not null and r.occurrence_id is not null
        and v.public_id = r.public_id and v.observer_id is not distinct from r.observer_id
        and v.individual_count is not distinct from r.individual_count
        and v.establishment_means is not distinct from r.establishment_means
        and v.is_demo = r.is_demo and v.verification_status = r.verification_status
        and v.taxon_id is not distinct from r.taxon_id
        and v.scientific_name is not distinct from r.scientific_name
        and v.vernacular_name is not distinct from r.vernacular_name
        and v.english_name is not distinct from r.english_name
        and v.group_code is not distinct from r.group_code
        and v.grid is not distinct from r.grid
        and v.decimal_latitude = r.decimal_latitude and v.decimal_longitude = r.decimal_longitude
        and v.coordinate_uncertainty_in_meters is not distinct from r.coordinate_uncertainty_in_meters
        and v.event_day = r.event_day and v.square is not distinct from r.square
        and (v.grid is not null or m.photo_sha256 is not distinct from r.photo_sha256)
        and (v.grid is not null or coalesce(m.photo_count, 0) = r.photo_count)
from (select * from public_occurrence where occurrence_id > :after and occurrence_id <= :last) as v
left join (
    select occurrence_id, max(case when position = 1 then sha256 end) as photo_sha256,
        cast(count(*) as integer) as photo_count
    from occurrence_media where occurrence_id > :after and occurrence_id <= :last
    group by occurrence_id
) as m on m.occurrence_id = v.occurrence_id
full join (
    select * from released_occurrence where occurrence_id > :after and occurrence_id <= :last
) as r on r.occurrence_id = v.occurrence_id

-- name: public_places_of(occurrence_ids, first, last)
-- The public places of those of these sightings that are released.
select occurrence_id, decimal_latitude, decimal_longitude, grid, coordinate_uncertainty_in_meters
from public_occurrence
where occurrence_id between :first and :last
    and occurrence_id = any(cast(:occurrence_ids as uuid[]))

-- name: drop_photos_of_nothing()!
-- Delete the photos of generalised sightings that are not public, or not generalised, any more.
delete from generalised_photo where occurrence_id in (
    select g.occurrence_id
    from generalised_photo as g
    left join released_occurrence as r on r.occurrence_id = g.occurrence_id
    where r.grid is null)

-- name: take_out(occurrence_ids)!
-- Take these sightings out of the projection.
delete from released_occurrence where occurrence_id = any(cast(:occurrence_ids as uuid[]))

-- name: wrong_counts()
-- What is missing (or too much) in the map's counts, beside the projection.
select kind, subject, place, cast(sum(records) as bigint), cast(sum(demo) as bigint)
from (
    select kind, subject, place, 1 as records, demo from map_share
    union all
    select kind, subject, place, -records, -demo from map_count
) as shares
group by kind, subject, place having sum(records) <> 0 or sum(demo) <> 0

-- name: correct_counts(kinds, subjects, places, records, demos)!
-- Add what was missing.
insert into map_count
select unnest(cast(:kinds as text[])), unnest(cast(:subjects as text[])),
    unnest(cast(:places as text[])), unnest(cast(:records as bigint[])),
    unnest(cast(:demos as bigint[])), true

-- name: publish_all(occurrence_ids, districts, cells, quarters, first, last)!
-- The view's rows, with what follows from their places. The span of the ids keeps DuckDB from making
-- the whole view for each part of it. (Photos joined as a table of their own end DuckDB 2.0 with an
-- internal error, where the ids of a span are few.)
insert into released_occurrence
select v.occurrence_id, v.public_id, v.observer_id, v.individual_count, v.establishment_means,
    v.is_demo, v.verification_status, v.taxon_id, v.scientific_name, v.vernacular_name,
    v.english_name, v.group_code, v.grid, v.decimal_latitude, v.decimal_longitude,
    v.coordinate_uncertainty_in_meters, v.event_day, f.district, f.cell_city, f.cell_quarter,
    (select m.sha256 from occurrence_media as m
     where m.occurrence_id = v.occurrence_id and m.position = 1 and v.grid is null),
    (select cast(count(*) as integer) from occurrence_media as m
     where m.occurrence_id = v.occurrence_id and v.grid is null), v.square
from public_occurrence as v
join (
    select unnest(cast(:occurrence_ids as uuid[])) as occurrence_id,
        unnest(cast(:districts as text[])) as district,
        unnest(cast(:cells as text[])) as cell_city,
        unnest(cast(:quarters as text[])) as cell_quarter
) as f on f.occurrence_id = v.occurrence_id
where v.occurrence_id between :first and :last
