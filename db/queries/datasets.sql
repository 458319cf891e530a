-- name: datasets()
-- All datasets, the latest import first.
select dataset_id, code, title, licence, rights_holder, source_file, source_sha256, record_count,
    rules_out_sensitive, is_demo, imported_by, first_imported_at, imported_at
from survey_dataset order by imported_at desc nulls last, code

-- name: dataset_of_code(code)^
-- The dataset of that code.
select dataset_id, code, title, licence, rights_holder, source_file, source_sha256, record_count,
    rules_out_sensitive, is_demo, imported_by, first_imported_at, imported_at
from survey_dataset where code = :code

-- name: add_dataset(dataset_id, code, title, licence, rights_holder, source_file, source_sha256, record_count, rules_out_sensitive, is_demo, imported_by, first_imported_at, imported_at)!
-- Add a dataset.
insert into survey_dataset (dataset_id, code, title, licence, rights_holder, source_file,
    source_sha256, record_count, rules_out_sensitive, is_demo, imported_by, first_imported_at,
    imported_at)
values (:dataset_id, :code, :title, :licence, :rights_holder, :source_file, :source_sha256,
    :record_count, :rules_out_sensitive, :is_demo, :imported_by, :first_imported_at, :imported_at)

-- name: change_dataset(dataset_id, title, licence, rights_holder, source_file, source_sha256, record_count, rules_out_sensitive, imported_by, imported_at)!
-- Update a dataset that is imported again.
update survey_dataset set title = :title, licence = :licence, rights_holder = :rights_holder,
    source_file = :source_file, source_sha256 = :source_sha256, record_count = :record_count,
    rules_out_sensitive = :rules_out_sensitive, imported_by = :imported_by,
    imported_at = :imported_at
where dataset_id = :dataset_id

-- name: remove_dataset(dataset_id)!
-- Delete the dataset itself.
delete from survey_dataset where dataset_id = :dataset_id

-- name: count_rows(dataset_id)$
-- The number of rows of a dataset.
select cast(count(*) as bigint) from survey_occurrence where dataset_id = :dataset_id

-- name: known(dataset_id, record_ids)
-- Those of the records that are stored, with their content.
select record_id, public_id, content_hash from survey_occurrence
where dataset_id = :dataset_id and record_id = any(cast(:record_ids as uuid[]))

-- name: elsewhere(dataset_id, occurrence_ids)
-- Those of the files' own ids that belong to another dataset.
select s.occurrence_id, d.code
from survey_occurrence as s join survey_dataset as d on d.dataset_id = s.dataset_id
where s.dataset_id <> :dataset_id and s.occurrence_id = any(cast(:occurrence_ids as text[]))

-- name: record_ids(dataset_id, after, maximum)
-- The next records of a dataset, by id.
select record_id from survey_occurrence
where dataset_id = :dataset_id and record_id > :after order by record_id limit :maximum

-- name: remove_records(dataset_id, record_ids)!
-- Delete some rows of a dataset.
delete from survey_occurrence
where dataset_id = :dataset_id and record_id = any(cast(:record_ids as uuid[]))

-- name: remove_rows(dataset_id)!
-- Delete all rows of a dataset.
delete from survey_occurrence where dataset_id = :dataset_id

-- name: begin_import(import_id, moment)!
-- Note an import on its way.
insert into survey_import (import_id, written_at) values (:import_id, :moment)

-- name: note_import(import_id, moment)!
-- Note when it wrote.
update survey_import set written_at = :moment where import_id = :import_id

-- name: end_import(import_id)!
-- Forget an import.
delete from survey_import where import_id = :import_id

-- name: count_imports(import_id)$
-- 1 where that import is on its way, else 0.
select cast(count(*) as bigint) from survey_import where import_id = :import_id

-- name: imports_before(moment)
-- Imports that have written nothing since.
select import_id from survey_import where written_at < :moment

-- name: remove_written_again(import_id, dataset_id)!
-- Delete a dataset's rows that the import has anew.
delete from survey_occurrence where dataset_id = :dataset_id
    and record_id in (select record_id from survey_occurrence where dataset_id = :import_id)

-- name: take_in(import_id, dataset_id)!
-- Make the rows of an import rows of a dataset.
update survey_occurrence set dataset_id = :dataset_id where dataset_id = :import_id

