-- name: festivals()
-- Every festival, the latest first.
select festival_id, name, code, first_day, last_day, districts, made_by, made_at, is_demo
from festival order by first_day desc nulls last, made_at desc nulls last limit 200

-- name: festival(festival_id)^
-- One festival.
select festival_id, name, code, first_day, last_day, districts, made_by, made_at, is_demo
from festival where festival_id = :festival_id

-- name: by_code(code)^
-- The festival with these six digits.
select festival_id, name, code, first_day, last_day, districts, made_by, made_at, is_demo
from festival where code = :code

-- name: current(today)^
-- A festival that runs, else the next, else the last.
select festival_id, name, code, first_day, last_day, districts, made_by, made_at, is_demo
from festival
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

-- name: membership(device_id, today)^
-- The latest festival that a browser joined and that is not over, and its team.
select f.festival_id, f.name, f.code, f.first_day, f.last_day, f.districts, f.made_by, f.made_at,
    f.is_demo, t.team_id, t.festival_id, t.name
from festival_join as j
join festival as f on f.festival_id = j.festival_id
join festival_team as t on t.team_id = j.team_id
where j.device_id = :device_id and f.last_day >= cast(:today as date)
order by j.joined_at desc nulls last, j.join_id desc nulls last
limit 1

-- name: lines(festival_id)
-- The row of each team. Species are those of public sightings whose place is exact.
select t.team_id, t.name, count(s.occurrence_id) as so_far,
    count(case when s.is_confirmed then 1 end) as confirmed,
    count(distinct s.observer_id) as people,
    count(distinct case when p.grid is null then p.taxon_id end) as species
from festival_team as t
left join festival_sighting as s on s.team_id = t.team_id and s.festival_id = t.festival_id
left join released_occurrence as p on p.occurrence_id = s.occurrence_id
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

-- name: add_team(team_id, festival_id, name, made_at)!
-- Add a team.
insert into festival_team (team_id, festival_id, name, made_at)
values (:team_id, :festival_id, :name, :made_at)

-- name: join(join_id, festival_id, team_id, device_id, joined_at)!
-- Move a browser to this team.
insert into festival_join (join_id, festival_id, team_id, device_id, joined_at)
values (:join_id, :festival_id, :team_id, :device_id, :joined_at)
