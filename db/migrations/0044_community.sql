-- What people say of a public sighting that is somebody else's: a taxon, and how far down they are
-- sure of it. Each a row; a person's newest counts. Without a taxon it takes back what was said.
create table community_identification (
    community_identification_id uuid primary key,
    occurrence_id uuid not null,
    observer_id uuid not null,
    taxon_id uuid,
    certainty text not null,
    said_at timestamptz not null
);

-- only postgresql
create index community_identification_occurrence on community_identification (occurrence_id);
create index community_identification_observer on community_identification (observer_id);
-- end only
