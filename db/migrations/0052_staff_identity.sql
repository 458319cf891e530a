-- Whose account is whose at a provider of the bureau.
create table staff_identity (
    issuer text not null,
    subject text not null,
    staff_id uuid not null,
    added_at timestamptz not null,
    primary key (issuer, subject)
);
