-- Patterns of answers that staff looked at and gave their full weight again.
create table pattern_restored (
    wave_id text not null,
    pattern text not null,
    restored_by_staff uuid not null,
    restored_at timestamptz not null,
    primary key (wave_id, pattern)
);
