-- name: owner_of(occurrence_id)^
-- The observer of this record.
select observer_id from occurrence where occurrence_id = :occurrence_id

-- name: occurrence(occurrence_id)^
-- One sighting whole.
select o.occurrence_id, o.public_id, o.observer_id, p.nickname, e.event_date, e.is_time_known,
    e.decimal_latitude, e.decimal_longitude, e.coordinate_uncertainty_in_meters, e.place_source,
    e.place_name, e.district, e.hides_exact_place, i.taxon_id, t.scientific_name,
    t.vernacular_name, t.english_name, i.verbatim_name, coalesce(t.group_code, i.group_code),
    t.sensitive_category, o.individual_count, o.establishment_means, o.note, o.submitted_at,
    o.is_demo, r.verification_status, r.release_status, r.decision_id,
    (select m.sha256 from occurrence_media as m
     where m.occurrence_id = :occurrence_id and m.position = 1),
    (select cast(count(*) as integer) from occurrence_media as m
     where m.occurrence_id = :occurrence_id)
from occurrence as o
join (
    select * from event
    where event_id = (select event_id from occurrence where occurrence_id = :occurrence_id)
) as e on true
join (select * from review where subject_id = :occurrence_id) as r on true
join (
    select taxon_id, verbatim_name, group_code from identification
    where occurrence_id = :occurrence_id
    order by identified_at desc nulls last, identification_id desc nulls last limit 1
) as i on true
left join observer as p on p.observer_id = o.observer_id
left join taxon as t on t.taxon_id = i.taxon_id
where o.occurrence_id = :occurrence_id

-- name: occurrences_of(observer_id, maximum)
-- An observer's sightings, newest first. They are selected before anything is joined: sightings of
-- a time are stored together, so that few pages are read.
with own as (
    select * from occurrence where observer_id = :observer_id
    order by submitted_at desc nulls last, occurrence_id desc nulls last limit :maximum
)
select o.occurrence_id, o.public_id, o.observer_id, p.nickname, e.event_date, e.is_time_known,
    e.decimal_latitude, e.decimal_longitude, e.coordinate_uncertainty_in_meters, e.place_source,
    e.place_name, e.district, e.hides_exact_place, i.taxon_id, t.scientific_name,
    t.vernacular_name, t.english_name, i.verbatim_name, coalesce(t.group_code, i.group_code),
    t.sensitive_category, o.individual_count, o.establishment_means, o.note, o.submitted_at,
    o.is_demo, r.verification_status, r.release_status, r.decision_id, m.sha256,
    coalesce(m.photo_count, 0)
from own as o
join event as e on e.event_id = o.event_id
join review as r on r.subject_id = o.occurrence_id
join (
    select distinct on (occurrence_id) occurrence_id, taxon_id, verbatim_name, group_code
    from identification where occurrence_id in (select occurrence_id from own)
    order by occurrence_id, identified_at desc nulls last, identification_id desc nulls last
) as i on i.occurrence_id = o.occurrence_id
left join observer as p on p.observer_id = o.observer_id
left join taxon as t on t.taxon_id = i.taxon_id
left join (
    select occurrence_id, min(case when position = 1 then sha256 end) as sha256,
        cast(count(*) as integer) as photo_count
    from occurrence_media
    where occurrence_id in (select occurrence_id from own)
    group by occurrence_id
) as m on m.occurrence_id = o.occurrence_id
order by o.submitted_at desc nulls last, o.occurrence_id desc nulls last

-- name: own_index(observer_id, maximum)
-- Where, when and how far an observer's sightings are, the newest first, for their list and map.
with own as (
    select occurrence_id, event_id, submitted_at from occurrence where observer_id = :observer_id
    order by submitted_at desc nulls last, occurrence_id desc nulls last limit :maximum
)
select o.occurrence_id, e.event_date, e.decimal_latitude, e.decimal_longitude, i.taxon_id,
    r.verification_status, r.release_status
from own as o
join event as e on e.event_id = o.event_id
join review as r on r.subject_id = o.occurrence_id
join (
    select distinct on (occurrence_id) occurrence_id, taxon_id
    from identification where occurrence_id in (select occurrence_id from own)
    order by occurrence_id, identified_at desc nulls last, identification_id desc nulls last
) as i on i.occurrence_id = o.occurrence_id
order by o.submitted_at desc nulls last, o.occurrence_id desc nulls last

