-- name: all_cases()
-- Every case with its description and how it ended, the newest first.
select c.case_id, c.occurrence_id, c.level, c.group_code, c.finder, c.sighted_on, c.opened_by,
    c.opened_at, d.scientific_name, d.authorship, d.vernacular_name, d.literature, d.specimen,
    d.district, d.locality_zh, d.locality_en, d.type_origin, d.about_zh, d.about_en,
    z.outcome, z.days, z.closed_by, z.closed_at
from discovery_case as c
left join current_case_description as d on d.case_id = c.case_id
left join case_closing as z on z.case_id = c.case_id
order by c.opened_at desc, c.case_id

-- name: case_of(case_id)^
-- One case.
select c.case_id, c.occurrence_id, c.level, c.group_code, c.finder, c.sighted_on, c.opened_by,
    c.opened_at, d.scientific_name, d.authorship, d.vernacular_name, d.literature, d.specimen,
    d.district, d.locality_zh, d.locality_en, d.type_origin, d.about_zh, d.about_en,
    z.outcome, z.days, z.closed_by, z.closed_at
from discovery_case as c
left join current_case_description as d on d.case_id = c.case_id
left join case_closing as z on z.case_id = c.case_id
where c.case_id = :case_id

-- name: opinions()
-- Every opinion, the oldest first.
select case_id, round, staff_id, opinion, reason, given_at
from case_opinion order by given_at, opinion_id

-- name: opinions_of(case_id)
-- The opinions of one case.
select case_id, round, staff_id, opinion, reason, given_at
from case_opinion where case_id = :case_id order by given_at, opinion_id

-- name: days_to_announcement()
-- Days from the sighting to the announcement.
select days from case_closing where outcome = 'announced' order by days

-- name: open_case(case_id, occurrence_id, level, group_code, finder, sighted_on, opened_by, opened_at)!
-- Add a case.
insert into discovery_case
values (:case_id, cast(:occurrence_id as uuid), :level, :group_code, :finder, :sighted_on,
    :opened_by, :opened_at)

-- name: describe(description_id, case_id, scientific_name, authorship, vernacular_name, literature, specimen, district, locality_zh, locality_en, type_origin, about_zh, about_en, described_by, described_at)!
-- Add a description.
insert into case_description
values (:description_id, :case_id, :scientific_name, :authorship, :vernacular_name, :literature,
    :specimen, :district, :locality_zh, :locality_en, :type_origin, :about_zh, :about_en,
    :described_by, :described_at)

-- name: give_opinion(opinion_id, case_id, number, staff_id, opinion, reason, given_at)!
-- Add an opinion.
insert into case_opinion
values (:opinion_id, :case_id, :number, :staff_id, :opinion, :reason, :given_at)

-- name: close_case(case_id, outcome, days, closed_by, closed_at)!
-- Record how the case ended.
insert into case_closing values (:case_id, :outcome, :days, :closed_by, :closed_at)

-- name: announce(code, case_id, level, year, scientific_name, authorship, vernacular_name, group, type_origin, district, locality_zh, locality_en, source, confidence, about_zh, about_en, finder, announced_at)!
-- Add the record that everyone may read.
insert into announced_record
values (:code, :case_id, :level, :year, :scientific_name, :authorship, :vernacular_name, :group,
    :type_origin, :district, :locality_zh, :locality_en, :source, :confidence, :about_zh,
    :about_en, :finder, :announced_at)
