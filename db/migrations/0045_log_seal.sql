-- Who on the machine ran a command; what an entry says of a person, which erasing can empty.
alter table log_entry add column system_user text;
alter table log_entry add column personal text;

-- The chain over the log, one link an entry: what was sealed can be proved unchanged. Personal values
-- are in the chain as a salted digest; erasing takes the salt, and the chain still holds.
create table log_seal (
    position bigint primary key,
    entry_id uuid not null unique,
    salt text,
    personal_digest text not null,
    link text not null,
    sealed_at timestamptz not null
);
