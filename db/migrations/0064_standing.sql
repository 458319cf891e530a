-- Suspensions that were not lifted; whether one still runs, its `until_at` says.
create view standing_suspension as
select s.suspension_id, s.observer_id, s.reason, s.until_at, s.decided_by, s.decided_at
from suspension as s
where s.lifts is null
    and not exists (select 1 from suspension as l where l.lifts = s.suspension_id);

-- Appeals with whose they are and, where there is one, the answer.
create view told_appeal as
select a.appeal_id, a.observer_id, coalesce(o.nickname, '') as nickname, a.kind, a.subject_id,
    a.words, a.sent_at, n.words as answer, n.answered_at,
    n.appeal_id is null as is_open
from appeal as a
left join appeal_answer as n on n.appeal_id = a.appeal_id
left join observer as o on o.observer_id = a.observer_id;
