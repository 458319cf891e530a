-- Keeping order among those who contribute.

-- name: nickname(observer_id)$
-- The nickname of an observer.
select nickname from observer where observer_id = :observer_id and erased_at is null

-- name: suspension_of(observer_id, now)
-- The suspensions of somebody that run.
select s.suspension_id, s.observer_id, o.nickname, s.reason, s.until_at, s.decided_at, f.username
from standing_suspension as s
join observer as o on o.observer_id = s.observer_id
left join staff as f on f.staff_id = s.decided_by
where s.observer_id = :observer_id and s.until_at > :now
order by s.decided_at desc

-- name: suspensions(now, maximum)
-- All that run, the latest first.
select s.suspension_id, s.observer_id, o.nickname, s.reason, s.until_at, s.decided_at, f.username
from standing_suspension as s
join observer as o on o.observer_id = s.observer_id
left join staff as f on f.staff_id = s.decided_by
where s.until_at > :now
order by s.decided_at desc limit :maximum

-- name: suspend(suspension_id, observer_id, reason, until_at, lifts, decided_by, decided_at)!
-- Add a suspension, or what lifts one.
insert into suspension (suspension_id, observer_id, reason, until_at, lifts, decided_by, decided_at)
values (:suspension_id, :observer_id, :reason, :until_at, :lifts, :decided_by, :decided_at)

-- name: waiting_of(observer_id, maximum)
-- What of somebody waits for the desk.
select subject_id, kind, decision_id from review
where observer_id = :observer_id and is_waiting
order by waiting_since, subject_id limit :maximum

-- name: sets_aside(maximum)
-- What was set aside together, the latest first, with how much of it nobody decided on since.
select a.set_aside_id, coalesce(o.nickname, ''), a.decided_at, f.username,
    (select cast(count(*) as integer) from decision as d where d.batch_id = a.set_aside_id),
    (select cast(count(*) as integer)
     from decision as d
     join review as r on r.subject_id = d.subject_id and r.decision_id = d.decision_id
     where d.batch_id = a.set_aside_id)
from (select * from set_aside order by decided_at desc limit :maximum) as a
left join observer as o on o.observer_id = a.observer_id
left join staff as f on f.staff_id = a.decided_by
order by a.decided_at desc

-- name: standing_of(set_aside_id)
-- What was set aside together and not decided on since.
select r.subject_id, r.kind, r.decision_id
from decision as d
join review as r on r.subject_id = d.subject_id and r.decision_id = d.decision_id
where d.batch_id = :set_aside_id
order by r.waiting_since, r.subject_id

-- name: set_aside(set_aside_id, observer_id, decided_by, decided_at)!
-- Add what is set aside together; its decisions have it for their batch.
insert into set_aside (set_aside_id, observer_id, decided_by, decided_at)
values (:set_aside_id, :observer_id, :decided_by, :decided_at)

-- name: people_who_flag(occurrence_id, now)$
-- How many people flag a sighting since staff last decided on it; none suspended.
select cast(count(distinct g.observer_id) as integer)
from flag as g
where g.occurrence_id = :occurrence_id
    and g.flagged_at > coalesce((
        select max(d.decided_at) from decision as d
        where d.subject_id = :occurrence_id and d.decided_by_staff is not null
    ), timestamptz '1970-01-01')
    and not exists (
        select 1 from standing_suspension as b
        where b.observer_id = g.observer_id and b.until_at > :now)

-- name: flagged(now, since)
-- Flags since a moment that staff have not answered by a decision, each person's newest of a
-- sighting, with its name.
with fresh as (
    select distinct on (g.occurrence_id, g.observer_id) g.occurrence_id, g.observer_id, g.reason,
        g.flagged_at
    from flag as g where g.flagged_at > :since
    order by g.occurrence_id, g.observer_id, g.flagged_at desc, g.flag_id desc
)
select g.occurrence_id, coalesce(r.vernacular_name, r.scientific_name, ''), g.reason, g.flagged_at
from fresh as g
join released_occurrence as r on r.occurrence_id = g.occurrence_id
where not exists (
        select 1 from decision as d
        where d.subject_id = g.occurrence_id and d.decided_by_staff is not null
            and d.decided_at >= g.flagged_at
    )
    and not exists (
        select 1 from standing_suspension as b
        where b.observer_id = g.observer_id and b.until_at > :now)
order by g.flagged_at

-- name: flag(flag_id, occurrence_id, observer_id, reason, flagged_at)!
-- Add what somebody finds wrong.
insert into flag (flag_id, occurrence_id, observer_id, reason, flagged_at)
values (:flag_id, :occurrence_id, :observer_id, :reason, :flagged_at)

-- name: appeals_about(subject_id)
-- The appeals about a suspension or a record.
select appeal_id, observer_id, nickname, kind, subject_id, words, sent_at, answer, answered_at
from told_appeal where subject_id = :subject_id order by sent_at desc

-- name: appeals_of(observer_id)
-- The appeals of somebody.
select appeal_id, observer_id, nickname, kind, subject_id, words, sent_at, answer, answered_at
from told_appeal where observer_id = :observer_id order by sent_at desc

-- name: open_appeals(maximum)
-- The appeals without an answer, the longest waiting first.
select appeal_id, observer_id, nickname, kind, subject_id, words, sent_at, answer, answered_at
from told_appeal where is_open order by sent_at limit :maximum

-- name: appeal(appeal_id, observer_id, kind, subject_id, words, sent_at)!
-- Add an appeal.
insert into appeal (appeal_id, observer_id, kind, subject_id, words, sent_at)
values (:appeal_id, :observer_id, :kind, :subject_id, :words, :sent_at)

-- name: answer(appeal_id, words, answered_by, answered_at)!
-- Add the answer to an appeal.
insert into appeal_answer (appeal_id, words, answered_by, answered_at)
values (:appeal_id, :words, :answered_by, :answered_at)
