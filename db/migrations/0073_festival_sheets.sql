-- The signed results of festivals. The first stands from the moment in which the festival is frozen;
-- each further one is a correction, and names the digest of the one before. None is ever changed.
create table festival_sheet (
    festival_id uuid not null,
    number integer not null check (number > 0),
    content text not null,
    records text not null,
    signature text not null,
    made_at timestamptz not null,
    primary key (festival_id, number)
);