-- name: occurrences_with(occurrence_ids)
-- These whole sightings, each with its taxon.
select o.occurrence_id, o.public_id, o.observer_id, p.nickname, e.event_date, e.is_time_known,
    e.decimal_latitude, e.decimal_longitude, e.coordinate_uncertainty_in_meters, e.place_source,
    e.place_name, e.district, e.hides_exact_place, i.taxon_id, t.scientific_name,
    t.vernacular_name, t.english_name, i.verbatim_name, coalesce(t.group_code, i.group_code),
    t.sensitive_category, o.individual_count, o.establishment_means, o.note, o.submitted_at,
    o.is_demo, r.verification_status, r.release_status, r.decision_id, m.sha256,
    coalesce(m.photo_count, 0),
    t.taxon_id, t.scientific_name, t.vernacular_name, t.english_name, t.kingdom, t.phylum,
    t.taxon_class, t.taxon_order, t.family, t.genus, t.group_code, t.tier, t.national_protection,
    t.is_invasive, t.sensitive_category, t.sensitive_reason, t.confidence, t.basis, t.notes,
    t.picture, t.scientific_name_authorship, t.is_imported
from occurrence as o
join event as e on e.event_id = o.event_id
join review as r on r.subject_id = o.occurrence_id
join (
    select distinct on (occurrence_id) * from identification
    where occurrence_id = any(cast(:occurrence_ids as uuid[]))
    order by occurrence_id, identified_at desc, identification_id desc
) as i on i.occurrence_id = o.occurrence_id
left join observer as p on p.observer_id = o.observer_id
left join taxon as t on t.taxon_id = i.taxon_id
left join (
    select occurrence_id, min(case when position = 1 then sha256 end) as sha256,
        cast(count(*) as integer) as photo_count
    from occurrence_media where occurrence_id = any(cast(:occurrence_ids as uuid[]))
    group by occurrence_id
) as m on m.occurrence_id = o.occurrence_id
where o.occurrence_id = any(cast(:occurrence_ids as uuid[]))

-- name: checks_with(occurrence_ids)
-- The findings of the checks of these sightings, flags first.
select occurrence_id, code, is_flag, details from occurrence_check
where occurrence_id = any(cast(:occurrence_ids as uuid[]))
order by occurrence_id, is_flag desc nulls last, code

-- name: photos(occurrence_id)
-- The photos of a sighting, in order.
select sha256, licence from occurrence_media
where occurrence_id = :occurrence_id order by position

-- name: photographs_with(occurrence_ids)
-- The photos of these sightings, each sighting's in order.
select m.occurrence_id, m.sha256, m.licence, max(u.width), max(u.height)
from occurrence_media as m left join media as u on u.sha256 = m.sha256
where m.occurrence_id = any(cast(:occurrence_ids as uuid[]))
group by m.occurrence_id, m.position, m.sha256, m.licence
order by m.occurrence_id, m.position

-- name: public_photographs(occurrence_id)
-- The photos that everyone may see of a sighting, by the names under which they are served.
select case when r.grid is null then m.sha256 else g.name end, m.licence, max(u.width),
    max(u.height)
from released_occurrence as r
join occurrence_media as m on m.occurrence_id = r.occurrence_id
left join generalised_photo as g on g.occurrence_id = r.occurrence_id and g.position = m.position
left join media as u on u.sha256 = m.sha256
where r.occurrence_id = :occurrence_id and (r.grid is null or g.name is not null)
group by m.position, r.grid, m.sha256, g.name, m.licence order by m.position

-- name: names(occurrence_id)
-- Every name a sighting was given, oldest first.
select t.vernacular_name, t.scientific_name, i.verbatim_name, i.identified_by_staff is not null,
    i.identified_at
from identification as i left join taxon as t on t.taxon_id = i.taxon_id
where i.occurrence_id = :occurrence_id order by i.identified_at, i.identification_id

-- name: upload(upload_id)^
-- One upload.
select upload_id, device_id, sha256, perceptual_hash, media_type, width, height, byte_count,
    uploaded_at, stored_bytes
from media where upload_id = :upload_id

-- name: uploads(upload_ids)
-- Several uploads.
select upload_id, device_id, sha256, perceptual_hash, media_type, width, height, byte_count,
    uploaded_at, stored_bytes
