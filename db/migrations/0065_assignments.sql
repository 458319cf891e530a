-- Whose work a group, a district, or a group in a district is; and what one verifier asks of another.

create table assignment (
    assignment_id uuid primary key,
    staff_id uuid not null,
    group_code text,
    district text,
    made_by uuid,
    made_at timestamptz not null,
    check (group_code is not null or district is not null)
);

-- A subject that waits is another verifier's for a while. The next decision on it ends that.
create table referral (
    subject_id uuid primary key,
    decision_id uuid,
    asked_by uuid not null,
    asked_of uuid not null,
    words text not null,
    asked_at timestamptz not null,
    until_at timestamptz not null
);

create view standing_referral as
select f.subject_id, f.asked_by, f.asked_of, f.words, f.asked_at, f.until_at
from referral as f
join review as r on r.subject_id = f.subject_id
join staff as s on s.staff_id = f.asked_of and not s.is_disabled
where r.is_waiting and r.decision_id is not distinct from f.decision_id;

-- Which verifier looks at which subject, or is asked to, and until when: others are shown another one.
create view held_review as
select subject_id, staff_id, until_at from review_lease
union all
select subject_id, asked_of, until_at from standing_referral;

-- only postgresql
create index referral_of on referral (asked_of);
-- end only
