-- What is public of a wave is a publication, made for a fixed time and read from nothing else.

create table wave_publication (
    publication_id uuid primary key,
    wave_id text not null,
    kind text not null,
    published_at timestamptz not null,
    until_day date not null,
    is_demo boolean not null,
    raised integer,
    answered integer,
    median_days double precision,
    unique (wave_id, published_at)
);

-- A figure: of a district or the city, of a question or several, of all answers or those of people
-- who proved where they live. as_of: the publication since which it stands.
create table published_figure (
    publication_id uuid not null,
    scope text not null,
    question text not null,
    basis text not null,
    as_of timestamptz not null,
    people integer not null,
    mean double precision not null check (mean between 0 and 100),
    low double precision not null check (low <= mean),
    high double precision not null check (high >= mean),
    best_rank integer,
    worst_rank integer,
    change double precision,
    change_low double precision,
    change_high double precision,
    change_without text,
    primary key (publication_id, scope, question, basis)
);

-- The answers set apart when it was made, and by which rule; tens of them are public, which ones
-- is not.
create table publication_apart (
    publication_id uuid not null,
    response_id uuid not null,
    rule text not null,
    primary key (publication_id, response_id)
);

-- The answers of staff that are public since.
create table published_answer (
    publication_id uuid not null,
    answer_id uuid not null,
    primary key (publication_id, answer_id)
);
