-- Keeping order among those who contribute: each step a row; what is undone is undone by another.

-- Somebody may send nothing until then. A row that lifts another ends it at once.
create table suspension (
    suspension_id uuid primary key,
    observer_id uuid not null,
    reason text not null,
    until_at timestamptz not null,
    lifts uuid,
    decided_by uuid not null,
    decided_at timestamptz not null
);

-- One sender's waiting records, withheld together, and the decisions that did it.
create table set_aside (
    set_aside_id uuid primary key,
    observer_id uuid not null,
    decided_by uuid not null,
    decided_at timestamptz not null
);

create table set_aside_decision (
    decision_id uuid primary key,
    set_aside_id uuid not null,
    subject_id uuid not null
);

-- What somebody finds wrong with a public sighting; a person's newest word on it counts.
create table flag (
    flag_id uuid primary key,
    occurrence_id uuid not null,
    observer_id uuid not null,
    reason text not null,
    flagged_at timestamptz not null
);

-- Somebody objects to their suspension, or to what was decided on a record of theirs; and staff's
-- answer.
create table appeal (
    appeal_id uuid primary key,
    observer_id uuid not null,
    kind text not null,
    subject_id uuid not null,
    words text not null,
    sent_at timestamptz not null
);

create table appeal_answer (
    appeal_id uuid primary key,
    words text not null,
    answered_by uuid not null,
    answered_at timestamptz not null
);

-- only postgresql
create index suspension_observer on suspension (observer_id);
create index suspension_lifts on suspension (lifts);
create index set_aside_observer on set_aside (observer_id);
create index set_aside_decision_batch on set_aside_decision (set_aside_id);
create index flag_occurrence on flag (occurrence_id);
create index flag_observer on flag (observer_id);
create index appeal_observer on appeal (observer_id);
create index appeal_subject on appeal (subject_id);
-- end only
