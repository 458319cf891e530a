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
