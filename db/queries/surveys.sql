-- name: new_records()
-- All new species, in the order of the list.
select code, level, found_year, scientific_name, authorship, vernacular_name, group_code,
    of_the_survey, type_origin, district, locality_zh, locality_en, latitude, longitude,
    evidence, source, confidence, about_zh, about_en, picture
from new_record
order by list_order

-- name: new_record(code)^
-- One new species.
select code, level, found_year, scientific_name, authorship, vernacular_name, group_code,
    of_the_survey, type_origin, district, locality_zh, locality_en, latitude, longitude,
    evidence, source, confidence, about_zh, about_en, picture
from new_record
where code = :code

-- name: forget_new_records()!
-- Make room for the list as it is now.
delete from new_record

-- name: add_new_record(code, list_order, level, year, scientific_name, authorship, vernacular_name, group, of_the_survey, type_origin, district, locality_zh, locality_en, latitude, longitude, evidence, source, confidence, about_zh, about_en, picture)!
-- Keep one new species.
insert into new_record (code, list_order, level, found_year, scientific_name, authorship,
    vernacular_name, group_code, of_the_survey, type_origin, district, locality_zh, locality_en,
    latitude, longitude, evidence, source, confidence, about_zh, about_en, picture)
values (:code, :list_order, :level, :year, :scientific_name, :authorship,
    :vernacular_name, :group, :of_the_survey, :type_origin, :district, :locality_zh,
    :locality_en, cast(:latitude as double precision), cast(:longitude as double precision),
    :evidence, :source, :confidence, :about_zh, :about_en, :picture)
