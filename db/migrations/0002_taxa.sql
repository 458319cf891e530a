-- The checklist: what a sighting can be named. Reference data, loaded from db/seed/taxa.csv.
-- sensitive_category: GBIF's 1 to 4, null where the exact place may be shown.

create table taxon (
    taxon_id uuid primary key,
    list_order integer not null,
    scientific_name text not null unique,
    vernacular_name text not null,
    english_name text not null,
    kingdom text not null,
    phylum text not null,
    taxon_class text not null,
    taxon_order text not null,
    family text not null,
    genus text not null,
    group_code text not null,
    tier integer not null check (tier between 1 and 2),
    national_protection integer check (national_protection between 1 and 2),
    is_invasive boolean not null,
    sensitive_category integer check (sensitive_category between 1 and 4),
    sensitive_reason text,
    confidence text not null,
    basis text not null,
    notes text not null,
    picture text not null
);
