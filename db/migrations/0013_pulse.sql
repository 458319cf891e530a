-- The pulse grows up: waves that staff open and close, a questionnaire with versions, how surely a
-- person lives there, margins to rake to, why a score is low (place, photo), and what was done.

-- Rebuilt, not altered: what makes an answer empty or low has to know the new questions.
drop view current_response;

create table response_grown (
    response_id uuid primary key,
    wave_id text not null,
    person_token text not null,
    turn integer not null check (turn >= 1),
    district text not null,
    air smallint check (air between 1 and 5),
    water smallint check (water between 1 and 5),
    drain smallint check (drain between 1 and 5),
    supply smallint check (supply between 1 and 5),
    noise smallint check (noise between 1 and 5),
    waste smallint check (waste between 1 and 5),
    recycle smallint check (recycle between 1 and 5),
    green smallint check (green between 1 and 5),
    voice smallint check (voice between 1 and 5),
    overall smallint check (overall between 1 and 5),
    reason text,
    questionnaire integer not null check (questionnaire >= 1),
    tier text not null,
    age_group text,
    sex text,
    network text not null,
    answered_on date not null,
    is_demo boolean not null,
    check (coalesce(air, water, drain, supply, noise, waste, recycle, green, voice, overall)
        is not null),
    check (reason is null
        or least(air, water, drain, supply, noise, waste, recycle, green, voice, overall) <= 2),
    unique (wave_id, person_token, turn)
);

insert into response_grown (response_id, wave_id, person_token, turn, district, air, water, noise,
    waste, green, voice, overall, reason, questionnaire, tier, network, answered_on, is_demo)
select response_id, wave_id, person_token, turn, district, air, water, noise,
    waste, green, voice, overall, reason, 1, 'self_declared', '', answered_on, is_demo
from response;

drop table response;

alter table response_grown rename to response;

create view current_response as
select * from response
where not exists (
    select 1 from response as later
    where later.wave_id = response.wave_id
        and later.person_token = response.person_token
        and later.turn > response.turn
);

-- Staff open a wave with a version of the questionnaire, close it, and may open it again.
create table wave_step (
    step_id uuid primary key,
    wave_id text not null,
    step text not null,
    questionnaire integer not null check (questionnaire >= 1),
    stepped_by_staff uuid,
    stepped_at timestamptz not null
);

-- What is known of the people of the city: what answers are raked to. A new set is added whole.
create table margin (
    set_id uuid not null,
    position integer not null check (position >= 0),
    scope text not null,
    variable text not null,
    category text not null,
    people double precision not null check (people > 0),
    source text not null,
    source_year integer not null,
    imported_by_staff uuid,
    imported_at timestamptz not null,
    primary key (set_id, position)
);

-- A slip that staff hand out after seeing proof of residence, or a code that hangs in a place.
create table residence_code (
    code_id uuid primary key,
    code_hash text not null unique,
    tier text not null,
    district text not null,
    first_day date not null,
    last_day date not null,
    most_uses integer not null check (most_uses >= 1),
    made_by_staff uuid not null,
    made_at timestamptz not null,
    check (first_day <= last_day)
);

-- Who proved where they live, by a one-way token.
create table residence_proof (
    person_token text not null,
    code_id uuid not null,
    tier text not null,
    district text not null,
    last_day date not null,
    primary key (person_token, code_id)
);
create index residence_proof_code on residence_proof (code_id);

-- Where a low score comes from: what it is about, a place (WGS-84), a photo. Staff alone see it.
create table concern (
    wave_id text not null,
    person_token text not null,
    dimension text not null,
    place_name text not null,
    decimal_latitude double precision check (decimal_latitude between -90 and 90),
    decimal_longitude double precision check (decimal_longitude between -180 and 180),
    photo_sha256 text,
    primary key (wave_id, person_token)
);
create index concern_photo on concern (photo_sha256);

-- What staff say to everyone who raised a thing in a district, and whom it answers.
create table theme_answer (
    answer_id uuid primary key,
    wave_id text not null,
    district text not null,
    dimension text not null,
    status text not null,
    words text not null,
    answered_by_staff uuid,
    answered_at timestamptz not null,
    is_demo boolean not null
);

create table concern_answer (
    wave_id text not null,
    person_token text not null,
    answer_id uuid not null,
    primary key (wave_id, person_token, answer_id)
);

-- Published scores of the official survey that staff imported, with their source.
create table imported_score (
    scope text not null,
    survey_year integer not null,
    dimension text not null,
    score double precision not null check (score between 0 and 100),
    note text not null,
    source text not null,
    confidence text not null,
    imported_by_staff uuid not null,
    imported_at timestamptz not null,
    primary key (scope, survey_year, dimension)
);
