-- name: identity()^
-- The id of this store, and when it was made.
select store_id, made_at from store_identity

-- name: some_photos(maximum)
-- Photos that a row names, at most so many.
select sha256 from media
union select photo_sha256 from concern where photo_sha256 is not null
limit :maximum

-- name: photos_of_nothing(sha256s)
-- Those photos that no row names.
select p.sha256
from (select unnest(cast(:sha256s as text[])) as sha256) as p
where not exists (select 1 from media as u where u.sha256 = p.sha256)
    and not exists (select 1 from occurrence_media as m where m.sha256 = p.sha256)
    and not exists (select 1 from action_entry as e where e.photo_sha256 = p.sha256)
    and not exists (select 1 from concern as c where c.photo_sha256 = p.sha256)

-- name: count_digests()$
-- How many photos rows name.
select count(*) from photo_digest

-- name: digests_after(sha256, maximum)
-- What is known of the files of photos, by name, so many at most.
select sha256, thumb_sha256, large_sha256, is_damaged
from photo_digest where sha256 > :sha256 order by sha256 limit :maximum

-- name: digests_of(sha256s)
-- What is known of the files of these photos.
select sha256, thumb_sha256, large_sha256, is_damaged
from photo_digest where sha256 = any(cast(:sha256s as text[]))

-- name: due_digests(day, maximum)
-- Photos compared on that day or before it or never, the longest ago first.
select sha256, thumb_sha256, large_sha256, is_damaged
from photo_digest where compared_on is null or compared_on <= :day
order by compared_on nulls first, sha256 limit :maximum

-- name: damaged_digests(maximum)
-- Photos whose files were damaged or missing when they were compared last.
select sha256, thumb_sha256, large_sha256, is_damaged
from photo_digest where is_damaged order by sha256 limit :maximum

-- name: put_digests(sha256s, thumbs, larges, day)!
-- What the files of photos are, as they were just put.
insert into photo_digest (sha256, thumb_sha256, large_sha256, compared_on, is_damaged)
select unnest(cast(:sha256s as text[])), unnest(cast(:thumbs as text[])),
    unnest(cast(:larges as text[])), cast(:day as date), false
on conflict (sha256) do update set thumb_sha256 = excluded.thumb_sha256,
    large_sha256 = excluded.large_sha256, compared_on = excluded.compared_on, is_damaged = false

-- name: note_compared(sha256s, thumbs, larges, damaged, day)!
-- What comparing said of photos that rows still name, and that were not put anew meanwhile.
update photo_digest
set thumb_sha256 = seen.thumb, large_sha256 = seen.large, is_damaged = seen.is_damaged,
    compared_on = cast(:day as date)
from (
    select unnest(cast(:sha256s as text[])) as sha256, unnest(cast(:thumbs as text[])) as thumb,
        unnest(cast(:larges as text[])) as large,
        unnest(cast(:damaged as boolean[])) as is_damaged
) as seen
where photo_digest.sha256 = seen.sha256
    and coalesce(photo_digest.thumb_sha256, seen.thumb, '') = coalesce(seen.thumb, '')
    and coalesce(photo_digest.large_sha256, seen.large, '') = coalesce(seen.large, '')

-- name: forget_digests(sha256s)!
-- Forget the files of photos that no row names any more.
delete from photo_digest
where sha256 = any(cast(:sha256s as text[]))
    and not exists (select 1 from media as u where u.sha256 = photo_digest.sha256)
    and not exists (select 1 from occurrence_media as m where m.sha256 = photo_digest.sha256)
    and not exists (select 1 from action_entry as e where e.photo_sha256 = photo_digest.sha256)
    and not exists (select 1 from concern as c where c.photo_sha256 = photo_digest.sha256)
