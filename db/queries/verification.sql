-- name: review(subject_id)^
-- The current state of a subject.
select subject_id, kind, observer_id, submitted_at, verification_status, release_status,
    decision_id, is_waiting, waiting_since, is_demo
from review where subject_id = :subject_id

-- name: decisions(subject_id)
-- All decisions on a subject, oldest first.
select decision_id, subject_id, verdict, verification_status, release_status, is_waiting, reason,
    message, rules_out_sensitive, decided_by_staff, decided_by_observer, previous_decision_id,
    decided_at, batch_id
from decision where subject_id = :subject_id order by decided_at, decision_id

-- name: history(subject_id)
-- The history of a subject, oldest first: the names it was given, and every decision with the
-- member of staff who made it.
select h.said_at, h.verdict, h.reason, h.message, h.rules_out_sensitive, h.is_by_staff, h.username,
    h.vernacular_name, h.scientific_name, h.verbatim_name
from (
    select i.identified_at as said_at, 0 as place, i.identification_id as said_id,
        cast(null as text) as verdict, cast(null as text) as reason, '' as message,
        false as rules_out_sensitive, i.identified_by_staff is not null as is_by_staff,
        cast(null as text) as username, t.vernacular_name, t.scientific_name, i.verbatim_name
    from identification as i left join taxon as t on t.taxon_id = i.taxon_id
    where i.occurrence_id = :subject_id
    union all
    select d.decided_at, 1, d.decision_id, d.verdict, d.reason, d.message, d.rules_out_sensitive,
        d.decided_by_staff is not null, f.username, null, null, ''
    from decision as d left join staff as f on f.staff_id = d.decided_by_staff
    where d.subject_id = :subject_id
) as h
order by h.said_at, h.place, h.said_id

-- name: decisions_with(decision_ids)
-- These decisions.
select decision_id, subject_id, verdict, verification_status, release_status, is_waiting, reason,
    message, rules_out_sensitive, decided_by_staff, decided_by_observer, previous_decision_id,
    decided_at, batch_id
from decision where decision_id = any(cast(:decision_ids as uuid[]))

-- name: decision(decision_id)^
-- One decision.
select decision_id, subject_id, verdict, verification_status, release_status, is_waiting, reason,
    message, rules_out_sensitive, decided_by_staff, decided_by_observer, previous_decision_id,
    decided_at, batch_id
from decision where decision_id = :decision_id

-- name: last_decided_by(staff_id, most)^
-- The newest decision of a member of staff that no other followed, among their latest decisions: it
-- can be undone.
select d.decision_id, d.subject_id, d.verdict, d.verification_status, d.release_status,
    d.is_waiting, d.reason, d.message, d.rules_out_sensitive, d.decided_by_staff,
    d.decided_by_observer, d.previous_decision_id, d.decided_at, d.batch_id
from (
    select * from decision
    where decided_by_staff = :staff_id and verdict <> 'undo'
    order by decided_at desc nulls last, decision_id desc limit :most
) as d
join review as r on r.subject_id = d.subject_id and r.decision_id = d.decision_id
order by d.decided_at desc nulls last, d.decision_id desc limit 1

-- name: queue(kind, festival_id, asked_for, maximum, staff_id, now)
-- The subject asked for (place 0), then those that wait, the longest first: of one kind or both, or
-- of one festival where one is named; where a member of staff is named, without those that others
-- look at or are asked to, and those that they accepted and another is to look at. With each, the
-- number that wait of the kind in all.
select q.subject_id, q.kind, q.observer_id, q.submitted_at, q.verification_status, q.release_status,
    q.decision_id, q.is_waiting, q.waiting_since, q.is_demo, q.place,
    (select cast(count(*) as bigint) from review as a
     where a.is_waiting and (cast(:kind as text) is null or a.kind = :kind))