-- name: add_rows(dataset_id, record_ids, public_ids, occurrence_ids, content_hashes, taxon_ids, scientific_names, vernacular_names, group_codes, bases_of_record, first_days, last_days, latitudes, longitudes, uncertainties, counts, means, licences, rough_ones, grids, districts, cells, quarters, verbatim_names, resembled_categories, source_grids)!
-- Add rows: a list for each column.
insert into survey_occurrence (record_id, dataset_id, public_id, occurrence_id, content_hash,
    taxon_id, scientific_name, vernacular_name, group_code, basis_of_record, first_day, last_day,
    decimal_latitude, decimal_longitude, coordinate_uncertainty_in_meters, individual_count,
    establishment_means, licence, is_rough_at_source, grid, district, cell_city, cell_quarter,
    verbatim_name, resembled_category, source_grid)
select unnest(cast(:record_ids as uuid[])), cast(:dataset_id as uuid),
    unnest(cast(:public_ids as uuid[])), unnest(cast(:occurrence_ids as text[])),
    unnest(cast(:content_hashes as text[])), unnest(cast(:taxon_ids as uuid[])),
    unnest(cast(:scientific_names as text[])), unnest(cast(:vernacular_names as text[])),
    unnest(cast(:group_codes as text[])), unnest(cast(:bases_of_record as text[])),
    unnest(cast(:first_days as date[])), unnest(cast(:last_days as date[])),
    unnest(cast(:latitudes as double precision[])),
    unnest(cast(:longitudes as double precision[])),
    unnest(cast(:uncertainties as double precision[])), unnest(cast(:counts as integer[])),
    unnest(cast(:means as text[])), unnest(cast(:licences as text[])),
    unnest(cast(:rough_ones as boolean[])), unnest(cast(:grids as integer[])),
    unnest(cast(:districts as text[])), unnest(cast(:cells as text[])),
    unnest(cast(:quarters as text[])), unnest(cast(:verbatim_names as text[])),
    unnest(cast(:resembled_categories as integer[])), unnest(cast(:source_grids as integer[]))

-- name: unlinked_names()
-- The names of rows that were not on the checklist when the rows were imported, as given.
select distinct scientific_name, vernacular_name, coalesce(verbatim_name, '')
from survey_occurrence where taxon_id is null

-- name: link_names(scientific_names, vernacular_names, verbatim_names, taxon_ids, categories)!
-- Set the taxon and the resembled category of rows with these names.
update survey_occurrence set taxon_id = f.taxon_id, resembled_category = f.category
from (
    select unnest(cast(:scientific_names as text[])) as scientific_name,
        unnest(cast(:vernacular_names as text[])) as vernacular_name,
        unnest(cast(:verbatim_names as text[])) as verbatim_name,
        unnest(cast(:taxon_ids as uuid[])) as taxon_id,
        unnest(cast(:categories as integer[])) as category
) as f
where f.scientific_name = survey_occurrence.scientific_name
    and f.vernacular_name = survey_occurrence.vernacular_name
    and f.verbatim_name = coalesce(survey_occurrence.verbatim_name, '')
    and survey_occurrence.taxon_id is null

-- name: misplaced(maximum)
-- Rows whose grid is no longer the one that their cells were computed for, or that are too wide for a
-- fine cell.
select g.record_id, g.decimal_latitude, g.decimal_longitude, g.grid,
    g.coordinate_uncertainty_in_meters
from generalised_survey_occurrence as g
where g.grid is distinct from g.stored_grid
    or (g.coordinate_uncertainty_in_meters > 1000 and g.cell_quarter is not null)
limit :maximum

-- name: place_again(record_ids, grids, districts, cells, quarters)!
-- Set what is computed from the public place.
update survey_occurrence set grid = f.grid, district = f.district, cell_city = f.cell_city,
    cell_quarter = f.cell_quarter
from (
    select unnest(cast(:record_ids as uuid[])) as record_id,
        unnest(cast(:grids as integer[])) as grid, unnest(cast(:districts as text[])) as district,
        unnest(cast(:cells as text[])) as cell_city,
        unnest(cast(:quarters as text[])) as cell_quarter
) as f
where f.record_id = survey_occurrence.record_id

-- name: unpublish_all()!
-- Empty the projection.
delete from released_survey_occurrence

-- name: publish_all()!
-- Add all rows of the view.
insert into released_survey_occurrence (record_id, public_id, dataset_id, taxon_id,
    scientific_name, vernacular_name, english_name, group_code, basis_of_record, individual_count,
    establishment_means, is_rough_at_source, is_demo, grid, decimal_latitude, decimal_longitude,
    coordinate_uncertainty_in_meters, first_day, last_day, district, cell_city, cell_quarter, square,
    verbatim_name)