from media where upload_id = any(cast(:upload_ids as uuid[]))

-- name: uploads_shown(occurrence_id)
-- An upload of each photo of a sighting.
select distinct on (m.sha256) u.upload_id, u.device_id, u.sha256, u.perceptual_hash, u.media_type,
    u.width, u.height, u.byte_count, u.uploaded_at, u.stored_bytes
from occurrence_media as m join media as u on u.sha256 = m.sha256
where m.occurrence_id = :occurrence_id order by m.sha256, u.upload_id

-- name: add_upload(upload_id, device_id, sha256, perceptual_hash, media_type, width, height, byte_count, uploaded_at, stored_bytes, quarter_1, quarter_2, quarter_3, quarter_4)!
-- Add an upload whose files are stored.
insert into media (upload_id, device_id, sha256, perceptual_hash, media_type, width, height,
    byte_count, uploaded_at, stored_bytes, quarter_1, quarter_2, quarter_3, quarter_4)
values (:upload_id, :device_id, :sha256, :perceptual_hash, :media_type, :width, :height,
    :byte_count, :uploaded_at, :stored_bytes, :quarter_1, :quarter_2, :quarter_3, :quarter_4)

-- name: unused_uploads(upload_id)
-- Uploads that no sighting, action or concern shows, with the size of their files; all, or one.
select u.upload_id, u.device_id, u.sha256, coalesce(u.stored_bytes, u.byte_count), u.uploaded_at
from media as u
where (cast(:upload_id as uuid) is null or u.upload_id = :upload_id)
    and not exists (select 1 from occurrence_media as m where m.sha256 = u.sha256)
    and not exists (select 1 from action_entry as e
        where e.upload_id = u.upload_id or e.photo_sha256 = u.sha256)
    and not exists (select 1 from concern as c where c.photo_sha256 = u.sha256)

-- name: remove_uploads(upload_ids)!
-- Delete uploads; their ids may be used again.
delete from media where upload_id = any(cast(:upload_ids as uuid[]))

-- name: records_with_photos(sha256s, but)
-- Other records with one of these photos.
select o.occurrence_id
from occurrence as o
join (
    select distinct occurrence_id from occurrence_media
    where sha256 = any(cast(:sha256s as text[])) and occurrence_id <> :but
) as m on m.occurrence_id = o.occurrence_id
order by o.submitted_at, o.occurrence_id limit 20

-- name: pictures_like(but, quarter_1, quarter_2, quarter_3, quarter_4)
-- Pictures of other records whose hash shares a quarter with one of these, as numbers.
with alike as (
    select sha256, perceptual_hash from media
    where quarter_1 = any(cast(:quarter_1 as integer[]))
        or quarter_2 = any(cast(:quarter_2 as integer[]))
        or quarter_3 = any(cast(:quarter_3 as integer[]))
        or quarter_4 = any(cast(:quarter_4 as integer[]))
)
select distinct m.occurrence_id, u.sha256, u.perceptual_hash
from alike as u join occurrence_media as m on m.sha256 = u.sha256
where m.occurrence_id <> :but
limit 1000

-- name: taxon_facts(taxon_id)^
-- Group and sensitive category of a taxon.
select group_code, sensitive_category from taxon where taxon_id = :taxon_id

-- name: photo_viewers(sha256)
-- For each record with this photo: its observer, and whether it is public with its exact place.
select o.observer_id, r.occurrence_id is not null and r.grid is null
from occurrence_media as m
join occurrence as o on o.occurrence_id = m.occurrence_id
left join released_occurrence as r on r.occurrence_id = o.occurrence_id
where m.sha256 = :sha256

-- name: upload_devices(sha256)
-- The browsers that sent this photo.
select device_id from media where sha256 = :sha256

-- name: add_event(event_id, event_date, is_time_known, decimal_latitude, decimal_longitude, uncertainty, place_source, place_name, datum_as_given, verbatim_latitude, verbatim_longitude, district, hides_exact_place, corrected_at)!
-- Add an event: when and where.
insert into event (event_id, event_date, is_time_known, decimal_latitude, decimal_longitude,
    coordinate_uncertainty_in_meters, place_source, place_name, datum_as_given,
    verbatim_latitude, verbatim_longitude, district, hides_exact_place, corrected_at)
