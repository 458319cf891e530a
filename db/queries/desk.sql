-- What the desk does with many sightings at once.

-- name: wall_choices(staff_id, maximum)
-- The species of which most sightings wait that a wall can show.
select t.taxon_id, t.vernacular_name, t.scientific_name, w.sightings
from (
    select i.taxon_id, cast(count(*) as bigint) as sightings
    from review as r
    join current_identification as i on i.occurrence_id = r.subject_id
    where r.is_waiting and r.kind = 'occurrence' and r.decision_id is null
        and exists (select 1 from occurrence_media as m where m.occurrence_id = r.subject_id)
        and not exists (
            select 1 from staff_observer as s
            where s.staff_id = :staff_id and s.observer_id = r.observer_id)
    group by i.taxon_id
) as w
join taxon as t on t.taxon_id = w.taxon_id
order by w.sightings desc nulls last, t.scientific_name limit :maximum

-- name: for_wall(taxon_id, festival_id, staff_id, now, without, maximum)
-- The sightings of a species or of a festival that wait for a wall, the longest first: with a name and
-- a photo, never decided, not leased to others, not by the verifier.
select r.subject_id, r.decision_id
from review as r
join current_identification as i on i.occurrence_id = r.subject_id
where r.is_waiting and r.kind = 'occurrence' and r.decision_id is null
    and i.taxon_id is not null
    and (cast(:taxon_id as uuid) is null or i.taxon_id = cast(:taxon_id as uuid))
    and (cast(:festival_id as uuid) is null or r.subject_id in (
        select f.occurrence_id from festival_sighting as f
        where f.festival_id = cast(:festival_id as uuid)))
    and exists (select 1 from occurrence_media as m where m.occurrence_id = r.subject_id)
    and not exists (
        select 1 from held_review as l
        where l.subject_id = r.subject_id and l.staff_id <> :staff_id and l.until_at > :now)
    and not exists (
        select 1 from staff_observer as s
        where s.staff_id = :staff_id and s.observer_id = r.observer_id)
    and r.subject_id <> all(cast(:without as uuid[]))
order by r.waiting_since, r.subject_id limit :maximum

-- name: looked_at_by_others(subject_ids, staff_id, now)
-- Those of the subjects that others look at, or are asked to.
select subject_id from held_review
where subject_id = any(cast(:subject_ids as uuid[])) and until_at > :now
    and (cast(:staff_id as uuid) is null or staff_id <> cast(:staff_id as uuid))

-- name: standing(batch_id, maximum)
-- The decisions of a batch that no other followed.
select d.subject_id, d.decision_id
from decision as d
join review as r on r.subject_id = d.subject_id and r.decision_id = d.decision_id
where d.batch_id = :batch_id
order by d.decided_at, d.decision_id limit :maximum

-- name: last_batch(staff_id)^
-- The batch of the latest decision of a member of staff, and how many of its decisions stand; nothing
-- where that decision is of no batch.
select d.batch_id, cast(count(r.subject_id) as bigint)
from decision as d
left join review as r on r.subject_id = d.subject_id and r.decision_id = d.decision_id
where d.batch_id = (
    select l.batch_id from (
        select * from decision where decided_by_staff = :staff_id
        order by decided_at desc nulls last, decision_id desc limit 1
    ) as l where l.verdict = 'accept')
group by d.batch_id having count(r.subject_id) > 0

-- name: assignments()
-- All assignments, the oldest first.
select assignment_id, staff_id, group_code, district from assignment
order by made_at, assignment_id

-- name: add_assignment(assignment_id, staff_id, group_code, district, made_by, made_at)!
-- Add an assignment.
insert into assignment (assignment_id, staff_id, group_code, district, made_by, made_at)
values (:assignment_id, :staff_id, :group_code, :district, :made_by, :made_at)

-- name: drop_assignment(assignment_id)!
-- End an assignment.
delete from assignment where assignment_id = :assignment_id

-- name: referral(subject_id, now)^
-- Who asks whom about a subject that waits, until when.
select f.subject_id, f.asked_by, b.username, f.asked_of, o.username, f.words, f.until_at
from standing_referral as f
join staff as b on b.staff_id = f.asked_by
join staff as o on o.staff_id = f.asked_of
where f.subject_id = :subject_id and f.until_at > :now

-- name: put_referral(subject_id, decision_id, asked_by, asked_of, words, asked_at, until_at)!
-- Ask somebody about a subject, in the place of who was asked before.
insert into referral (subject_id, decision_id, asked_by, asked_of, words, asked_at, until_at)
values (:subject_id, :decision_id, :asked_by, :asked_of, :words, :asked_at, :until_at)
on conflict (subject_id) do update set decision_id = excluded.decision_id,
    asked_by = excluded.asked_by, asked_of = excluded.asked_of, words = excluded.words,
    asked_at = excluded.asked_at, until_at = excluded.until_at

