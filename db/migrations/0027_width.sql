-- A place is drawn as wide as it is, and a survey row keeps what its file says of it.

-- verbatim_name: the name as given where it is not certain to its end. resembled_category: the
-- strictest category of the sensitive names that the row's names are like. source_grid: the cells a
-- degree that its source had made the place coarser to. Null in rows of before.
alter table survey_occurrence add column verbatim_name text;
alter table survey_occurrence add column resembled_category integer;
alter table survey_occurrence add column source_grid integer;

-- square: the cells a degree of the square that a public place is drawn as; null: a point. A place
-- that is not exact to a kilometre is as wide a square as half its diagonal says, 0.1, 0.5 or 1
-- degree; a generalised one its cell, where it is not wider than that.
alter table released_occurrence add column square integer;
alter table released_survey_occurrence add column square integer;
alter table released_survey_occurrence add column verbatim_name text;

-- As in 0003, with the square at its end.
create or replace view public_occurrence as
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
    end as event_day,
    case
        when coordinate_uncertainty_in_meters > 36600 then 1
        when coordinate_uncertainty_in_meters > greatest(7300, 150000 / coalesce(grid, 1000)) then 2
        when coordinate_uncertainty_in_meters > greatest(1000, 150000 / coalesce(grid, 1000)) then 10
        else grid
    end as square
from generalised_occurrence;

-- As in 0010; besides, what resembles a sensitive name is treated as it, and what its source had
-- generalised stays as wide. The coarsest of the grids that apply.
create or replace view generalised_survey_occurrence as
select
    s.record_id, s.public_id, s.dataset_id, d.title as dataset_title, d.licence as dataset_licence,
    s.taxon_id, coalesce(t.scientific_name, s.scientific_name) as scientific_name,
    coalesce(t.vernacular_name, s.vernacular_name) as vernacular_name, t.english_name,
    coalesce(t.group_code, s.group_code) as group_code, s.basis_of_record, s.first_day, s.last_day,
    s.decimal_latitude, s.decimal_longitude, s.coordinate_uncertainty_in_meters,
    s.individual_count, s.establishment_means, s.is_rough_at_source, s.district, s.cell_city,
    s.cell_quarter, s.grid as stored_grid, d.is_demo,
    case
        when t.sensitive_category = 2 or s.resembled_category = 2 or s.source_grid = 10 then 10
        when s.is_rough_at_source and s.source_grid is null then 10
        when t.taxon_id is null and not d.rules_out_sensitive then 10
        when t.sensitive_category = 3 or s.resembled_category = 3 or s.source_grid = 100 then 100
        when t.sensitive_category = 4 or s.resembled_category = 4 or s.source_grid = 1000 then 1000
    end as grid,
    coalesce(s.verbatim_name, '') as verbatim_name
from survey_occurrence as s
join survey_dataset as d on d.dataset_id = s.dataset_id
left join taxon as t on t.taxon_id = s.taxon_id
where coalesce(t.sensitive_category, 0) <> 1 and coalesce(s.resembled_category, 0) <> 1;

create or replace view public_survey_occurrence as
select
    record_id, public_id, taxon_id, scientific_name, vernacular_name, english_name, group_code,
    basis_of_record, individual_count, establishment_means, is_rough_at_source, is_demo, grid,
    case when grid is null then dataset_id end as dataset_id,
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
    case when grid is null then first_day else cast(date_trunc('month', first_day) as date)
    end as first_day,
    case
        when grid is null then last_day
        else cast(date_trunc('month', last_day) + interval '1 month' - interval '1 day' as date)
    end as last_day,
    district, cell_city, cell_quarter,
    case
        when coordinate_uncertainty_in_meters > 36600 then 1
        when coordinate_uncertainty_in_meters > greatest(7300, 150000 / coalesce(grid, 1000)) then 2
        when coordinate_uncertainty_in_meters > greatest(1000, 150000 / coalesce(grid, 1000)) then 10
        else grid
    end as square,
    verbatim_name
from generalised_survey_occurrence;

create or replace view surveyed_occurrence as
select
    record_id as occurrence_id, public_id, cast(null as uuid) as observer_id, individual_count,
    establishment_means, is_demo, 'survey' as verification_status, taxon_id, scientific_name,
    vernacular_name, english_name, group_code, grid, decimal_latitude, decimal_longitude,
    coordinate_uncertainty_in_meters, first_day as event_day, district, cell_city, cell_quarter,
    cast(null as text) as photo_sha256, 0 as photo_count, square, verbatim_name
from released_survey_occurrence;

-- As in 0023: wide places count in no cell, and in the square that they are drawn as.
create or replace view map_share as
select occurrence_id, kind, subject, place, case when is_demo then 1 else 0 end as demo
from (
    select r.occurrence_id, r.is_demo, k.kind,
        case
            when l.subject = 'all' and k.kind <> 'day' then ''
            when l.subject = 'group' and k.kind <> 'day' then r.group_code
            when l.subject = 'taxon' and k.kind <> 'quarter' then cast(r.taxon_id as text)
        end as subject,
        case k.kind
            when 'cell' then case when r.square is null or r.square >= 100 then r.cell_city end
            when 'quarter' then r.cell_quarter
            when 'square' then cast(r.square as text)
                || ' ' || cast(cast(floor(r.decimal_latitude * r.square + 1e-9) as integer) as text)
                || ' ' || cast(cast(floor(r.decimal_longitude * r.square + 1e-9) as integer) as text)
            when 'district' then r.district || ' ' || coalesce(cast(r.taxon_id as text), '')
            when 'month' then cast(extract(month from r.event_day) as text)
            when 'day' then case when r.square is null and r.verification_status in
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

-- The next start looks up every name again and fills the projections anew, districts and cells too.
delete from reference_data where name in ('taxa.csv', 'taxon_names.csv');
