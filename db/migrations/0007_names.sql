-- All the names of a taxon, and larger lists imported by the staff.

-- Who described it, blank where no source says so; whether it came with a staff list, not with
-- the project's own checklist. (Both engines add a column with a default, neither needs a rebuild.)
alter table taxon add column scientific_name_authorship text default '';
alter table taxon add column is_imported boolean default false;

-- Every further name: synonyms in Latin, local names, names in other languages. What is shown stays
-- in `taxon`; these find it. status: synonym, proParteSynonym, misapplied (Darwin Core's words) or
-- vernacular; language: la, zh, zh-Hant, en. source names the list that gives the name.
create table taxon_name (
    taxon_name_id uuid primary key,
    taxon_id uuid not null,
    name text not null,
    language text not null,
    status text not null,
    source text not null
);
create index taxon_name_taxon on taxon_name (taxon_id);

-- One row, changed in every transaction that changes a name: a process that finds another stamp
-- than the one its index was built at builds it anew.
create table taxon_stamp (stamp uuid not null);
insert into taxon_stamp values ('00000000-0000-0000-0000-000000000000');