values (:event_id, :event_date, :is_time_known, :decimal_latitude, :decimal_longitude,
    :uncertainty, :place_source, :place_name, :datum_as_given, :verbatim_latitude,
    :verbatim_longitude, :district, :hides_exact_place, :corrected_at)

-- name: add_event_of_another_time(occurrence_id, event_id, event_date, is_time_known, corrected_at)!
-- Add an event at the place of a sighting's present one, at another time.
insert into event (event_id, event_date, is_time_known, decimal_latitude, decimal_longitude,
    coordinate_uncertainty_in_meters, place_source, place_name, datum_as_given,
    verbatim_latitude, verbatim_longitude, district, hides_exact_place, corrected_at)
select :event_id, cast(:event_date as timestamptz), cast(:is_time_known as boolean),
    decimal_latitude, decimal_longitude, coordinate_uncertainty_in_meters, place_source, place_name,
    datum_as_given, verbatim_latitude, verbatim_longitude, district, hides_exact_place,
    cast(:corrected_at as timestamptz)
from event
where event_id = (select event_id from occurrence where occurrence_id = :occurrence_id)

-- name: keep_event(occurrence_id)!
-- List the present event of a sighting among its former ones.
insert into earlier_event (event_id, occurrence_id)
select event_id, occurrence_id from occurrence where occurrence_id = :occurrence_id

-- name: move_to_event(occurrence_id, event_id)!
-- Make an event the present one of a sighting.
update occurrence set event_id = :event_id where occurrence_id = :occurrence_id

-- name: earlier_events(occurrence_id)
-- The times and places that a sighting had before it was corrected, the oldest first.
select e.event_date, e.is_time_known, e.decimal_latitude, e.decimal_longitude,
    e.coordinate_uncertainty_in_meters, e.place_source, e.place_name, e.district
from earlier_event as x join event as e on e.event_id = x.event_id
where x.occurrence_id = :occurrence_id order by e.event_id

-- name: add_occurrence(occurrence_id, event_id, observer_id, public_id, individual_count, establishment_means, note, submitted_at)!
-- Add an occurrence: what was seen.
insert into occurrence (occurrence_id, event_id, observer_id, public_id, individual_count,
    establishment_means, note, submitted_at, is_demo)
values (:occurrence_id, :event_id, :observer_id, :public_id, :individual_count,
    :establishment_means, :note, :submitted_at, false)

-- name: add_photos(occurrence_id, positions, sha256s, licence)!
-- Add the photos of a sighting.
insert into occurrence_media (occurrence_id, position, sha256, licence)
select :occurrence_id, unnest(cast(:positions as integer[])), unnest(cast(:sha256s as text[])),
    :licence

-- name: remove_checks(occurrence_id)!
-- Delete the findings of the checks, to be found anew.
delete from occurrence_check where occurrence_id = :occurrence_id

-- name: add_checks(occurrence_id, codes, flags, details)!
-- Add the findings of the checks.
insert into occurrence_check (occurrence_id, code, is_flag, details)
select :occurrence_id, unnest(cast(:codes as text[])), unnest(cast(:flags as boolean[])),
    unnest(cast(:details as text[]))

-- name: identify(identification_id, occurrence_id, taxon_id, verbatim_name, group_code, observer_id, staff_id, identified_at)!
-- Add a name.
insert into identification (identification_id, occurrence_id, taxon_id, verbatim_name, group_code,
    identified_by_observer, identified_by_staff, identified_at)
values (:identification_id, :occurrence_id, :taxon_id, :verbatim_name, :group_code, :observer_id,
    :staff_id, :identified_at)

-- name: public_view(occurrence_id)^
-- The public place of a sighting, if it has one.
select decimal_latitude, decimal_longitude, grid, coordinate_uncertainty_in_meters
from public_occurrence where occurrence_id = :occurrence_id

-- name: is_sealed(occurrence_id)$
-- The number of open cases about a sighting.
select cast(count(*) as integer)
from discovery_case as c left join case_closing as z on z.case_id = c.case_id
where c.occurrence_id = :occurrence_id and z.case_id is null

