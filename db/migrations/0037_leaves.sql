-- What a taxon counts as among others (observations/taxa/leaves.py): its genus, and its species,
-- which is null where the name is of the genus alone. The number of species of some taxa is, of each
-- genus, the number of different species, but one at least.
create view counted_taxon as
select taxon_id, split_part(plain, ' ', 1) as genus,
    case when split_part(plain, ' ', 2) not in ('', 'sp', 'sp.', 'spp', 'spp.')
        then split_part(plain, ' ', 1) || ' ' || split_part(plain, ' ', 2) end as species
from (
    select taxon_id, replace(scientific_name, '× ', '') as plain from taxon
) as named;