from (
    select r.*, 0 as place from review as r where r.subject_id = cast(:asked_for as uuid)
    union all
    select w.*, 1 as place
    from (
        select r.* from review as r
        where r.is_waiting and case
            when cast(:festival_id as uuid) is null
                then cast(:kind as text) is null or r.kind = :kind
            else r.subject_id in (
                select f.occurrence_id from festival_sighting as f
                where f.festival_id = cast(:festival_id as uuid))
        end
        and not exists (
            select 1 from held_review as l
            where l.subject_id = r.subject_id and l.staff_id <> cast(:staff_id as uuid)
                and l.until_at > cast(:now as timestamptz))
        and not exists (
            select 1 from decision as d
            where d.decision_id = r.decision_id and d.verdict = 'accept'
                and d.decided_by_staff = cast(:staff_id as uuid))
        order by r.waiting_since, r.subject_id limit :maximum
    ) as w
) as q
order by q.place, q.waiting_since, q.subject_id

-- name: filtered_queue(kind, festival_id, group_code, district, check_code, is_named, observer_id, taxon_id, text, waiting_before, turn, asked_for, maximum, staff_id, now)
-- The subject asked for (place 0), then those that wait and fit, the longest first, without the same
-- as in `queue`. With each, the number that fit in all. What is null or empty asks nothing.
with waiting as (
    select r.*, o.event_id, o.note
    from review as r left join occurrence as o on o.occurrence_id = r.subject_id
    where r.is_waiting and (cast(:kind as text) is null or r.kind = :kind)
        and (cast(:observer_id as uuid) is null
            or r.observer_id = cast(:observer_id as uuid))
        and (cast(:waiting_before as timestamptz) is null
            or r.waiting_since <= cast(:waiting_before as timestamptz))
),
named as (
    select distinct on (occurrence_id) occurrence_id, taxon_id, verbatim_name, group_code
    from identification where occurrence_id in (select w.subject_id from waiting as w)
    order by occurrence_id, identified_at desc, identification_id desc
),
fitting as (
    select w.*
    from waiting as w
    left join event as e on e.event_id = w.event_id
    left join observer as p on p.observer_id = w.observer_id
    left join named as i on i.occurrence_id = w.subject_id
    left join taxon as t on t.taxon_id = i.taxon_id
    where (cast(:group_code as text) is null
            or coalesce(t.group_code, i.group_code) = :group_code)
        and (cast(:district as text) is null or e.district = :district)
        and (cast(:taxon_id as uuid) is null or i.taxon_id = cast(:taxon_id as uuid))
        and (cast(:is_named as boolean) is null
            or w.kind = 'occurrence' and (i.taxon_id is not null) = cast(:is_named as boolean))
        and (cast(:check_code as text) is null or w.subject_id in (
            select c.occurrence_id from occurrence_check as c
            where c.code = :check_code and c.is_flag))
        and (cast(:festival_id as uuid) is null or w.subject_id in (
            select f.occurrence_id from festival_sighting as f
            where f.festival_id = cast(:festival_id as uuid)))
        and (:text = '' or strpos(lower(concat_ws(' ', i.verbatim_name, t.vernacular_name,
            t.scientific_name, t.english_name, w.note, p.nickname)), :text) > 0)
        and (cast(:turn as text) is null
            or cast(:turn as text) in ('mine', 'asked') and w.subject_id in (
                select f.subject_id from standing_referral as f
                where f.asked_of = cast(:staff_id as uuid))
            or cast(:turn as text) = 'mine' and exists (
                select 1 from assignment as a
                where a.staff_id = cast(:staff_id as uuid)
                    and (a.group_code is null
                        or a.group_code = coalesce(t.group_code, i.group_code))
                    and (a.district is null or a.district = e.district))
            or cast(:turn as text) = 'second' and exists (
                select 1 from decision as d
                where d.decision_id = w.decision_id and d.verdict = 'accept'))
)
select q.subject_id, q.kind, q.observer_id, q.submitted_at, q.verification_status, q.release_status,
    q.decision_id, q.is_waiting, q.waiting_since, q.is_demo, q.place,
    (select cast(count(*) as bigint) from fitting)