-- name: needs_second_look(occurrence_id, taxon_id, roles)$
-- 1 where the sighting would be the first accepted of its taxon (`taxon_id`, null: the one that it is
-- named now) in its district, no survey has it there, and more than one person decides; else 0.
select cast(count(*) as integer)
from (
    select e.district, coalesce(cast(:taxon_id as uuid), (
        select i.taxon_id from identification as i
        where i.occurrence_id = o.occurrence_id
        order by i.identified_at desc nulls last, i.identification_id desc limit 1)) as taxon_id
    from occurrence as o join event as e on e.event_id = o.event_id
    where o.occurrence_id = :occurrence_id
) as m
where m.taxon_id is not null and m.district is not null
    and not exists (
        select 1 from released_occurrence as r
        where r.taxon_id = m.taxon_id and r.district = m.district
            and r.occurrence_id <> :occurrence_id
            and r.verification_status in ('accepted_considered_correct', 'accepted_correct'))
    and not exists (
        select 1 from released_survey_occurrence as s
        where s.taxon_id = m.taxon_id and s.district = m.district)
    and (select count(*) from staff as f
         where not f.is_disabled and f.role = any(cast(:roles as text[]))) > 1

-- name: unpublish(occurrence_id)
-- Delete a sighting from the projection; gives its id where it was there.
delete from released_occurrence where occurrence_id = :occurrence_id returning occurrence_id

-- name: publish(occurrence_id, district, cell_city, cell_quarter)!
-- Add the view's row, with what is computed from its place.
insert into released_occurrence
select v.occurrence_id, v.public_id, v.observer_id, v.individual_count, v.establishment_means,
    v.is_demo, v.verification_status, v.taxon_id, v.scientific_name, v.vernacular_name,
    v.english_name, v.group_code, v.grid, v.decimal_latitude, v.decimal_longitude,
    v.coordinate_uncertainty_in_meters, v.event_day, cast(:district as text),
    cast(:cell_city as text), cast(:cell_quarter as text),
    (select m.sha256 from occurrence_media as m
     where m.occurrence_id = v.occurrence_id and m.position = 1 and v.grid is null),
    (select cast(count(*) as integer) from occurrence_media as m
     where m.occurrence_id = v.occurrence_id and v.grid is null), v.square
from public_occurrence as v where v.occurrence_id = :occurrence_id

-- name: generalised_with(sha256s)
-- Generalised public sightings with one of these photos.
select distinct occurrence_id from generalised_photo
where sha256 = any(cast(:sha256s as text[]))

-- name: quarters_of(sha256s)
-- The picture hashes of these photos, in quarters.
select distinct quarter_1, quarter_2, quarter_3, quarter_4
from media where sha256 = any(cast(:sha256s as text[])) and quarter_1 is not null

-- name: generalised_near(quarter_1, quarter_2, quarter_3, quarter_4)
-- Photos of generalised public sightings that share a quarter of their picture hash with one.
select occurrence_id, quarter_1, quarter_2, quarter_3, quarter_4
from generalised_photo
where quarter_1 = any(cast(:quarter_1 as integer[]))
    or quarter_2 = any(cast(:quarter_2 as integer[]))
    or quarter_3 = any(cast(:quarter_3 as integer[]))
    or quarter_4 = any(cast(:quarter_4 as integer[]))

-- name: media_near(quarter_1, quarter_2, quarter_3, quarter_4)
-- The same of all photos.
select sha256, quarter_1, quarter_2, quarter_3, quarter_4
from media
where quarter_1 = any(cast(:quarter_1 as integer[]))
    or quarter_2 = any(cast(:quarter_2 as integer[]))
    or quarter_3 = any(cast(:quarter_3 as integer[]))
    or quarter_4 = any(cast(:quarter_4 as integer[]))

-- name: generalised_photos_of(occurrence_ids)
-- The photos of these generalised sightings.
select occurrence_id, position, sha256, quarter_1, quarter_2, quarter_3, quarter_4
from generalised_photo where occurrence_id = any(cast(:occurrence_ids as uuid[]))

-- name: drop_generalised_photos(occurrence_ids)!
-- Delete what these sightings do not show any more, or not as generalised ones.
delete from generalised_photo
where occurrence_id = any(cast(:occurrence_ids as uuid[]))
    and not exists (
        select 1 from released_occurrence as r
        join occurrence_media as m on m.occurrence_id = r.occurrence_id
        where r.occurrence_id = generalised_photo.occurrence_id and r.grid is not null
            and m.position = generalised_photo.position and m.sha256 = generalised_photo.sha256)

