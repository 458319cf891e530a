-- name: catalogue(today)
-- Every action in the version that holds today, in the order of the catalogue.
select code, version, valid_from, group_code, icon, name_zh, name_en, unit, unit_zh, unit_en,
    saving_factor, kg_cap_a_day, baseline_zh, baseline_en, source_zh, source_en, source_year,
    confidence, points_full, portion, daily_cap, quantity_max, choices, not_with, hint_zh, hint_en
from (
    select distinct on (code) *
    from action
    where valid_from <= :today
    order by code, valid_from desc nulls last, version desc nulls last
) as valid
order by sort_order, code

-- name: current(code, today)^
-- One action in the version that holds today.
select code, version, valid_from, group_code, icon, name_zh, name_en, unit, unit_zh, unit_en,
    saving_factor, kg_cap_a_day, baseline_zh, baseline_en, source_zh, source_en, source_year,
    confidence, points_full, portion, daily_cap, quantity_max, choices, not_with, hint_zh, hint_en
from action
where code = :code and valid_from <= :today
order by valid_from desc nulls last, version desc nulls last
limit 1

-- name: entry(action_entry_id)^
-- One logged action.
select action_entry_id, observer_id, action_code, action_version, activity_data, unit,
    saving_factor, avoided_kg_co2e, full_points, points, done_on, upload_id,
    photo_sha256, note, logged_at, is_demo
from action_entry
where action_entry_id = :action_entry_id

-- name: photo(upload_id)^
-- The browser that sent a photo, and the photo's name.
select device_id, sha256 from media where upload_id = :upload_id

-- name: day_of(observer_id, done_on)
-- What a person logged on a day, by action; what staff did not accept is left out.
select action_code, sum(activity_data), coalesce(sum(avoided_kg_co2e), 0)
from standing_action_entry
where observer_id = :observer_id and done_on = :done_on
group by action_code
order by action_code

-- name: entries_of(observer_id, most)
-- What a person logged, the latest first, with where it stands and what it has earned.
select action_entry_id, action_entry.observer_id, action_code, action_version, activity_data, unit,
    saving_factor, avoided_kg_co2e, full_points, points, done_on, upload_id,
    photo_sha256, note, logged_at, action_entry.is_demo, review.verification_status,
    coalesce(decision.verdict = 'withdraw', false) as is_withdrawn,
    (select cast(coalesce(sum(earning.points), 0) as bigint)
     from earning where cause_id = action_entry_id) as earned
from action_entry
left join review on review.subject_id = action_entry.action_entry_id
left join decision on decision.decision_id = review.decision_id
where action_entry.observer_id = :observer_id
order by logged_at desc nulls last, action_entry_id desc nulls last
limit :most

-- name: avoided_by(observer_id)$
-- Kilograms CO2 equivalent a person avoided in all; what staff did not accept is left out.
select coalesce(sum(avoided_kg_co2e), 0)
from standing_action_entry
where observer_id = :observer_id

-- name: add(ids, observer_ids, codes, versions, quantities, units, factors, kilograms, full_points, points, days, upload_ids, photos, notes, logged_ats, demos)!
-- Keep entries, one or many in one statement.
insert into action_entry (action_entry_id, observer_id, action_code, action_version, activity_data,
    unit, saving_factor, avoided_kg_co2e, full_points, points, done_on, upload_id,
    photo_sha256, note, logged_at, is_demo)
select unnest(cast(:ids as uuid[])), unnest(cast(:observer_ids as uuid[])),
    unnest(cast(:codes as text[])), unnest(cast(:versions as integer[])),
    unnest(cast(:quantities as numeric(14, 2)[])), unnest(cast(:units as text[])),
    unnest(cast(:factors as numeric(14, 6)[])), unnest(cast(:kilograms as numeric(18, 6)[])),
    unnest(cast(:full_points as integer[])), unnest(cast(:points as integer[])),
    unnest(cast(:days as date[])), unnest(cast(:upload_ids as uuid[])),
    unnest(cast(:photos as text[])),
    unnest(cast(:notes as text[])), unnest(cast(:logged_ats as timestamptz[])),
    unnest(cast(:demos as boolean[]))

-- name: erase(observer_id)!
-- Remove what a person logged.
delete from action_entry where observer_id = :observer_id

-- name: seed_action(code, version, valid_from, group_code, icon, name_zh, name_en, unit, unit_zh, unit_en, saving_factor, kg_cap_a_day, baseline_zh, baseline_en, source_zh, source_en, source_year, confidence, points_full, portion, daily_cap, quantity_max, choices, not_with, hint_zh, hint_en, sort_order)!
-- Keep one version of a row of the catalogue, or mend its words and limits. Its factor stays: a
-- changed factor is a new version, since entries were computed with the old one.
insert into action (code, version, valid_from, group_code, icon, name_zh, name_en, unit, unit_zh,
    unit_en, saving_factor, kg_cap_a_day, baseline_zh, baseline_en, source_zh, source_en,
    source_year, confidence, points_full, portion, daily_cap, quantity_max, choices, not_with,
    hint_zh, hint_en, sort_order)
values (:code, :version, :valid_from, :group_code, :icon, :name_zh, :name_en, :unit, :unit_zh,
    :unit_en, :saving_factor, :kg_cap_a_day, :baseline_zh, :baseline_en, :source_zh, :source_en,
    :source_year, :confidence, :points_full, :portion, :daily_cap, :quantity_max, :choices,
    :not_with, :hint_zh, :hint_en, :sort_order)
on conflict (code, version) do update set
    valid_from = excluded.valid_from, group_code = excluded.group_code, icon = excluded.icon,
    name_zh = excluded.name_zh, name_en = excluded.name_en, unit_zh = excluded.unit_zh,
    unit_en = excluded.unit_en, baseline_zh = excluded.baseline_zh,
    baseline_en = excluded.baseline_en, source_zh = excluded.source_zh,
    source_en = excluded.source_en, source_year = excluded.source_year,
    confidence = excluded.confidence, points_full = excluded.points_full,
    portion = excluded.portion, daily_cap = excluded.daily_cap,
    quantity_max = excluded.quantity_max, choices = excluded.choices,
    not_with = excluded.not_with, hint_zh = excluded.hint_zh, hint_en = excluded.hint_en,
    sort_order = excluded.sort_order
