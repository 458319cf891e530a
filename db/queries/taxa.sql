-- name: all_taxa()
-- The whole checklist, in its order.
select taxon_id, scientific_name, vernacular_name, english_name, kingdom, phylum, taxon_class,
    taxon_order, family, genus, group_code, tier, national_protection, is_invasive,
    sensitive_category, sensitive_reason, confidence, basis, notes, picture,
    scientific_name_authorship, is_imported
from taxon order by list_order, taxon_id;

-- name: taxon(taxon_id)^
-- One taxon.
select taxon_id, scientific_name, vernacular_name, english_name, kingdom, phylum, taxon_class,
    taxon_order, family, genus, group_code, tier, national_protection, is_invasive,
    sensitive_category, sensitive_reason, confidence, basis, notes, picture,
    scientific_name_authorship, is_imported
from taxon where taxon_id = :taxon_id;

-- name: put_taxa(taxon_ids, list_orders, scientific_names, vernacular_names, english_names, kingdoms, phyla, taxon_classes, taxon_orders, families, genera, group_codes, tiers, national_protections, are_invasive, sensitive_categories, sensitive_reasons, confidences, bases, notes, pictures, authorships, are_imported)!
-- Add new taxa and update known ones. The id is made of the scientific name, which never changes.
insert into taxon (
    taxon_id, list_order, scientific_name, vernacular_name, english_name, kingdom, phylum,
    taxon_class, taxon_order, family, genus, group_code, tier, national_protection, is_invasive,
    sensitive_category, sensitive_reason, confidence, basis, notes, picture,
    scientific_name_authorship, is_imported
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
    unnest(cast(:pictures as text[])), unnest(cast(:authorships as text[])),
    unnest(cast(:are_imported as boolean[]))
on conflict (taxon_id) do update set
    list_order = excluded.list_order, vernacular_name = excluded.vernacular_name,
    english_name = excluded.english_name, kingdom = excluded.kingdom, phylum = excluded.phylum,
    taxon_class = excluded.taxon_class, taxon_order = excluded.taxon_order,
    family = excluded.family, genus = excluded.genus, group_code = excluded.group_code,
    tier = excluded.tier, national_protection = excluded.national_protection,
    is_invasive = excluded.is_invasive, sensitive_category = excluded.sensitive_category,
    sensitive_reason = excluded.sensitive_reason, confidence = excluded.confidence,
    basis = excluded.basis, notes = excluded.notes, picture = excluded.picture,
    scientific_name_authorship = excluded.scientific_name_authorship,
    is_imported = excluded.is_imported;

-- name: taxa_of(taxon_ids)
-- These taxa.
select taxon_id, scientific_name, vernacular_name, english_name, kingdom, phylum, taxon_class,
    taxon_order, family, genus, group_code, tier, national_protection, is_invasive,
    sensitive_category, sensitive_reason, confidence, basis, notes, picture,
    scientific_name_authorship, is_imported
from taxon where taxon_id = any(cast(:taxon_ids as uuid[]));

-- name: name_rows()
-- Every name of every taxon: first taxa with a public record (sensitive ones count as without, so
-- that the order reveals nothing about them), then common ones; a taxon's own names come before its
-- further ones.
select n.taxon_id, t.group_code, t.tier, n.name, n.language, n.status = 'everyday'
from (
    select taxon_id, 0 as place, vernacular_name as name, 'zh' as language, '' as status from taxon
    union all
    select taxon_id, 1, scientific_name, 'la', '' from taxon
    union all
    select taxon_id, 2, english_name, 'en', '' from taxon where english_name <> ''
    union all
    select taxon_id, 3, name, language, status from taxon_name
) as n
join taxon as t on t.taxon_id = n.taxon_id
left join (select distinct taxon_id from released_occurrence) as r
    on r.taxon_id = t.taxon_id and t.sensitive_category is null
order by case when r.taxon_id is null then 1 else 0 end, t.tier, t.list_order, n.taxon_id,
    n.place, n.name;

-- name: names_of(taxon_ids)
-- The further names of these taxa, always in the same order.
select taxon_name_id, taxon_id, name, language, status, source
from taxon_name where taxon_id = any(cast(:taxon_ids as uuid[]))
order by taxon_id, language, status, name;

-- name: known_taxa()
-- Every taxon, with the fields that an import compares.
select taxon_id, scientific_name, vernacular_name, english_name, group_code, is_imported,
    sensitive_category, sensitive_reason
from taxon;

-- name: further_names()
-- Every further name, with the fields that an import compares.
select taxon_name_id, taxon_id, name, status from taxon_name;

-- name: put_names(name_ids, taxon_ids, names, languages, statuses, sources)!
-- Add new further names. The id is made of taxon, language and name, so those never change.
insert into taxon_name (taxon_name_id, taxon_id, name, language, status, source)
select unnest(cast(:name_ids as uuid[])), unnest(cast(:taxon_ids as uuid[])),
    unnest(cast(:names as text[])), unnest(cast(:languages as text[])),
    unnest(cast(:statuses as text[])), unnest(cast(:sources as text[]))
on conflict (taxon_name_id) do update set status = excluded.status, source = excluded.source;

-- name: stamp_now()^
-- The current stamp of the names.
select stamp from taxon_stamp;

-- name: stamp(stamp)!
-- Change the stamp of the names.
update taxon_stamp set stamp = :stamp;

-- name: likely_counts(everywhere, cells, months, at_least)
-- The taxa recorded in an area and season, from the projection of the public view alone: records
-- with an exact place, taxa that are not sensitive, with at least :at_least records. The photo is
-- an accepted one under an open licence.
select r.taxon_id, cast(count(*) as bigint),
    max(case when m.licence = 'CC BY 4.0' and r.verification_status
        in ('accepted_considered_correct', 'accepted_correct') then r.photo_sha256 end),
    bool_or(r.is_demo)
from released_occurrence as r
join taxon as t on t.taxon_id = r.taxon_id
left join occurrence_media as m
    on m.occurrence_id = r.occurrence_id and m.position = 1
where r.grid is null and r.cell_quarter is not null and t.sensitive_category is null
    and (cast(:everywhere as boolean) or r.cell_city = any(cast(:cells as text[])))
    and extract(month from r.event_day) = any(cast(:months as integer[]))
group by r.taxon_id
having count(*) >= :at_least;