-- name: add_generalised_photos(occurrence_ids)!
-- The photos of those of these sightings that are public and generalised, not shown yet.
insert into generalised_photo
select r.occurrence_id, m.position, m.sha256, null, max(u.quarter_1), max(u.quarter_2),
    max(u.quarter_3), max(u.quarter_4)
from released_occurrence as r
join occurrence_media as m on m.occurrence_id = r.occurrence_id
left join media as u on u.sha256 = m.sha256
where r.occurrence_id = any(cast(:occurrence_ids as uuid[])) and r.grid is not null
    and not exists (
        select 1 from generalised_photo as g
        where g.occurrence_id = r.occurrence_id and g.position = m.position)
group by r.occurrence_id, m.position, m.sha256

-- name: likes_of_generalised(occurrence_ids)
-- Each photo of these generalised sightings with itself and with those that look like it; for many
-- sightings at once.
select occurrence_id, position, sha256
from generalised_photo where occurrence_id = any(cast(:occurrence_ids as uuid[]))
union all
select occurrence_id, position, like_sha256
from like_photo where occurrence_id = any(cast(:occurrence_ids as uuid[]))

-- name: public_with(sha256s)
-- The first and the last public sighting, by id, that has each of these photos.
select m.sha256, min(cast(m.occurrence_id as text)), max(cast(m.occurrence_id as text))
from occurrence_media as m join released_occurrence as r on r.occurrence_id = m.occurrence_id
where m.sha256 = any(cast(:sha256s as text[]))
group by m.sha256

-- name: name_generalised_photos(occurrence_ids, positions)!
-- A photo that no other public sighting has, nor one like it, has a name of its own.
update generalised_photo
set name = md5(cast(gen_random_uuid() as text)) || md5(cast(gen_random_uuid() as text))
from (
    select unnest(cast(:occurrence_ids as uuid[])) as occurrence_id,
        unnest(cast(:positions as integer[])) as position
) as alone
where generalised_photo.occurrence_id = alone.occurrence_id
    and generalised_photo.position = alone.position and generalised_photo.name is null

-- name: unname_generalised_photos(occurrence_ids, positions)!
-- Another has none.
update generalised_photo set name = null
from (
    select unnest(cast(:occurrence_ids as uuid[])) as occurrence_id,
        unnest(cast(:positions as integer[])) as position
) as shared
where generalised_photo.occurrence_id = shared.occurrence_id
    and generalised_photo.position = shared.position

-- name: show_generalised_photos(occurrence_ids)!
-- The first name, and the number of names, in the projection.
update released_occurrence
set photo_sha256 = nullif(substr(shown.names, 1, 64), ''), photo_count = shown.photos
from (
    select r.occurrence_id, coalesce(string_agg(g.name, '' order by g.position), '') as names,
        cast(count(g.name) as integer) as photos
    from released_occurrence as r
    left join generalised_photo as g on g.occurrence_id = r.occurrence_id
    where r.occurrence_id = any(cast(:occurrence_ids as uuid[])) and r.grid is not null
    group by r.occurrence_id
) as shown
where released_occurrence.occurrence_id = shown.occurrence_id

-- name: wrong_generalised_photos()
-- Sightings whose photos are shown otherwise than they should be.
select distinct occurrence_id from wrong_generalised_photo

-- name: generalised_photo(name)$
-- The photo that a generalised sighting shows under this name.
select sha256 from generalised_photo where name = :name

-- name: public(public_id)
-- One public sighting.
select r.*, case when p.on_boards then p.nickname end as recorded_by
from released_occurrence as r left join observer as p on p.observer_id = r.observer_id
where r.public_id = :public_id

-- name: public_by_occurrence(occurrence_id)
-- One public sighting by its own id, but not a generalised one.
select r.*, case when p.on_boards then p.nickname end as recorded_by
from released_occurrence as r left join observer as p on p.observer_id = r.observer_id
where r.occurrence_id = :occurrence_id and r.grid is null

-- name: latest_released(maximum)
-- The newest public sightings whose place and day are exact.
select r.*, case when p.on_boards then p.nickname end as recorded_by
from (
    select r.* from released_occurrence as r
    where r.grid is null
    order by r.event_day desc nulls last, r.public_id limit :maximum
) as r left join observer as p on p.observer_id = r.observer_id
order by r.event_day desc nulls last, r.public_id

