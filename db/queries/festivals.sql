-- name: festivals()
-- Every festival, the latest first.
select * from planned_festival order by first_day desc nulls last, made_at desc nulls last limit 200

-- name: festival(festival_id)^
-- One festival.
select * from planned_festival where festival_id = :festival_id

-- name: by_code(code)^
-- The festival with these six digits.
select * from planned_festival where code = :code

-- name: current(today)^
-- A festival that runs, else the next, else the last; not one that was cancelled.
select * from planned_festival
where not is_cancelled
order by case
        when cast(:today as date) between first_day and last_day then 0
        when first_day > cast(:today as date) then 1
        else 2
    end,
    case when first_day > cast(:today as date) then first_day end asc nulls last,
    last_day desc nulls last, made_at desc nulls last
limit 1

-- name: teams(festival_id)
-- The teams of a festival, but for those that were merged into another.
select team_id, festival_id, name, coalesce(is_hidden, false) from festival_team
where festival_id = :festival_id and merged_into is null order by name, team_id

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
select f.*, t.team_id, t.festival_id, t.name
from festival_join as j
join planned_festival as f on f.festival_id = j.festival_id
join festival_team as was on was.team_id = j.team_id
join festival_team as t on t.team_id = coalesce(was.merged_into, was.team_id)
where j.device_id = :device_id and f.last_day >= cast(:today as date) and not f.is_cancelled
order by j.joined_at desc nulls last, j.join_id desc nulls last
limit 1

