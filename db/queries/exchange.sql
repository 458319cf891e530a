-- What the Darwin Core Archive has besides the pages of map.sql, all from the projection.

-- name: photos(occurrence_ids)
-- The photos of released sightings that everyone may see, in order, by the names under which they
-- are served.
select r.public_id, m.position, case when r.grid is null then m.sha256 else g.name end, m.licence
from released_occurrence as r
join occurrence_media as m on m.occurrence_id = r.occurrence_id
left join generalised_photo as g on g.occurrence_id = r.occurrence_id and g.position = m.position
where r.occurrence_id = any(cast(:occurrence_ids as uuid[]))
    and (r.grid is null or g.name is not null)
order by r.public_id, m.position

-- name: identifications(occurrence_ids)
-- The names that released sightings were given: all of them where the place is exact and the name
-- is on the checklist and not sensitive; and always the current one where it has a taxon.
select r.public_id, i.identification_id, t.taxon_id, i.identified_by_staff is not null,
    i.identified_at, c.identification_id = i.identification_id
from released_occurrence as r
join identification as i on i.occurrence_id = r.occurrence_id
join current_identification as c on c.occurrence_id = r.occurrence_id
join taxon as t on t.taxon_id = i.taxon_id
where r.occurrence_id = any(cast(:occurrence_ids as uuid[]))
    and (c.identification_id = i.identification_id
        or (r.grid is null and t.sensitive_category is null))
order by r.public_id, i.identified_at, i.identification_id

-- name: extent()^
-- The number of rows, whether any is generated, first and last day shown.
select cast(count(*) as bigint), coalesce(max(case when is_demo then 1 else 0 end), 0),
    min(event_day), max(event_day)
from released_occurrence

-- name: digests()
-- A fingerprint of what the archive would hold, in 256 parts; nothing in it is private.
select substr(cast(r.public_id as text), 1, 2) as part,
    md5(string_agg(md5(concat_ws('|', r.public_id, r.individual_count, r.establishment_means,
        r.is_demo, r.verification_status, r.taxon_id, r.group_code, r.grid, r.decimal_latitude,
        r.decimal_longitude, r.coordinate_uncertainty_in_meters, r.event_day, r.district,
        r.photo_sha256, r.photo_count, case when r.grid is null then m.licences else g.licences end,
        case when r.grid is null then n.current_name || n.names end, n.is_by_staff,
        case when p.on_boards then p.nickname end)), '' order by r.public_id))
from released_occurrence as r
left join observer as p on p.observer_id = r.observer_id
left join (
    select occurrence_id, string_agg(sha256 || licence, '' order by position) as licences
    from occurrence_media group by occurrence_id
) as m on m.occurrence_id = r.occurrence_id
left join (
    select g.occurrence_id, string_agg(g.name || m.licence, '' order by g.position) as licences
    from generalised_photo as g join occurrence_media as m
        on m.occurrence_id = g.occurrence_id and m.position = g.position
    group by g.occurrence_id
) as g on g.occurrence_id = r.occurrence_id
left join (
    select i.occurrence_id,
        max(case when i.identification_id = c.identification_id
            then cast(i.identification_id as text) end) as current_name,
        max(case when i.identification_id = c.identification_id
            and i.identified_by_staff is not null then 1 else 0 end) as is_by_staff,
        cast(sum(case when t.sensitive_category is null then 1 else 0 end) as text) as names
    from identification as i
    join current_identification as c on c.occurrence_id = i.occurrence_id
    join taxon as t on t.taxon_id = i.taxon_id
    group by i.occurrence_id
) as n on n.occurrence_id = r.occurrence_id
group by substr(cast(r.public_id as text), 1, 2)
order by part

-- name: taxa_digest()$
-- A fingerprint of the checklist's names in the archive.
select coalesce(md5(string_agg(md5(concat_ws('|', taxon_id, scientific_name, vernacular_name,
    kingdom, phylum, taxon_class, taxon_order, family, genus)), '' order by taxon_id)), '')
from taxon