-- name: track_records(observer_ids)
-- Each observer's nickname; of each group, as the sightings are named now, how many they sent, and how
-- many of those a verifier accepted, and refused.
with sent as (
    select subject_id, observer_id, verification_status from review
    where observer_id = any(cast(:observer_ids as uuid[])) and kind = 'occurrence'
),
named as (
    select distinct on (occurrence_id) occurrence_id, taxon_id, group_code
    from identification where occurrence_id in (select subject_id from sent)
    order by occurrence_id, identified_at desc, identification_id desc
)
select p.observer_id, p.nickname, coalesce(t.group_code, i.group_code),
    cast(count(s.subject_id) as integer),
    cast(count(case when s.verification_status in ('accepted_considered_correct',
        'accepted_correct') then 1 end) as integer),
    cast(count(case when s.verification_status in ('not_accepted_incorrect',
        'not_accepted_unable_to_verify') then 1 end) as integer)
from observer as p
left join sent as s on s.observer_id = p.observer_id
left join named as i on i.occurrence_id = s.subject_id
left join taxon as t on t.taxon_id = i.taxon_id
where p.observer_id = any(cast(:observer_ids as uuid[]))
group by p.observer_id, p.nickname, coalesce(t.group_code, i.group_code)

-- name: photo_hashes()
-- Every photo that a row names.
select sha256 from occurrence_media union select sha256 from media
union select photo_sha256 from action_entry where photo_sha256 is not null
union select photo_sha256 from concern where photo_sha256 is not null

-- name: public_places()
-- Every public place, with what was computed from it.
select public_id, decimal_latitude, decimal_longitude, grid, coordinate_uncertainty_in_meters,
    district, cell_city, cell_quarter
from released_occurrence

-- name: own_records(observer_id, taxon_id, verbatim_name, first, last, west, south, east, north)
-- An observer's own records of one taxon, or of one name outside the checklist, in a window of time
-- and place (WGS-84), without withdrawn ones. A sighting is sent after it was seen, by the clock of
-- a phone that may be a day ahead; this limits the records to read.
with own as (
    select occurrence_id, event_id from occurrence
    where observer_id = :observer_id
        and submitted_at >= cast(:first as timestamptz) - interval '1 day'
), near as (
    select o.occurrence_id, e.event_date, e.is_time_known, e.decimal_latitude, e.decimal_longitude
    from own as o join event as e on e.event_id = o.event_id
    where e.event_date between :first and :last
        and e.decimal_latitude between :south and :north
        and e.decimal_longitude between :west and :east
)
select n.occurrence_id, n.event_date, n.is_time_known, n.decimal_latitude, n.decimal_longitude,
    m.sha256
from near as n
join review as r on r.subject_id = n.occurrence_id
join (
    select distinct on (occurrence_id) occurrence_id, taxon_id, verbatim_name
    from identification where occurrence_id in (select occurrence_id from near)
    order by occurrence_id, identified_at desc nulls last, identification_id desc nulls last
) as i on i.occurrence_id = n.occurrence_id
left join occurrence_media as m on m.occurrence_id = n.occurrence_id and m.position = 1
where (i.taxon_id = cast(:taxon_id as uuid)
        or (i.taxon_id is null and cast(:verbatim_name as text) <> ''
            and lower(i.verbatim_name) = lower(cast(:verbatim_name as text))))
    and not (r.verification_status = 'unconfirmed' and r.release_status = 'withheld')

-- name: season_counts(taxon_id, day, season_days)^
-- Accepted public records of a taxon that are drawn as points: all, and those of the season. Never a
-- sensitive taxon: what it answers would tell where one lives. A year goes round: between two days
-- lie at most 183.
select cast(coalesce(sum(h.records), 0) as integer),
    cast(coalesce(sum(case
        when least(abs(cast(h.place as integer) - :day), 366 - abs(cast(h.place as integer) - :day))
            <= :season_days then h.records end), 0) as integer)
from map_count as h
where h.kind = 'day' and h.subject = cast(cast(:taxon_id as uuid) as text)
    and exists (
        select 1 from taxon as t
        where t.taxon_id = :taxon_id and t.sensitive_category is null)

