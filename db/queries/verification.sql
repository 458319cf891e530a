-- name: review(subject_id)^
-- Where a subject stands.
select subject_id, kind, observer_id, submitted_at, verification_status, release_status,
    decision_id, is_waiting, waiting_since, is_demo
from review where subject_id = :subject_id

-- name: decisions(subject_id)
-- Everything said of a subject, oldest first.
select decision_id, subject_id, verdict, verification_status, release_status, is_waiting, reason,
    message, rules_out_sensitive, decided_by_staff, decided_by_observer, previous_decision_id,
    decided_at
from decision where subject_id = :subject_id order by decided_at, decision_id

-- name: decision(decision_id)^
-- One decision.
select decision_id, subject_id, verdict, verification_status, release_status, is_waiting, reason,
    message, rules_out_sensitive, decided_by_staff, decided_by_observer, previous_decision_id,
    decided_at
from decision where decision_id = :decision_id

-- name: last_decided_by(staff_id)^
-- What a member of staff decided last and nobody has decided since: what can be undone.
select d.decision_id, d.subject_id, d.verdict, d.verification_status, d.release_status,
    d.is_waiting, d.reason, d.message, d.rules_out_sensitive, d.decided_by_staff,
    d.decided_by_observer, d.previous_decision_id, d.decided_at
from decision as d
where d.decided_by_staff = :staff_id and d.verdict <> 'undo'
    and d.decision_id = (select r.decision_id from review as r where r.subject_id = d.subject_id)
order by d.decided_at desc nulls last, d.decision_id desc limit 1

-- name: queue(kind, maximum)
-- What waits, the longest first.
select subject_id, kind, observer_id, submitted_at, verification_status, release_status,
    decision_id, is_waiting, waiting_since, is_demo
from review
where is_waiting and (cast(:kind as text) is null or kind = :kind)
order by waiting_since, subject_id limit :maximum

-- name: count_waiting(kind)$
-- How many wait.
select cast(count(*) as bigint) from review
where is_waiting and (cast(:kind as text) is null or kind = :kind)

-- name: open(subject_id, kind, observer_id, submitted_at, is_demo, worth)!
-- A new subject at the end of the queue.
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
-- The subject's state after a decision.
update review set verification_status = :verification_status, release_status = :release_status,
    decision_id = :decision_id, is_waiting = :is_waiting, waiting_since = :waiting_since
where subject_id = :subject_id