-- name: entries(festival_ids)
-- The sightings that may count for these festivals, for everyone: what is public with its exact place,
-- by its public day and district, and what waits and would be public so; seen on its days by its
-- members and received before uploads end. Whatever is hidden or would be (a sensitive taxon, the
-- observer's wish, no species, withheld, sealed) is not among them, before its release or after.
with member as (
    select m.festival_id, m.team_id, m.observer_id, f.first_day, f.last_day, f.districts,
        f.last_day + f.upload_days as last_upload
    from festival_member as m join planned_festival as f on f.festival_id = m.festival_id
    where m.festival_id = any(cast(:festival_ids as uuid[]))
), shown as (
    select m.festival_id, m.team_id, m.observer_id, p.occurrence_id, p.public_id, p.taxon_id,
        o.event_id, o.submitted_at,
        p.verification_status in ('plausible', 'accepted_considered_correct', 'accepted_correct')
            as is_confirmed, m.first_day, m.last_day
    from member as m
    join occurrence as o on o.observer_id = m.observer_id
    join released_occurrence as p on p.occurrence_id = o.occurrence_id
    where p.grid is null and p.event_day between m.first_day and m.last_day
        and cast(o.submitted_at at time zone 'Asia/Shanghai' as date) <= m.last_upload
        and (m.districts = '' or strpos(m.districts, p.district) > 0)
    union all
    select m.festival_id, m.team_id, m.observer_id, o.occurrence_id, null, i.taxon_id, o.event_id,
        o.submitted_at, false, m.first_day, m.last_day
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
        and cast(o.submitted_at at time zone 'Asia/Shanghai' as date) <= m.last_upload
        and (m.districts = '' or strpos(m.districts, e.district) > 0)
)
select s.festival_id, s.team_id, s.observer_id, s.occurrence_id, s.public_id, s.taxon_id, c.genus,
    c.species, t.group_code, t.scientific_name, t.vernacular_name, t.english_name, e.event_date,
    s.submitted_at, e.decimal_latitude, e.decimal_longitude, e.district, s.is_confirmed,
    e.is_time_known, b.joined_at,
    (select string_agg(k.sha256 || ':' || coalesce((
            select min(u.perceptual_hash) from media as u where u.sha256 = k.sha256), ''), ' ')
        from occurrence_media as k where k.occurrence_id = s.occurrence_id),
    exists (
        select 1 from occurrence_media as own
        join occurrence_media as other on other.sha256 = own.sha256
        join occurrence as elsewhere on elsewhere.occurrence_id = other.occurrence_id
        join released_occurrence as p on p.occurrence_id = other.occurrence_id
        where own.occurrence_id = s.occurrence_id and p.grid is null
            and elsewhere.observer_id <> s.observer_id and elsewhere.submitted_at < s.submitted_at
    ),
    exists (
        select 1 from earlier_event as g join event as was on was.event_id = g.event_id
        where g.occurrence_id = s.occurrence_id
            and cast(was.event_date at time zone 'Asia/Shanghai' as date)
                not between s.first_day and s.last_day
    )
from shown as s
join event as e on e.event_id = s.event_id
join counted_taxon as c on c.taxon_id = s.taxon_id
join taxon as t on t.taxon_id = s.taxon_id
join observer as b on b.observer_id = s.observer_id

-- name: teams_of(festival_ids)
-- The teams of these festivals, but for those that were merged into another.
select team_id, festival_id, name, coalesce(is_hidden, false) from festival_team
where festival_id = any(cast(:festival_ids as uuid[])) and merged_into is null

-- name: pasts(observer_ids, until)
-- What verifiers decided, until a moment, of the sightings of these observers that are not hidden: of
-- each observer and group how many, how many were accepted, and how many of those as they were named.
select o.observer_id, t.group_code, count(*) as judged,
    count(case when r.release_status = 'released' then 1 end) as accepted,
    count(case when r.release_status = 'released' and i.taxon_id = f.taxon_id then 1 end) as as_named
from review as r
join occurrence as o on o.occurrence_id = r.subject_id
join event as e on e.event_id = o.event_id
join decision as d on d.decision_id = r.decision_id
join current_identification as i on i.occurrence_id = r.subject_id
join taxon as t on t.taxon_id = i.taxon_id
join (
    select distinct on (n.occurrence_id) n.occurrence_id, n.taxon_id
    from identification as n join occurrence as p on p.occurrence_id = n.occurrence_id
    where p.observer_id = any(cast(:observer_ids as uuid[]))
    order by n.occurrence_id, n.identified_at, n.identification_id
) as f on f.occurrence_id = r.subject_id
where r.observer_id = any(cast(:observer_ids as uuid[])) and d.decided_at <= :until
    and not e.hides_exact_place and t.sensitive_category is null
    and ((r.release_status = 'released' and r.verification_status in (
            'accepted_considered_correct', 'accepted_correct', 'plausible'))
        or r.verification_status in ('not_accepted_incorrect', 'not_accepted_unable_to_verify'))
group by o.observer_id, t.group_code

-- name: gaps(districts, months, at_least)
-- Of each taxon that is not sensitive and was recorded in the season in the city, :at_least times: how
-- often, how often here at any time, and when here last; from what is public with an exact place.
select s.taxon_id,
    count(case when extract(month from s.event_day) = any(cast(:months as integer[])) then 1 end),
    count(case when s.is_here then 1 end), max(case when s.is_here then s.event_day end)
from (
    select taxon_id, event_day, (:districts = '' or strpos(:districts, district) > 0) as is_here
    from released_occurrence where grid is null
    union all
    select taxon_id, first_day, (:districts = '' or strpos(:districts, district) > 0)
    from released_survey_occurrence where grid is null
) as s
join taxon as t on t.taxon_id = s.taxon_id
where t.sensitive_category is null
group by s.taxon_id
having count(case when extract(month from s.event_day) = any(cast(:months as integer[])) then 1 end)
    >= :at_least

-- name: sheets(festival_ids)
-- The signed results of these festivals, in their order.
select festival_id, number, content, records, signature, made_at from festival_sheet
where festival_id = any(cast(:festival_ids as uuid[])) order by festival_id, number

-- name: latest_sheet(festival_id)^
-- The last signed result of a festival.
select festival_id, number, content, records, signature, made_at from festival_sheet
where festival_id = :festival_id order by number desc limit 1

-- name: add_sheet(festival_id, number, content, records, signature, made_at)!
-- Add a signed result.
insert into festival_sheet (festival_id, number, content, records, signature, made_at)
values (:festival_id, :number, :content, :records, :signature, :made_at)

-- name: add_festival(festival_id, name, code, first_day, last_day, districts, made_by, made_at, is_demo, upload_days, identification_days, area, targets, rules)!
-- Add a festival.
insert into festival (festival_id, name, code, first_day, last_day, districts, made_by, made_at,
    is_demo, upload_days, identification_days, area, targets, rules)
values (:festival_id, :name, :code, :first_day, :last_day, :districts, :made_by, :made_at, :is_demo,
    :upload_days, :identification_days, :area, :targets, :rules)

-- name: change_festival(festival_id, name, first_day, last_day, districts, is_cancelled, upload_days, identification_days, area, targets, rules)!
-- Change what staff may change of a festival.
update festival set name = :name, first_day = :first_day, last_day = :last_day,
    districts = :districts, is_cancelled = :is_cancelled, upload_days = :upload_days,
    identification_days = :identification_days, area = :area, targets = :targets, rules = :rules
where festival_id = :festival_id

-- name: add_team(team_id, festival_id, name, made_at)!
-- Add a team.
insert into festival_team (team_id, festival_id, name, made_at)
values (:team_id, :festival_id, :name, :made_at)

-- name: change_team(team_id, name, is_hidden)!
-- Give a team another name, or hide it.
update festival_team set name = :name, is_hidden = :is_hidden where team_id = :team_id

-- name: merge_team(team_id, into_id)!
-- Let the members of a team, and of those that were merged into it, belong to another.
update festival_team set merged_into = :into_id
where team_id = :team_id or merged_into = :team_id

-- name: join(join_id, festival_id, team_id, device_id, joined_at)!
-- Move a browser to this team.
insert into festival_join (join_id, festival_id, team_id, device_id, joined_at)
values (:join_id, :festival_id, :team_id, :device_id, :joined_at)
