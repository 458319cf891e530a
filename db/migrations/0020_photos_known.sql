-- Which store this is: photo files keep its id beside them, so that a server started on another
-- database sees that they are not its own. A store is as old as its first migration.
create table store_identity (store_id uuid not null, made_at timestamptz not null);

insert into store_identity
select gen_random_uuid(), coalesce(min(applied_at), current_timestamp) from schema_migration;