-- name: records_near(taxon_id, days, west, south, east, north, maximum)$
-- Of the same records those in a box on these days of any year, counted up to a number.
select cast(count(*) as integer)
from (
    select 1
    from released_occurrence as r
    where r.taxon_id = :taxon_id and r.grid is null and r.cell_quarter is not null
        and cast(extract(doy from r.event_day) as integer) = any(cast(:days as integer[]))
        and r.decimal_latitude between :south and :north
        and r.decimal_longitude between :west and :east
        and r.verification_status in ('accepted_considered_correct', 'accepted_correct')
        and exists (
            select 1 from taxon as t
            where t.taxon_id = :taxon_id and t.sensitive_category is null)
    limit :maximum
) as few

-- name: records_around(taxon_id, west, south, east, north, maximum)$
-- The same on any day.
select cast(count(*) as integer)
from (
    select 1
    from released_occurrence as r
    where r.taxon_id = :taxon_id and r.grid is null and r.cell_quarter is not null
        and r.decimal_latitude between :south and :north
        and r.decimal_longitude between :west and :east
        and r.verification_status in ('accepted_considered_correct', 'accepted_correct')
        and exists (
            select 1 from taxon as t
            where t.taxon_id = :taxon_id and t.sensitive_category is null)
    limit :maximum
) as few

-- name: on_its_day(occurrence_id)^
-- A sighting, the day it counts for, and whether it is of a festival: its own time and place are
-- those that a camera or phone wrote, as long as nobody corrected them.
select d.occurrence_id, i.taxon_id, d.day, d.is_its_own
        and exists (
            select 1
            from device as b
            join festival_join as j on j.device_id = b.device_id
            join festival as f on f.festival_id = j.festival_id
            where b.observer_id = d.observer_id and d.day between f.first_day and f.last_day
                and (f.districts = '' or strpos(f.districts, d.district) > 0)
        )
from (
    select o.occurrence_id, o.observer_id, e.district,
        e.corrected_at is null and e.is_time_known and e.place_source in ('exif', 'device')
            as is_its_own,
        cast(case when e.corrected_at is null and e.is_time_known
                and e.place_source in ('exif', 'device')
            then e.event_date else o.submitted_at end at time zone 'Asia/Shanghai' as date) as day
    from occurrence as o join event as e on e.event_id = o.event_id
    where o.occurrence_id = :occurrence_id
) as d join (
    select distinct on (occurrence_id) occurrence_id, taxon_id
    from identification where occurrence_id = :occurrence_id
    order by occurrence_id, identified_at desc, identification_id desc
) as i on i.occurrence_id = d.occurrence_id

-- name: paid_on(observer_id, day)
-- An observer's sightings that count for a day and hold points, the first ones first.
with of_day as (
    select * from (
        select o.occurrence_id, o.observer_id, e.district,
            e.corrected_at is null and e.is_time_known and e.place_source in ('exif', 'device')
                as is_its_own,
            cast(case when e.corrected_at is null and e.is_time_known
                    and e.place_source in ('exif', 'device')
                then e.event_date else o.submitted_at end at time zone 'Asia/Shanghai' as date) as day
        from occurrence as o join event as e on e.event_id = o.event_id
        where o.observer_id = :observer_id
    ) as seen where seen.day = :day
), paid as (
    select d.occurrence_id, sum(p.points) as points
    from of_day as d join earning as p on p.cause_id = d.occurrence_id
    group by d.occurrence_id having sum(p.points) > 0
)
select d.occurrence_id, i.taxon_id, d.day, d.is_its_own
        and exists (
            select 1
            from device as b
            join festival_join as j on j.device_id = b.device_id
            join festival as f on f.festival_id = j.festival_id
            where b.observer_id = d.observer_id and d.day between f.first_day and f.last_day
                and (f.districts = '' or strpos(f.districts, d.district) > 0)
        ),
    cast(paid.points as bigint)
from of_day as d
join paid on paid.occurrence_id = d.occurrence_id
join (
    select distinct on (occurrence_id) occurrence_id, taxon_id
    from identification where occurrence_id in (select occurrence_id from paid)
    order by occurrence_id, identified_at desc, identification_id desc
) as i on i.occurrence_id = d.occurrence_id
order by d.occurrence_id
