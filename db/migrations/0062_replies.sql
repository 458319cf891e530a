-- Ready words for a refusal or a question, kept by staff.

create table reply (
    reply_id uuid primary key,
    verdict text not null,
    group_code text,
    audience text not null,
    words text not null,
    added_at timestamptz not null,
    changed_by uuid,
    changed_at timestamptz not null
);

-- only postgresql
create index review_queried on review (observer_id, subject_id)
    where verification_status = 'queried';
-- end only
