-- What people say of others' sightings.

-- name: voices(occurrence_id, now)
-- What each person says of a sighting, its observer with the last name of their own, and what they
-- proved elsewhere to know of that group: the number of taxa that a verifier accepted in their own sightings,
-- and of those that they named in others' before a verifier accepted them. Who is suspended says
-- nothing.
with said as (
    select c.observer_id, c.taxon_id, c.certainty, false as is_observers
    from (
        select distinct on (observer_id) observer_id, taxon_id, certainty
        from community_identification where occurrence_id = :occurrence_id
        order by observer_id, said_at desc, community_identification_id desc
    ) as c
    where c.observer_id is distinct from (
        select observer_id from occurrence where occurrence_id = :occurrence_id)
    union all
    select i.identified_by_observer, i.taxon_id, 'taxon', true
    from (
        select identified_by_observer, taxon_id from identification
        where occurrence_id = :occurrence_id and identified_by_observer is not null
        order by identified_at desc, identification_id desc limit 1
    ) as i
), accepted as (
    select r.observer_id, r.subject_id, r.decision_id
    from review as r
    where r.observer_id in (select observer_id from said) and r.kind = 'occurrence'
        and r.subject_id <> :occurrence_id
        and r.verification_status in ('accepted_considered_correct', 'accepted_correct')
), helped as (
    select distinct on (c.observer_id, c.occurrence_id) c.observer_id, c.occurrence_id, c.taxon_id,
        c.certainty, c.said_at
    from community_identification as c
    where c.observer_id in (select observer_id from said) and c.occurrence_id <> :occurrence_id
    order by c.observer_id, c.occurrence_id, c.said_at desc, c.community_identification_id desc
), settled as (
    select h.observer_id, h.occurrence_id as subject_id, h.taxon_id
    from helped as h
    join review as r on r.subject_id = h.occurrence_id
        and r.verification_status in ('accepted_considered_correct', 'accepted_correct')
    join decision as d on d.decision_id = r.decision_id
    where h.certainty = 'taxon' and h.said_at < d.decided_at
), current_name as (
    select distinct on (occurrence_id) occurrence_id, taxon_id
    from identification
    where occurrence_id in (select subject_id from accepted union select subject_id from settled)
    order by occurrence_id, identified_at desc, identification_id desc
), proved as (
    select a.observer_id, n.taxon_id, true as is_own
    from accepted as a join current_name as n on n.occurrence_id = a.subject_id
    union
    select s.observer_id, n.taxon_id, false
    from settled as s
    join current_name as n on n.occurrence_id = s.subject_id and n.taxon_id = s.taxon_id
), proof as (
    select p.observer_id, t.group_code, p.taxon_id, bool_or(p.is_own) as is_own
    from proved as p join taxon as t on t.taxon_id = p.taxon_id
    group by p.observer_id, t.group_code, p.taxon_id
)
select s.observer_id, s.certainty, s.is_observers,
    (select cast(count(*) as integer) from proof as p
     where p.observer_id = s.observer_id and p.group_code = t.group_code and p.is_own),
    (select cast(count(*) as integer) from proof as p
     where p.observer_id = s.observer_id and p.group_code = t.group_code and not p.is_own),
    t.taxon_id, t.scientific_name, t.vernacular_name, t.english_name, t.kingdom, t.phylum,
    t.taxon_class, t.taxon_order, t.family, t.genus, t.group_code, t.tier, t.national_protection,
    t.is_invasive, t.sensitive_category, t.sensitive_reason, t.confidence, t.basis, t.notes,
    t.picture, t.scientific_name_authorship, t.is_imported
from said as s join taxon as t on t.taxon_id = s.taxon_id
where not exists (
    select 1 from standing_suspension as b
    where b.observer_id = s.observer_id and b.until_at > :now
)
order by s.is_observers desc, s.observer_id

-- name: said_by(observer_id)
-- Everything that one person said of others' sightings, the newest first.
select c.occurrence_id, t.vernacular_name, t.scientific_name, c.certainty, c.said_at
from community_identification as c left join taxon as t on t.taxon_id = c.taxon_id
where c.observer_id = :observer_id
order by c.said_at desc, c.community_identification_id desc

-- name: say(community_identification_id, occurrence_id, observer_id, taxon_id, certainty, said_at)!
-- Add what somebody says.
insert into community_identification (community_identification_id, occurrence_id, observer_id,
    taxon_id, certainty, said_at)
values (:community_identification_id, :occurrence_id, :observer_id, :taxon_id, :certainty,
    :said_at)
