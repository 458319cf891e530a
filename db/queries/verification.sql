-- name: review(subject_id)^
-- The current state of a subject.
select subject_id, kind, observer_id, submitted_at, verification_status, release_status,
    decision_id, is_waiting, waiting_since, is_demo
from review where subject_id = :subject_id

-- name: decisions(subject_id)
-- All decisions on a subject, oldest first.
select decision_id, subject_id, verdict, verification_status, release_status, is_waiting, reason,
    message, rules_out_sensitive, decided_by_staff, decided_by_observer, previous_decision_id,
    decided_at
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
    decided_at
from decision where decision_id = any(cast(:decision_ids as uuid[]))

-- name: decision(decision_id)^
-- One decision.
select decision_id, subject_id, verdict, verification_status, release_status, is_waiting, reason,
    message, rules_out_sensitive, decided_by_staff, decided_by_observer, previous_decision_id,
    decided_at
from decision where decision_id = :decision_id

-- name: last_decided_by(staff_id, most)^
-- The newest decision of a member of staff that no other followed, among their latest decisions: it
-- can be undone.
select d.decision_id, d.subject_id, d.verdict, d.verification_status, d.release_status,
    d.is_waiting, d.reason, d.message, d.rules_out_sensitive, d.decided_by_staff,
    d.decided_by_observer, d.previous_decision_id, d.decided_at
from (
    select * from decision
    where decided_by_staff = :staff_id and verdict <> 'undo'
    order by decided_at desc nulls last, decision_id desc limit :most
) as d
join review as r on r.subject_id = d.subject_id and r.decision_id = d.decision_id
order by d.decided_at desc nulls last, d.decision_id desc limit 1

-- name: queue(kind, festival_id, asked_for, maximum)
-- The subject asked for (place 0), then those that wait, the longest first: of one kind or both, or
-- of one festival where one is named; with each, the number that wait of the kind in all.
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
        order by r.waiting_since, r.subject_id limit :maximum
    ) as w
) as q
order by q.place, q.waiting_since, q.subject_id

-- name: count_waiting(kind)$
-- The number of waiting subjects.
select cast(count(*) as bigint) from review
where is_waiting and (cast(:kind as text) is null or kind = :kind)

-- name: open(subject_id, kind, observer_id, submitted_at, is_demo, worth)!
-- Add a subject at the end of the queue.
insert into review (subject_id, kind, observer_id, submitted_at, verification_status,
    release_status, is_waiting, waiting_since, is_demo, worth)
values (:subject_id, :kind, :observer_id, :submitted_at, 'unconfirmed', 'pending', true,
    :submitted_at, :is_demo, :worth)

-- name: add_decision(decision_id, subject_id, verdict, verification_status, release_status, is_waiting, reason, message, rules_out_sensitive, decided_by_staff, decided_by_observer, previous_decision_id, decided_at)!
-- Append a decision.
insert into decision (decision_id, subject_id, verdict, verification_status, release_status,
    is_waiting, reason, message, rules_out_sensitive, decided_by_staff, decided_by_observer,
    previous_decision_id, decided_at)
values (:decision_id, :subject_id, :verdict, :verification_status, :release_status, :is_waiting,
    :reason, :message, :rules_out_sensitive, :decided_by_staff, :decided_by_observer,
    :previous_decision_id, :decided_at)

-- name: move_review(subject_id, verification_status, release_status, decision_id, is_waiting, waiting_since)!
-- Store the subject's state after a decision.
update review set verification_status = :verification_status, release_status = :release_status,
    decision_id = :decision_id, is_waiting = :is_waiting, waiting_since = :waiting_since
where subject_id = :subject_id
