-- Where a member of staff wants to be written to, and what was written to them last. Deleted when they
-- no longer want it, and when their account is closed.
create table staff_mail (
    staff_id uuid primary key,
    address text not null,
    wants_digest boolean not null,
    wants_alerts boolean not null,
    digest_on date,
    alerted_until timestamptz not null
);