-- name: replies()
-- All replies, the oldest first.
select reply_id, verdict, group_code, audience, words from reply order by added_at, reply_id

-- name: put_reply(reply_id, verdict, group_code, audience, words, changed_by, changed_at)!
-- Add a reply, or change the one with its id.
insert into reply (reply_id, verdict, group_code, audience, words, added_at, changed_by, changed_at)
values (:reply_id, :verdict, :group_code, :audience, :words, :changed_at, :changed_by, :changed_at)
on conflict (reply_id) do update set verdict = excluded.verdict, group_code = excluded.group_code,
    audience = excluded.audience, words = excluded.words, changed_by = excluded.changed_by,
    changed_at = excluded.changed_at

-- name: drop_reply(reply_id)!
-- Remove a reply.
delete from reply where reply_id = :reply_id

-- name: asked_before(moment, maximum)
-- What was asked before a moment and was not answered since.
select r.subject_id
from review as r
join decision as d on d.decision_id = r.decision_id
where r.verification_status = 'queried' and d.decided_at < :moment
order by d.decided_at, r.subject_id limit :maximum

-- name: rules()
-- All rules, the newest first.
select rule_id, group_code, taxon_id, district, least_accepted, rare_too, may_flag, error_limit,
    is_on, made_at, ended_at
from auto_rule order by made_at desc nulls last, rule_id

-- name: add_rule(rule_id, group_code, taxon_id, district, least_accepted, rare_too, may_flag, error_limit, is_on, made_by, made_at, ended_at)!
-- Add a rule.
insert into auto_rule (rule_id, group_code, taxon_id, district, least_accepted, rare_too, may_flag,
    error_limit, is_on, made_by, made_at, ended_at)
values (:rule_id, :group_code, :taxon_id, :district, :least_accepted, :rare_too, :may_flag,
    :error_limit, :is_on, :made_by, :made_at, :ended_at)

-- name: switch_rule(rule_id, is_on, ended_at)!
-- Switch a rule on or off; the moment at which it ended itself stays.
update auto_rule set is_on = :is_on, ended_at = coalesce(cast(:ended_at as timestamptz), ended_at)
where rule_id = :rule_id

-- name: outcomes(rule_id)
-- Of each audited sighting that is decided whether it was wrong, the first decided first.
select is_wrong from audit_outcome
where rule_id = :rule_id and (is_wrong or is_right) order by decided_at, subject_id

-- name: met(rule_id)$
-- How many sightings a rule has accepted, or kept for the audit.
select cast((select count(*) from decision where batch_id = :rule_id)
    + (select count(*) from audit where rule_id = :rule_id) as bigint)

-- name: audited(subject_ids)
-- Those of the subjects that are kept for an audit.
select subject_id from audit where subject_id = any(cast(:subject_ids as uuid[]))

-- name: add_audit(subject_id, rule_id, taxon_id, chosen_at)!
-- Keep a sighting for the audit.
insert into audit (subject_id, rule_id, taxon_id, chosen_at)
values (:subject_id, :rule_id, :taxon_id, :chosen_at)

-- name: candidates(group_code, taxon_id, district, maximum)
-- What waits, was never decided, has a photo and is what a rule is about, the longest waiting first.
select r.subject_id, r.observer_id, i.taxon_id, t.group_code, e.district, t.tier <> 1,
    t.sensitive_category is not null or t.national_protection is not null or t.is_invasive,
    (select string_agg(c.code, ',') from occurrence_check as c
     where c.occurrence_id = r.subject_id and c.is_flag)
from review as r
join occurrence as o on o.occurrence_id = r.subject_id
join event as e on e.event_id = o.event_id
join current_identification as i on i.occurrence_id = r.subject_id
join taxon as t on t.taxon_id = i.taxon_id
where r.is_waiting and r.kind = 'occurrence' and r.decision_id is null
    and t.group_code = :group_code
    and (cast(:taxon_id as uuid) is null or t.taxon_id = cast(:taxon_id as uuid))
    and (cast(:district as text) is null or e.district = cast(:district as text))
    and exists (select 1 from occurrence_media as m where m.occurrence_id = r.subject_id)
    and not exists (select 1 from audit as a where a.subject_id = r.subject_id)
order by r.waiting_since, r.subject_id limit :maximum

