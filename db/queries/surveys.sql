-- name: new_records()
-- All new records: those announced here, the newest first, then the list in its order.
select q.code, q.level, q.found_year, q.scientific_name, q.authorship, q.vernacular_name,
    q.group_code, q.of_the_survey, q.type_origin, q.district, q.locality_zh, q.locality_en,
    q.latitude, q.longitude, q.evidence, q.source, q.confidence, q.about_zh, q.about_en,
    q.picture, q.finder
from (
    select n.*, '' as finder, cast(null as timestamptz) as announced_at from new_record as n
    union all
    select a.code, -1, a.level, a.found_year, a.scientific_name, a.authorship,
        a.vernacular_name, a.group_code, 'no', a.type_origin, a.district, a.locality_zh,
        a.locality_en, null, null, 'judged', a.source, a.confidence, a.about_zh, a.about_en, '',
        a.finder, a.announced_at
    from announced_record as a
) as q
order by q.list_order, q.announced_at desc, q.code

-- name: forget_new_records()!
-- Delete the list, before the new one is added.
delete from new_record

-- name: add_new_record(code, list_order, level, year, scientific_name, authorship, vernacular_name, group, of_the_survey, type_origin, district, locality_zh, locality_en, latitude, longitude, evidence, source, confidence, about_zh, about_en, picture)!
-- Add one new record.
insert into new_record (code, list_order, level, found_year, scientific_name, authorship,
    vernacular_name, group_code, of_the_survey, type_origin, district, locality_zh, locality_en,
    latitude, longitude, evidence, source, confidence, about_zh, about_en, picture)
values (:code, :list_order, :level, :year, :scientific_name, :authorship,
    :vernacular_name, :group, :of_the_survey, :type_origin, :district, :locality_zh,
    :locality_en, cast(:latitude as double precision), cast(:longitude as double precision),
    :evidence, :source, :confidence, :about_zh, :about_en, :picture)
