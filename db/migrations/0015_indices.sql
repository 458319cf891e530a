-- What is asked by key is found by an index, on PostgreSQL. DuckDB reads a column of a million rows
-- in milliseconds, and would keep an index at every write.

-- The current one is that which no later one follows. (Asked with `distinct on`, one sighting's name
-- cost a walk through all names: among 300,000 on DuckDB 805 ms, so 37.)
create or replace view current_identification as
select i.*
from identification as i
where not exists (
    select 1 from identification as later
    where later.occurrence_id = i.occurrence_id
        and (later.identified_at > i.identified_at
            or (later.identified_at = i.identified_at
                and later.identification_id > i.identification_id))
);

create or replace view current_membership as
select m.observer_id, m.team_id, m.since
from membership as m
where not exists (
    select 1 from membership as later
    where later.observer_id = m.observer_id
        and (later.since > m.since
            or (later.since = m.since and later.membership_id > m.membership_id))
);

-- only postgresql
create index released_occurrence_id on released_occurrence (occurrence_id);
create index released_occurrence_public on released_occurrence (public_id);
create index released_occurrence_day on released_occurrence (event_day desc nulls last, public_id);
create index released_occurrence_taxon on released_occurrence (taxon_id, event_day);
create index released_occurrence_cell on released_occurrence (cell_city);
create index released_occurrence_quarter on released_occurrence (cell_quarter);
create index released_occurrence_place on released_occurrence (decimal_latitude, decimal_longitude);
create index released_occurrence_photo on released_occurrence (event_day desc, public_id)
    where photo_sha256 is not null;

create index released_survey_occurrence_public on released_survey_occurrence (public_id);
create index released_survey_occurrence_day on released_survey_occurrence
    (first_day desc nulls last, public_id);
create index released_survey_occurrence_taxon on released_survey_occurrence (taxon_id, first_day);
create index released_survey_occurrence_cell on released_survey_occurrence (cell_city);
create index released_survey_occurrence_quarter on released_survey_occurrence (cell_quarter);
create index released_survey_occurrence_place on released_survey_occurrence
    (decimal_latitude, decimal_longitude);
create index survey_occurrence_dataset on survey_occurrence (dataset_id, record_id);
create index survey_occurrence_record on survey_occurrence (record_id);
create index survey_occurrence_occurrence on survey_occurrence (occurrence_id);

create index decision_verifier on decision
    (decided_by_staff, decided_at desc nulls last, decision_id desc);
create index review_queue on review (waiting_since, subject_id) where is_waiting;
create index identification_observer on identification (identified_by_observer);
create index media_device on media (device_id);
create index log_entry_observer on log_entry (observer_id);
create index log_entry_subject on log_entry (subject_id);

create index observer_nickname on observer (nickname);
create index recovery_code_observer on recovery_code (observer_id);
create index staff_session_staff on staff_session (staff_id);
create index membership_team on membership (team_id);
create index team_maker on team (made_by);
create index code_use_observer on code_use (observer_id);

create index response_person on response (person_token);
create index concern_person on concern (person_token);
-- end only