from (
    select r.subject_id, r.kind, r.observer_id, r.submitted_at, r.verification_status,
        r.release_status, r.decision_id, r.is_waiting, r.waiting_since, r.is_demo, 0 as place
    from review as r where r.subject_id = cast(:asked_for as uuid)
    union all
    select w.*, 1 as place
    from (
        select f.subject_id, f.kind, f.observer_id, f.submitted_at, f.verification_status,
            f.release_status, f.decision_id, f.is_waiting, f.waiting_since, f.is_demo
        from fitting as f
        where not exists (
            select 1 from held_review as l
            where l.subject_id = f.subject_id and l.staff_id <> cast(:staff_id as uuid)
                and l.until_at > cast(:now as timestamptz))
        and not exists (
            select 1 from decision as d
            where d.decision_id = f.decision_id and d.verdict = 'accept'
                and d.decided_by_staff = cast(:staff_id as uuid))
        order by f.waiting_since, f.subject_id limit :maximum
    ) as w
) as q
order by q.place, q.waiting_since, q.subject_id

-- name: subjects_ending(ending)
-- The subjects whose id ends with these digits: the number on a receipt is made of them.
select subject_id from review where right(cast(subject_id as text), 10) = :ending
order by submitted_at desc

-- name: end_leases(staff_id, now)!
-- End the leases of one member of staff, and those whose time is over.
delete from review_lease where staff_id = :staff_id or until_at <= :now

-- name: end_lease(subject_id)!
-- Nobody looks at this subject any more.
delete from review_lease where subject_id = :subject_id

-- name: add_leases(subject_ids, staff_id, until)
-- Lease those of these subjects that nobody has.
insert into review_lease (subject_id, staff_id, until_at)
select w.subject_id, cast(:staff_id as uuid), cast(:until as timestamptz)
from (select unnest(cast(:subject_ids as uuid[])) as subject_id) as w
where true
on conflict (subject_id) do nothing
returning subject_id

-- name: count_asked(observer_id)$
-- How many of an observer's sightings a verifier asks about.
select cast(count(*) as bigint) from review
where observer_id = :observer_id and kind = 'occurrence' and verification_status = 'queried'

-- name: count_waiting(kind)$
-- The number of waiting subjects.
select cast(count(*) as bigint) from review
where is_waiting and (cast(:kind as text) is null or kind = :kind)

-- name: first_waiting_since()^
-- Since when the first of the queue waits.
select waiting_since from review where is_waiting order by waiting_since, subject_id limit 1

-- name: open(subject_id, kind, observer_id, submitted_at, is_demo, worth)!
-- Add a subject at the end of the queue.
insert into review (subject_id, kind, observer_id, submitted_at, verification_status,
    release_status, is_waiting, waiting_since, is_demo, worth)
values (:subject_id, :kind, :observer_id, :submitted_at, 'unconfirmed', 'pending', true,
    :submitted_at, :is_demo, :worth)

-- name: add_decision(decision_id, subject_id, verdict, verification_status, release_status, is_waiting, reason, message, rules_out_sensitive, decided_by_staff, decided_by_observer, previous_decision_id, decided_at, batch_id)!
-- Append a decision.
insert into decision (decision_id, subject_id, verdict, verification_status, release_status,
    is_waiting, reason, message, rules_out_sensitive, decided_by_staff, decided_by_observer,
    previous_decision_id, decided_at, batch_id)
values (:decision_id, :subject_id, :verdict, :verification_status, :release_status, :is_waiting,
    :reason, :message, :rules_out_sensitive, :decided_by_staff, :decided_by_observer,
    :previous_decision_id, :decided_at, :batch_id)

-- name: move_review(subject_id, verification_status, release_status, decision_id, is_waiting, waiting_since)!
-- Store the subject's state after a decision.
update review set verification_status = :verification_status, release_status = :release_status,
    decision_id = :decision_id, is_waiting = :is_waiting, waiting_since = :waiting_since
where subject_id = :subject_id

-- name: alerts(kind, maximum)
-- The sightings that wait of protected or invasive taxa, the latest first.
select r.subject_id, r.waiting_since, t.taxon_id, t.scientific_name, t.vernacular_name,
    t.english_name, t.national_protection, t.is_invasive
from review as r
join (
    select distinct on (occurrence_id) occurrence_id, taxon_id
    from identification
    where occurrence_id in (select subject_id from review where is_waiting and kind = :kind)
    order by occurrence_id, identified_at desc, identification_id desc
) as i on i.occurrence_id = r.subject_id
join taxon as t on t.taxon_id = i.taxon_id
    and (t.national_protection is not null or t.is_invasive)
where r.is_waiting and r.kind = :kind
order by r.waiting_since desc, r.subject_id limit :maximum
