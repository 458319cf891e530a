-- A sign-in ends when nobody has used it for a while; null: one of before that was kept.
alter table staff_session add column idle_until timestamptz;

-- The second step of a sign-in. The secret in the phone is made of `seed` and the server's own secret,
-- so that whoever reads the store alone has no codes; `last_step` is the last half minute whose code
-- was used, for each works once.
create table staff_second_step (
    staff_id uuid primary key,
    seed text not null,
    last_step bigint not null,
    confirmed_at timestamptz not null
);

-- For a lost phone; each works once, and is deleted then.
create table staff_spare_code (
    code_hash text primary key,
    staff_id uuid not null
);
