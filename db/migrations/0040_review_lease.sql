-- Which verifier looks at which subject, and until when: others are shown another one.

create table review_lease (
    subject_id uuid not null primary key,
    staff_id uuid not null,
    until_at timestamptz not null
);

-- A record is also looked up by the number on its receipt, the end of its id.

-- only postgresql
create index review_ending on review (right(cast(subject_id as text), 10));
-- end only
