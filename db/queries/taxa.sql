-- name: all_taxa()
-- The whole checklist, in its order.
select taxon_id, scientific_name, vernacular_name, english_name, kingdom, phylum, taxon_class,
    taxon_order, family, genus, group_code, tier, national_protection, is_invasive,
    sensitive_category, sensitive_reason, confidence, basis, notes, picture
from taxon order by list_order;

-- name: taxon(taxon_id)^
-- One taxon.
select taxon_id, scientific_name, vernacular_name, english_name, kingdom, phylum, taxon_class,
    taxon_order, family, genus, group_code, tier, national_protection, is_invasive,
    sensitive_category, sensitive_reason, confidence, basis, notes, picture
from taxon where taxon_id = :taxon_id;

-- name: put_taxa(taxon_ids, list_orders, scientific_names, vernacular_names, english_names, kingdoms, phyla, taxon_classes, taxon_orders, families, genera, group_codes, tiers, national_protections, are_invasive, sensitive_categories, sensitive_reasons, confidences, bases, notes, pictures)!
-- Add the new taxa and bring the known ones up to date. A scientific name makes its id, so it
-- never changes for one.
insert into taxon (
    taxon_id, list_order, scientific_name, vernacular_name, english_name, kingdom, phylum,
    taxon_class, taxon_order, family, genus, group_code, tier, national_protection, is_invasive,
    sensitive_category, sensitive_reason, confidence, basis, notes, picture
)
select
    unnest(cast(:taxon_ids as uuid[])), unnest(cast(:list_orders as integer[])),
    unnest(cast(:scientific_names as text[])), unnest(cast(:vernacular_names as text[])),
    unnest(cast(:english_names as text[])), unnest(cast(:kingdoms as text[])),
    unnest(cast(:phyla as text[])), unnest(cast(:taxon_classes as text[])),
    unnest(cast(:taxon_orders as text[])), unnest(cast(:families as text[])),
    unnest(cast(:genera as text[])), unnest(cast(:group_codes as text[])),
    unnest(cast(:tiers as integer[])), unnest(cast(:national_protections as integer[])),
    unnest(cast(:are_invasive as boolean[])), unnest(cast(:sensitive_categories as integer[])),
    unnest(cast(:sensitive_reasons as text[])), unnest(cast(:confidences as text[])),
    unnest(cast(:bases as text[])), unnest(cast(:notes as text[])),
    unnest(cast(:pictures as text[]))
on conflict (taxon_id) do update set
    list_order = excluded.list_order, vernacular_name = excluded.vernacular_name,
    english_name = excluded.english_name, kingdom = excluded.kingdom, phylum = excluded.phylum,
    taxon_class = excluded.taxon_class, taxon_order = excluded.taxon_order,
    family = excluded.family, genus = excluded.genus, group_code = excluded.group_code,
    tier = excluded.tier, national_protection = excluded.national_protection,
    is_invasive = excluded.is_invasive, sensitive_category = excluded.sensitive_category,
    sensitive_reason = excluded.sensitive_reason, confidence = excluded.confidence,
    basis = excluded.basis, notes = excluded.notes, picture = excluded.picture;

-- name: recorded_counts()
-- How often each taxon was released, sensitive ones left out: no count may tell where they are.
select r.taxon_id, cast(count(*) as bigint)
from released_occurrence as r join taxon as t on t.taxon_id = r.taxon_id
where t.sensitive_category is null group by r.taxon_id;
