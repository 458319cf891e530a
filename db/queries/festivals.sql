-- name: festivals()
-- Every festival, the latest first.
select festival_id, name, code, first_day, last_day, districts, made_by, made_at, is_demo,
    coalesce(is_cancelled, false)
from festival order by first_day desc nulls last, made_at desc nulls last limit 200

-- name: festival(festival_id)^
-- One festival.
select festival_id, name, code, first_day, last_day, districts, made_by, made_at, is_demo,
    coalesce(is_cancelled, false)
from festival where festival_id = :festival_id

-- name: by_code(code)^
-- The festival with these six digits.
select festival_id, name, code, first_day, last_day, districts, made_by, made_at, is_demo,
    coalesce(is_cancelled, false)
from festival where code = :code

-- name: current(today)^
-- A festival that runs, else the next, else the last; not one that was cancelled.
select festival_id, name, code, first_day, last_day, districts, made_by, made_at, is_demo,
    coalesce(is_cancelled, false)
from festival
where not coalesce(is_cancelled, false)
order by case
        when cast(:today as date) between first_day and last_day then 0
        when first_day > cast(:today as date) then 1
        else 2
    end,
    case when first_day > cast(:today as date) then first_day end asc nulls last,
    last_day desc nulls last, made_at desc nulls last
limit 1

-- name: teams(festival_id)
-- The teams of a festival.
select team_id, festival_id, name from festival_team
where festival_id = :festival_id order by name, team_id

-- name: is_taken_away(festival_id, skeleton)^
-- Whether staff took a name like this away from a team of this festival.
select 1
from name_change as c join festival_team as t on t.team_id = c.subject_id
where c.skeleton_before = :skeleton and c.kind = 'festival_team' and c.undoes is null
    and t.festival_id = :festival_id
    and not exists (select 1 from name_change as back where back.undoes = c.name_change_id)
limit 1

-- name: membership(device_id, today)^
-- The latest festival that a browser joined and that is not over, and its team.
select f.festival_id, f.name, f.code, f.first_day, f.last_day, f.districts, f.made_by, f.made_at,
    f.is_demo, coalesce(f.is_cancelled, false), t.team_id, t.festival_id, t.name
from festival_join as j
join festival as f on f.festival_id = j.festival_id
join festival_team as t on t.team_id = j.team_id
where j.device_id = :device_id and f.last_day >= cast(:today as date)
    and not coalesce(f.is_cancelled, false)
order by j.joined_at desc nulls last, j.join_id desc nulls last
limit 1

-- name: lines(festival_id)
-- The row of each team, for everyone: what is public with its exact place, by its public day and
-- district, and what waits and would be public so. Whatever is hidden or would be (a sensitive taxon,
-- the observer's wish, no species, withheld, sealed) counts neither before its release nor after.
with member as (
    select m.team_id, m.observer_id, f.first_day, f.last_day, f.districts
    from festival_member as m join festival as f on f.festival_id = m.festival_id
    where m.festival_id = :festival_id
), shown as (
    select m.team_id, m.observer_id, p.occurrence_id, p.taxon_id,
        p.verification_status in ('plausible', 'accepted_considered_correct', 'accepted_correct')
            as is_confirmed
    from member as m
    join occurrence as o on o.observer_id = m.observer_id
    join released_occurrence as p on p.occurrence_id = o.occurrence_id
    where p.grid is null and p.event_day between m.first_day and m.last_day
        and (m.districts = '' or strpos(m.districts, p.district) > 0)
    union all
    select m.team_id, m.observer_id, o.occurrence_id, null, false
    from member as m
    join occurrence as o on o.observer_id = m.observer_id
    join event as e on e.event_id = o.event_id
    join review as r on r.subject_id = o.occurrence_id
    join current_identification as i on i.occurrence_id = o.occurrence_id
    join taxon as t on t.taxon_id = i.taxon_id
    where r.release_status = 'pending' and strpos(r.verification_status, 'not_accepted') <> 1
        and not e.hides_exact_place and t.sensitive_category is null
        and cast(e.event_date at time zone 'Asia/Shanghai' as date)
            between m.first_day and m.last_day
        and (m.districts = '' or strpos(m.districts, e.district) > 0)
)
select t.team_id, t.name, count(s.occurrence_id) as so_far,
    count(case when s.is_confirmed then 1 end) as confirmed,
    count(distinct s.observer_id) as people,
    coalesce((
        select sum(greatest(g.species, 1))
        from (
            select k.team_id, c.genus, count(distinct c.species) as species
            from shown as k join counted_taxon as c on c.taxon_id = k.taxon_id
            group by k.team_id, c.genus
        ) as g where g.team_id = t.team_id
    ), 0) as species
from festival_team as t left join shown as s on s.team_id = t.team_id
where t.festival_id = :festival_id
group by t.team_id, t.name

-- name: totals(festival_ids)
-- The sums of the teams of each of these festivals: teams, sightings, confirmed ones.
select t.festival_id, count(distinct t.team_id), count(s.occurrence_id),
    count(case when s.is_confirmed then 1 end)
from festival_team as t
left join (
    select team_id, festival_id, occurrence_id, is_confirmed from festival_sighting
    where festival_id = any(cast(:festival_ids as uuid[]))
) as s on s.team_id = t.team_id and s.festival_id = t.festival_id
where t.festival_id = any(cast(:festival_ids as uuid[]))
group by t.festival_id

-- name: add_festival(festival_id, name, code, first_day, last_day, districts, made_by, made_at, is_demo)!
-- Add a festival.
insert into festival (festival_id, name, code, first_day, last_day, districts, made_by, made_at,
    is_demo)
values (:festival_id, :name, :code, :first_day, :last_day, :districts, :made_by, :made_at, :is_demo)

-- name: change_festival(festival_id, name, first_day, last_day, districts, is_cancelled)!
-- Change what staff may change of a festival.
update festival set name = :name, first_day = :first_day, last_day = :last_day,
    districts = :districts, is_cancelled = :is_cancelled
where festival_id = :festival_id

-- name: add_team(team_id, festival_id, name, made_at)!
-- Add a team.
insert into festival_team (team_id, festival_id, name, made_at)
values (:team_id, :festival_id, :name, :made_at)

-- name: join(join_id, festival_id, team_id, device_id, joined_at)!
-- Move a browser to this team.
insert into festival_join (join_id, festival_id, team_id, device_id, joined_at)
values (:join_id, :festival_id, :team_id, :device_id, :joined_at)
