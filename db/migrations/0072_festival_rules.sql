-- How a festival counts: until when sightings are taken in, when its result is frozen, where (an area
-- drawn on the map: "longitude latitude" of each corner, apart by commas), what it looks for, and what
-- its organiser says of it. Null: as festivals were before, three days and fourteen, no area.
alter table festival add column upload_days integer;
alter table festival add column identification_days integer;
alter table festival add column area text;
alter table festival add column targets text;
alter table festival add column rules text;

-- A team that staff hide is on no board; the members of one that is merged belong to the other.
alter table festival_team add column is_hidden boolean;
alter table festival_team add column merged_into uuid;

-- A festival with everything that is said of it.
create view planned_festival as
select festival_id, name, code, first_day, last_day, districts, made_by, made_at, is_demo,
    coalesce(is_cancelled, false) as is_cancelled, coalesce(upload_days, 3) as upload_days,
    coalesce(identification_days, 14) as identification_days, coalesce(area, '') as area,
    coalesce(targets, '') as targets, coalesce(rules, '') as rules
from festival;

-- The team of each observer: of the browser that joined last, not after the last day. What was
-- recorded before joining counts by the time it was seen.
create or replace view festival_member as
select distinct on (j.festival_id, d.observer_id) j.festival_id, d.observer_id,
    coalesce(t.merged_into, j.team_id) as team_id
from festival_join as j
join device as d on d.device_id = j.device_id
join festival as f on f.festival_id = j.festival_id
join festival_team as t on t.team_id = j.team_id
where cast(j.joined_at at time zone 'Asia/Shanghai' as date) <= f.last_day
order by j.festival_id, d.observer_id, j.joined_at desc, j.join_id desc;

-- The sightings of a festival: seen on its days, in its districts, by its members, and received
-- before uploads end. What was not accepted or taken back is left out.
create or replace view festival_sighting as
select m.festival_id, m.team_id, o.occurrence_id, m.observer_id, r.waiting_since, r.is_waiting,
    r.verification_status in ('plausible', 'accepted_considered_correct', 'accepted_correct')
        as is_confirmed
from festival_member as m
join festival as f on f.festival_id = m.festival_id
join occurrence as o on o.observer_id = m.observer_id
join event as e on e.event_id = o.event_id
join review as r on r.subject_id = o.occurrence_id
where cast(e.event_date at time zone 'Asia/Shanghai' as date) between f.first_day and f.last_day
    and cast(o.submitted_at at time zone 'Asia/Shanghai' as date)
        <= f.last_day + coalesce(f.upload_days, 3)
    and (f.districts = '' or strpos(f.districts, e.district) > 0)
    and strpos(r.verification_status, 'not_accepted') <> 1
    and not (r.verification_status = 'unconfirmed' and r.release_status = 'withheld');
