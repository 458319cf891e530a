-- `rebuild` replaces rows of the surveys' projection by their ids.

-- only postgresql
create index released_survey_occurrence_record on released_survey_occurrence (record_id);
-- end only
