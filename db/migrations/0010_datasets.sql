-- Survey datasets: the rows of files that the staff import, apart from what citizens saw.

-- code: what a re-import is recognised by. rules_out_sensitive: the staff vouch that no name of
-- this dataset outside the checklist needs a rough place.
create table survey_dataset (
    dataset_id uuid primary key,
    code text not null unique,
    title text not null,
    licence text not null,
    rights_holder text not null,
    source_file text not null,
    source_sha256 text not null,
    record_count integer not null,
    rules_out_sensitive boolean not null,
    is_demo boolean not null,
    imported_by uuid,
    first_imported_at timestamptz not null,
    imported_at timestamptz not null
);

-- record_id follows from the dataset and the file's own occurrenceID, so that the same row comes
-- back to the same record; public_id is random and tells nothing. content_hash says whether a row
-- changed. Days are the calendar of Hangzhou; first and last differ where the file gives a span.
-- grid, district and cells are those of the public place, as computed when the row was stored; the
-- invariants hold them against the view. No key, no index: a row is replaced by delete and insert
-- in one transaction, and DuckDB reads a million rows in less time than it would keep an index.
create table survey_occurrence (
    record_id uuid not null,
    dataset_id uuid not null,
    public_id uuid not null,
    occurrence_id text not null,
    content_hash text not null,
    taxon_id uuid,
    scientific_name text not null,
    vernacular_name text not null,
    group_code text,
    basis_of_record text not null,
    first_day date not null,
    last_day date not null,
    decimal_latitude double precision not null check (decimal_latitude between -90 and 90),
    decimal_longitude double precision not null check (decimal_longitude between -180 and 180),
    coordinate_uncertainty_in_meters double precision
        check (coordinate_uncertainty_in_meters > 0),
    individual_count integer check (individual_count > 0),
    establishment_means text,
    licence text not null,
    is_rough_at_source boolean not null,
    grid integer,
    district text,
    cell_city text not null,
    cell_quarter text,
    check (first_day <= last_day)
);

-- The one place where a survey row becomes public, by the rule of generalised_occurrence: category
-- 1 not at all, 2 at 0.1 degrees, 3 at 0.01, 4 at 0.001; not on the checklist: 0.1, unless the
-- dataset's importer ruled sensitive taxa out.
create view generalised_survey_occurrence as
select
    s.record_id, s.public_id, s.dataset_id, d.title as dataset_title, d.licence as dataset_licence,
    s.taxon_id, coalesce(t.scientific_name, s.scientific_name) as scientific_name,
    coalesce(t.vernacular_name, s.vernacular_name) as vernacular_name, t.english_name,
    coalesce(t.group_code, s.group_code) as group_code, s.basis_of_record, s.first_day, s.last_day,
    s.decimal_latitude, s.decimal_longitude, s.coordinate_uncertainty_in_meters,
    s.individual_count, s.establishment_means, s.is_rough_at_source, s.district, s.cell_city,
    s.cell_quarter, s.grid as stored_grid, d.is_demo,
    case
        when t.sensitive_category = 2 then 10
        when t.taxon_id is null and not d.rules_out_sensitive then 10
        when t.sensitive_category = 3 then 100
        when t.sensitive_category = 4 then 1000
    end as grid
from survey_occurrence as s
join survey_dataset as d on d.dataset_id = s.dataset_id
left join taxon as t on t.taxon_id = s.taxon_id
where coalesce(t.sensitive_category, 0) <> 1;

-- A generalised row shows the middle of its cell, the cell's diagonal as uncertainty, whole months,
-- and not its dataset: other rows of a dataset may stand at the very place.
create view public_survey_occurrence as
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
    district, cell_city, cell_quarter
from generalised_survey_occurrence;

-- The projection of that view which the map reads: one table, no join.
create table released_survey_occurrence (
    record_id uuid not null,
    public_id uuid not null,
    dataset_id uuid,
    taxon_id uuid,
    scientific_name text not null,
    vernacular_name text not null,
    english_name text,
    group_code text,
    basis_of_record text not null,
    individual_count integer,
    establishment_means text,
    is_rough_at_source boolean not null,
    is_demo boolean not null,
    grid integer,
    decimal_latitude double precision not null,
    decimal_longitude double precision not null,
    coordinate_uncertainty_in_meters double precision,
    first_day date not null,
    last_day date not null,
    district text,
    cell_city text not null,
    cell_quarter text
);