-- name: tracks(group_code, observer_ids)
-- How verifiers decided on these observers' sightings of a group.
select observer_id, cast(count(*) filter (where is_right) as bigint),
    cast(count(*) filter (where is_wrong) as bigint)
from judged_sighting
where observer_id = any(cast(:observer_ids as uuid[])) and group_code = :group_code
group by observer_id

-- name: places_known(taxon_ids)
-- The districts in which these taxa were accepted.
select distinct taxon_id, district from released_occurrence
where taxon_id = any(cast(:taxon_ids as uuid[])) and grid is null
    and verification_status in ('accepted_considered_correct', 'accepted_correct')

-- name: past(group_code, maximum)
-- The latest sightings of a group that staff decided, as they came.
select j.subject_id, j.observer_id, j.submitted_at, j.decided_at, j.taxon_id, j.group_code,
    j.district, j.is_rare, j.is_special,
    exists (select 1 from occurrence_media as m where m.occurrence_id = j.subject_id),
    (select string_agg(c.code, ',') from occurrence_check as c
     where c.occurrence_id = j.subject_id and c.is_flag),
    j.is_right, j.is_wrong
from judged_sighting as j
where j.group_code = :group_code
order by j.submitted_at desc nulls last, j.subject_id limit :maximum

-- name: tallies()
-- What each rule has done: accepted, overturned since, kept for the audit; of those audited and
-- decided the wrong ones, and all.
select u.rule_id, coalesce(d.accepted, 0), coalesce(d.overturned, 0), coalesce(k.kept, 0),
    coalesce(a.wrong, 0), coalesce(a.audited, 0)
from auto_rule as u
left join (
    select d.batch_id, cast(count(*) as bigint) as accepted,
        cast(count(*) filter (where r.decision_id <> d.decision_id
            and strpos(r.verification_status, 'accepted') <> 1) as bigint) as overturned
    from auto_rule as w
    join decision as d on d.batch_id = w.rule_id
    join review as r on r.subject_id = d.subject_id
    group by d.batch_id
) as d on d.batch_id = u.rule_id
left join (
    select k.rule_id, cast(count(*) as bigint) as kept
    from auto_rule as w join audit as k on k.rule_id = w.rule_id group by k.rule_id
) as k on k.rule_id = u.rule_id
left join (
    select o.rule_id, cast(count(*) filter (where o.is_wrong) as bigint) as wrong,
        cast(count(*) as bigint) as audited
    from auto_rule as w join audit_outcome as o on o.rule_id = w.rule_id
    where o.is_wrong or o.is_right group by o.rule_id
) as a on a.rule_id = u.rule_id

-- name: waiting(actions)
-- What waits, by district and group; actions together.
select w.district, w.group_code, cast(count(*) as bigint), min(w.waiting_since)
from (
    select e.district, r.waiting_since, (
        select coalesce(t.group_code, i.group_code)
        from identification as i left join taxon as t on t.taxon_id = i.taxon_id
        where i.occurrence_id = r.subject_id
        order by i.identified_at desc nulls last, i.identification_id desc limit 1
    ) as group_code
    from review as r
    join occurrence as o on o.occurrence_id = r.subject_id
    join event as e on e.event_id = o.event_id
    where r.is_waiting and r.kind = 'occurrence'
) as w
group by w.district, w.group_code
union all
select null, cast(:actions as text), cast(count(*) as bigint), min(waiting_since)
from review where is_waiting and kind = 'action' having count(*) > 0

-- name: work(worked_since)
-- The decisions of each member of staff a day (Asia/Shanghai), and how many of theirs another member
-- overturned on that day.
with recent as (
    select d.*, cast(d.decided_at at time zone 'Asia/Shanghai' as date) as day
    from decision as d
    where d.decided_at >= :worked_since and d.decided_by_staff is not null
)
select s.username, w.day, cast(sum(w.decisions) as bigint), cast(sum(w.overturned) as bigint)
from (
    select decided_by_staff as staff_id, day, count(*) as decisions, 0 as overturned
    from recent group by decided_by_staff, day
    union all
    select b.decided_by_staff, r.day, 0, count(*)
    from recent as r join decision as b on b.decision_id = r.previous_decision_id
    where b.decided_by_staff <> r.decided_by_staff
        and (b.verdict in ('accept', 'plausible') and r.verdict in ('reject', 'undo')
            or b.verdict = 'reject' and r.verdict in ('accept', 'plausible', 'undo'))
    group by b.decided_by_staff, r.day
) as w
join staff as s on s.staff_id = w.staff_id
group by s.username, w.day
order by w.day desc nulls last, s.username
