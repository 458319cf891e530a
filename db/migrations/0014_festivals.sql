-- Small festivals: who runs one when and where, its teams, and who joined which.

-- Days are of Asia/Shanghai; districts are codes apart by spaces, empty: the whole city. The code
-- is six digits, on the poster.
create table festival (
    festival_id uuid primary key,
    name text not null,
    code text not null unique,
    first_day date not null,
    last_day date not null,
    districts text not null,
    made_by uuid not null,
    made_at timestamptz not null,
    is_demo boolean not null,
    check (last_day >= first_day)
);

create table festival_team (
    team_id uuid primary key,
    festival_id uuid not null,
    name text not null,
    made_at timestamptz not null,
    unique (festival_id, name)
);

-- A browser joins a team before it has recorded anything; the latest row counts.
create table festival_join (
    join_id uuid primary key,
    festival_id uuid not null,
    team_id uuid not null,
    device_id uuid not null,
    joined_at timestamptz not null
);
create index festival_join_device on festival_join (device_id);
create index festival_join_festival on festival_join (festival_id);

-- The team of each observer: of the browser that joined last. What was recorded before joining, and
-- what a phone sends long after, counts by the time it was seen.
create view festival_member as
select distinct on (j.festival_id, d.observer_id) j.festival_id, d.observer_id, j.team_id
from festival_join as j join device as d on d.device_id = j.device_id
order by j.festival_id, d.observer_id, j.joined_at desc, j.join_id desc;

-- The sightings of a festival: seen on its days, in its districts, by its members. What was not
-- accepted or taken back is left out.
create view festival_sighting as
select m.festival_id, m.team_id, o.occurrence_id, m.observer_id, r.waiting_since, r.is_waiting,
    r.verification_status in ('plausible', 'accepted_considered_correct', 'accepted_correct')
        as is_confirmed
from festival_member as m
join festival as f on f.festival_id = m.festival_id
join occurrence as o on o.observer_id = m.observer_id
join event as e on e.event_id = o.event_id
join review as r on r.subject_id = o.occurrence_id
where cast(e.event_date at time zone 'Asia/Shanghai' as date) between f.first_day and f.last_day
    and (f.districts = '' or strpos(f.districts, e.district) > 0)
    and strpos(r.verification_status, 'not_accepted') <> 1
    and not (r.verification_status = 'unconfirmed' and r.release_status = 'withheld');
