-- Survey imports on their way: the ids under which their rows stand until the last transaction makes
-- them rows of a dataset. No dataset has such an id, so nobody sees these rows. An import that has
-- written nothing for minutes was interrupted.
create table survey_import (
    import_id uuid primary key,
    written_at timestamptz not null
);
