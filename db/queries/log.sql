-- name: add(entry_id, action, subject_id, observer_id, staff_id, details, logged_at, system_user, personal)!
-- Append one entry.
insert into log_entry (entry_id, action, subject_id, observer_id, staff_id, details, logged_at,
    system_user, personal)
values (:entry_id, :action, :subject_id, :observer_id, :staff_id, :details, :logged_at,
    :system_user, :personal)

-- name: last_seal()^
-- The end of the chain.
select position, entry_id, salt, personal_digest, link, sealed_at
from log_seal order by position desc limit 1

-- name: lines_after(after, until, maximum)
-- Entries to seal.
select entry_id, action, subject_id, observer_id, staff_id, system_user, details, personal,
    logged_at
from log_entry where entry_id > :after and entry_id < :until order by entry_id limit :maximum

-- name: add_seals(positions, entry_ids, salts, digests, links, moments)!
-- Append to the chain.
insert into log_seal (position, entry_id, salt, personal_digest, link, sealed_at)
select unnest(cast(:positions as bigint[])), unnest(cast(:entry_ids as uuid[])),
    unnest(cast(:salts as text[])), unnest(cast(:digests as text[])),
    unnest(cast(:links as text[])), unnest(cast(:moments as timestamptz[]))

-- name: sealed_after(position, maximum)
-- Seals in order, each with its entry.
select s.position, s.entry_id, s.salt, s.personal_digest, s.link, s.sealed_at,
    e.entry_id, e.action, e.subject_id, e.observer_id, e.staff_id, e.system_user, e.details,
    e.personal, e.logged_at
from log_seal as s left join log_entry as e on e.entry_id = s.entry_id
where s.position > :position order by s.position limit :maximum

-- name: unsealed_before(entry_id, maximum)
-- Entries without a seal among those that have one.
select entry_id from log_entry as e
where entry_id < :entry_id
    and not exists (select 1 from log_seal as s where s.entry_id = e.entry_id)
order by entry_id limit :maximum

-- name: count_unsealed(maximum)$
-- The number of entries behind the last sealed one, counted up to a number.
select cast(count(*) as bigint) from (
    select 1 from log_entry where entry_id > coalesce(
        (select entry_id from log_seal order by position desc limit 1),
        cast('00000000-0000-0000-0000-000000000000' as uuid)
    ) order by entry_id limit :maximum
) as unsealed

-- name: told(who, action, since, until, before, maximum)
-- A page of the log for people, the latest first.
select e.entry_id, e.action, e.subject_id, e.observer_id, e.staff_id, e.system_user, e.details,
    e.personal, e.logged_at, f.username, o.nickname, s.position, s.link
from (
    select * from log_entry
    where entry_id < :before
        and (:action = '' or action = :action)
        and (cast(:since as timestamptz) is null or logged_at >= cast(:since as timestamptz))
        and (cast(:until as timestamptz) is null or logged_at < cast(:until as timestamptz))
        and (:who = '' or strpos(lower(system_user), lower(:who)) > 0
            or staff_id in (
                select staff_id from staff where strpos(lower(username), lower(:who)) > 0
            )
            or observer_id in (
                select observer_id from observer where strpos(lower(nickname), lower(:who)) > 0
            ))
    order by entry_id desc limit :maximum
) as e
left join staff as f on f.staff_id = e.staff_id
left join observer as o on o.observer_id = e.observer_id
left join log_seal as s on s.entry_id = e.entry_id
order by e.entry_id desc

-- name: last_moment()^
-- The time of the last entry.
select max(logged_at) from log_entry

-- name: checksum_of(name)^
-- The checksum of the reference data loaded last under this name.
select checksum from reference_data where name = :name

-- name: forget_checksum(name)!
-- Delete the old checksum.
delete from reference_data where name = :name

-- name: remember_checksum(name, checksum)!
-- Store the checksum of the loaded reference data.
insert into reference_data (name, checksum) values (:name, :checksum)