select record_id, public_id, dataset_id, taxon_id, scientific_name, vernacular_name, english_name,
    group_code, basis_of_record, individual_count, establishment_means, is_rough_at_source,
    is_demo, grid, decimal_latitude, decimal_longitude, coordinate_uncertainty_in_meters,
    first_day, last_day, district, cell_city, cell_quarter, square, verbatim_name
from public_survey_occurrence

-- name: wrong_records()
-- Rows that the projection has otherwise than the public view, or twice, or only one of them has.
select record_id from (
    select record_id, public_id, dataset_id, taxon_id, scientific_name, vernacular_name,
    english_name, group_code, basis_of_record, individual_count, establishment_means,
    is_rough_at_source, is_demo, grid, decimal_latitude, decimal_longitude,
    coordinate_uncertainty_in_meters, first_day, last_day, district, cell_city, cell_quarter, square,
    verbatim_name
    from public_survey_occurrence
    except all
    select record_id, public_id, dataset_id, taxon_id, scientific_name, vernacular_name,
    english_name, group_code, basis_of_record, individual_count, establishment_means,
    is_rough_at_source, is_demo, grid, decimal_latitude, decimal_longitude,
    coordinate_uncertainty_in_meters, first_day, last_day, district, cell_city, cell_quarter, square,
    verbatim_name
    from released_survey_occurrence
) as lacking
union
select record_id from (
    select record_id, public_id, dataset_id, taxon_id, scientific_name, vernacular_name,
    english_name, group_code, basis_of_record, individual_count, establishment_means,
    is_rough_at_source, is_demo, grid, decimal_latitude, decimal_longitude,
    coordinate_uncertainty_in_meters, first_day, last_day, district, cell_city, cell_quarter, square,
    verbatim_name
    from released_survey_occurrence
    except all
    select record_id, public_id, dataset_id, taxon_id, scientific_name, vernacular_name,
    english_name, group_code, basis_of_record, individual_count, establishment_means,
    is_rough_at_source, is_demo, grid, decimal_latitude, decimal_longitude,
    coordinate_uncertainty_in_meters, first_day, last_day, district, cell_city, cell_quarter, square,
    verbatim_name
    from public_survey_occurrence
) as surplus
order by record_id

-- name: unpublish_records(record_ids)!
-- Delete these rows from the projection.
delete from released_survey_occurrence where record_id = any(cast(:record_ids as uuid[]))

-- name: publish_records(record_ids)!
-- Add the view's rows of these.
insert into released_survey_occurrence (record_id, public_id, dataset_id, taxon_id, scientific_name, vernacular_name,
    english_name, group_code, basis_of_record, individual_count, establishment_means,
    is_rough_at_source, is_demo, grid, decimal_latitude, decimal_longitude,
    coordinate_uncertainty_in_meters, first_day, last_day, district, cell_city, cell_quarter, square,
    verbatim_name)
select record_id, public_id, dataset_id, taxon_id, scientific_name, vernacular_name,
    english_name, group_code, basis_of_record, individual_count, establishment_means,
    is_rough_at_source, is_demo, grid, decimal_latitude, decimal_longitude,
    coordinate_uncertainty_in_meters, first_day, last_day, district, cell_city, cell_quarter, square,
    verbatim_name
from public_survey_occurrence where record_id = any(cast(:record_ids as uuid[]))

-- name: unpublish(dataset_id)!
-- Delete a dataset's rows from the projection.
delete from released_survey_occurrence
where record_id in (select record_id from survey_occurrence where dataset_id = :dataset_id)

-- name: publish(dataset_id)!
-- Add the view's rows of one dataset.
insert into released_survey_occurrence (record_id, public_id, dataset_id, taxon_id,
    scientific_name, vernacular_name, english_name, group_code, basis_of_record, individual_count,
    establishment_means, is_rough_at_source, is_demo, grid, decimal_latitude, decimal_longitude,
    coordinate_uncertainty_in_meters, first_day, last_day, district, cell_city, cell_quarter, square,
    verbatim_name)
select v.record_id, v.public_id, v.dataset_id, v.taxon_id, v.scientific_name, v.vernacular_name,
    v.english_name, v.group_code, v.basis_of_record, v.individual_count, v.establishment_means,
    v.is_rough_at_source, v.is_demo, v.grid, v.decimal_latitude, v.decimal_longitude,
    v.coordinate_uncertainty_in_meters, v.first_day, v.last_day, v.district, v.cell_city,
    v.cell_quarter, v.square, v.verbatim_name
from public_survey_occurrence as v
join survey_occurrence as s on s.record_id = v.record_id
where s.dataset_id = :dataset_id
