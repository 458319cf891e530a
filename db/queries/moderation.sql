-- Names that everyone reads, for staff: looked for, replaced, put back.

-- name: named(words, maximum)
-- Names with these letters in them.
select kind, subject_id, name
from (
    select 'nickname' as kind, observer_id as subject_id, nickname as name
    from observer where erased_at is null and strpos(lower(nickname), lower(:words)) > 0
    union all
    select 'team', team_id, name from team where strpos(lower(name), lower(:words)) > 0
    union all
    select 'festival_team', team_id, name
    from festival_team where strpos(lower(name), lower(:words)) > 0
) as names
order by length(name), name, subject_id limit :maximum

-- name: nickname(subject_id)$
-- The nickname of an observer.
select nickname from observer where observer_id = :subject_id and erased_at is null

-- name: team(subject_id)$
-- The name of a team of the boards.
select name from team where team_id = :subject_id

-- name: festival_team(subject_id)$
-- The name of a team of a festival.
select name from festival_team where team_id = :subject_id

-- name: others_nickname(subject_id, skeleton)^
-- Whether somebody else has a nickname like this.
select 1 from observer where skeleton = :skeleton and observer_id <> :subject_id limit 1

-- name: others_team(subject_id, skeleton)^
-- Whether another team of the boards has a name like this.
select 1 from team where skeleton = :skeleton and team_id <> :subject_id limit 1

-- name: festival_teams_beside(subject_id)
-- The names of the other teams of its festival.
select o.name
from festival_team as t join festival_team as o on o.festival_id = t.festival_id
where t.team_id = :subject_id and o.team_id <> :subject_id

-- name: rename_nickname(subject_id, name, skeleton)!
-- Replace a nickname.
update observer set nickname = :name, skeleton = :skeleton where observer_id = :subject_id

-- name: rename_team(subject_id, name, skeleton)!
-- Replace the name of a team of the boards.
update team set name = :name, skeleton = :skeleton where team_id = :subject_id

-- name: rename_festival_team(subject_id, name, skeleton)!
-- Replace the name of a team of a festival, where names are few and have no skeleton.
update festival_team set name = :name
where team_id = :subject_id and cast(:skeleton as text) is not null

-- name: changes(maximum)
-- The latest changes, each with the name of who made it, and whether it can be undone: it is the
-- latest of its name, and no undoing itself.
select c.name_change_id, c.kind, c.subject_id, c.name_before, c.name_after, c.changed_at,
    s.username, c.undoes is null and not exists (
        select 1 from name_change as later
        where later.subject_id = c.subject_id
            and (later.changed_at > c.changed_at
                or (later.changed_at = c.changed_at
                    and later.name_change_id > c.name_change_id)))
from (
    select * from name_change
    order by changed_at desc, name_change_id desc limit :maximum
) as c
left join staff as s on s.staff_id = c.changed_by
order by c.changed_at desc, c.name_change_id desc

-- name: add_change(name_change_id, kind, subject_id, name_before, skeleton_before, name_after, undoes, changed_by, changed_at)!
-- Add a change.
insert into name_change (name_change_id, kind, subject_id, name_before, skeleton_before,
    name_after, undoes, changed_by, changed_at)
values (:name_change_id, :kind, :subject_id, :name_before, :skeleton_before, :name_after, :undoes,
    :changed_by, :changed_at)
