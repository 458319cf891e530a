-- name: catalogue(today)
-- Every action in its version of today, in the order of the catalogue.
select code, version, valid_from, group_code, icon, name_zh, name_en, unit, unit_zh, unit_en,
    saving_factor, kg_cap_a_day, baseline_zh, baseline_en, source_zh, source_en, source_year,
    confidence, points_full, portion, daily_cap, quantity_max, choices, not_with, hint_zh, hint_en,
    monthly_cap, diminishing, evidence, is_offered
from (
    select distinct on (code) *
    from action
    where valid_from <= :today
    order by code, valid_from desc nulls last, version desc nulls last
) as valid
where coalesce(is_offered, true)
order by sort_order, code

-- name: versions(code)
-- Every version of an action (of all where none is named), with who wrote it, when, and why; in the
-- order of the catalogue, the newest version first.
select code, version, valid_from, group_code, icon, name_zh, name_en, unit, unit_zh, unit_en,
    saving_factor, kg_cap_a_day, baseline_zh, baseline_en, source_zh, source_en, source_year,
    confidence, points_full, portion, daily_cap, quantity_max, choices, not_with, hint_zh, hint_en,
    monthly_cap, diminishing, evidence, is_offered, edited_by, edited_at, coalesce(reason, '')
from (
    select *, min(sort_order) over (partition by code) as place from action
    where cast(:code as text) is null or code = :code
) as a
order by place, code, version desc nulls last

-- name: versions_on(codes, days)
-- Each of these actions in its version of the day beside it.
select distinct on (w.code, w.day)
    w.day, a.code, a.version, a.valid_from, a.group_code, a.icon, a.name_zh, a.name_en, a.unit,
    a.unit_zh, a.unit_en, a.saving_factor, a.kg_cap_a_day, a.baseline_zh, a.baseline_en,
    a.source_zh, a.source_en, a.source_year, a.confidence, a.points_full, a.portion,
    a.daily_cap, a.quantity_max, a.choices, a.not_with, a.hint_zh, a.hint_en, a.monthly_cap,
    a.diminishing, a.evidence, a.is_offered
from (
    select distinct p.code, p.day
    from (select unnest(cast(:codes as text[])) as code, unnest(cast(:days as date[])) as day) as p
) as w
join action as a on a.code = w.code and a.valid_from <= w.day
order by w.code, w.day, a.valid_from desc nulls last, a.version desc nulls last

-- name: entries_with(entry_ids)
-- These logged actions.
select * from action_entry
where action_entry_id = any(cast(:entry_ids as uuid[]))

-- name: entry(action_entry_id)^
-- One logged action.
select * from action_entry
where action_entry_id = :action_entry_id

-- name: photo(upload_id)^
-- The browser that sent a photo, and the photo's name.
select device_id, sha256 from media where upload_id = :upload_id

-- name: day_of(observer_id, done_on)
-- What a person logged on a day, by action, without what staff did not accept.
select action_code, sum(activity_data), coalesce(sum(avoided_kg_co2e), 0)
from standing_action_entry
where observer_id = :observer_id and done_on = :done_on
group by action_code
order by action_code

-- name: entries_of(observer_id, most)
-- A person's entries, the latest first, with their status and the points they earned.
select action_entry.*, review.verification_status,
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
-- Kilograms CO2 equivalent that a person avoided in all, without what staff did not accept or have
-- not seen yet.
select coalesce(sum(e.avoided_kg_co2e), 0)
from standing_action_entry as e left join review as r on r.subject_id = e.action_entry_id
where e.observer_id = :observer_id
    and (r.subject_id is null or r.verification_status in
        ('plausible', 'accepted_considered_correct', 'accepted_correct'))

-- name: recount(action_entry_id, full_points, points, avoided_kg_co2e)!
-- Replace what an entry counts for, when it comes back to a day that was counted without it.
update action_entry
set full_points = :full_points, points = :points, avoided_kg_co2e = :avoided_kg_co2e
where action_entry_id = :action_entry_id

-- name: add(action_entry_id, observer_id, action_code, action_version, activity_data, unit, saving_factor, avoided_kg_co2e, full_points, points, done_on, upload_id, photo_sha256, note, logged_at, is_demo, flags, code_id)!
-- Add entries: a list for each column.
insert into action_entry (action_entry_id, observer_id, action_code, action_version, activity_data,
    unit, saving_factor, avoided_kg_co2e, full_points, points, done_on, upload_id, photo_sha256,
    note, logged_at, is_demo, flags, code_id)
select
    unnest(cast(:action_entry_id as uuid[])),
    unnest(cast(:observer_id as uuid[])),
    unnest(cast(:action_code as text[])),
    unnest(cast(:action_version as integer[])),
    unnest(cast(:activity_data as numeric(14, 2)[])),
    unnest(cast(:unit as text[])),
    unnest(cast(:saving_factor as numeric(14, 6)[])),
    unnest(cast(:avoided_kg_co2e as numeric(18, 6)[])),
    unnest(cast(:full_points as integer[])),
    unnest(cast(:points as integer[])),
    unnest(cast(:done_on as date[])),
    unnest(cast(:upload_id as uuid[])),
    unnest(cast(:photo_sha256 as text[])),
    unnest(cast(:note as text[])),
    unnest(cast(:logged_at as timestamptz[])),
    unnest(cast(:is_demo as boolean[])),
    unnest(cast(:flags as text[])),
    unnest(cast(:code_id as uuid[]))

-- name: month_of(observer_id, code, first_day, last_day)
-- The quantities of an action by day that a person logged in a span, without rejected ones.
select done_on, sum(activity_data)
from standing_action_entry
where observer_id = :observer_id and action_code = :code
    and done_on between :first_day and :last_day
group by done_on

-- name: months_of(observer_id, first_day, last_day)
-- The quantities that a person logged in a span, by action and day, without rejected ones.
select action_code, done_on, sum(activity_data)
from standing_action_entry
where observer_id = :observer_id and done_on between :first_day and :last_day
group by action_code, done_on

-- name: by_word(observer_id, done_on)^
-- Points and kilograms for reports without evidence of a day: counted or waiting, not rejected.
select cast(coalesce(sum(s.points), 0) as bigint), coalesce(sum(s.avoided_kg_co2e), 0)
from standing_action_entry as s join action_entry as e on e.action_entry_id = s.action_entry_id
where s.observer_id = :observer_id and s.done_on = :done_on
    and s.upload_id is null and e.code_id is null

-- name: by_code(observer_id, done_on)$
-- Points for a day's programme codes: paid or waiting, not rejected.
select cast(coalesce(sum(s.points), 0) as bigint)
from standing_action_entry as s join action_entry as e on e.action_entry_id = s.action_entry_id
where s.observer_id = :observer_id and s.done_on = :done_on and e.code_id is not null

-- name: logged_since(observer_id, since)$
-- The number of a person's entries since a moment, whatever their status.
select cast(count(*) as bigint) from action_entry
where observer_id = :observer_id and logged_at >= cast(:since as timestamptz)

-- name: latest_quantities(observer_id, code, most)
-- The quantities of a person's latest entries of an action, the newest first.
select activity_data from action_entry
where observer_id = :observer_id and action_code = :code
order by logged_at desc nulls last, action_entry_id desc nulls last
limit :most

-- name: photo_is_known(sha256)^
-- Whether another action or a sighting has this photo.
select 1 from action_entry where photo_sha256 = :sha256
union all
select 1 from occurrence_media where sha256 = :sha256
limit 1

-- name: active_days(observer_id, first_day)
-- The days (Asia/Shanghai) on which a person logged or sent something that counts.
select day from (
    select cast(logged_at at time zone 'Asia/Shanghai' as date) as day
    from standing_action_entry where observer_id = :observer_id
    union
    select cast(submitted_at at time zone 'Asia/Shanghai' as date)
    from occurrence where observer_id = :observer_id
) as active
where day >= :first_day
order by day

-- name: programme_code(token)^
-- The code with this token.
select code_id, token, kind, batch_id, title, action_code, quantity, points, opens_at, closes_at,
    max_uses, made_by, made_at, cancelled_at
from programme_code where token = :token

-- name: codes_of(batch_id)
-- The codes of one batch, in the order they were made.
select code_id, token, kind, batch_id, title, action_code, quantity, points, opens_at, closes_at,
    max_uses, made_by, made_at, cancelled_at
from programme_code where batch_id = :batch_id order by code_id

-- name: batches()
-- Batches of codes, the newest first: what they are for, and their numbers of codes and of uses.
select b.batch_id, b.title, b.kind, b.action_code, b.points, b.opens_at, b.closes_at, b.codes,
    b.cancelled, cast(count(u.use_key) as bigint)
from (
    select batch_id, min(title) as title, min(kind) as kind, min(action_code) as action_code,
        min(points) as points, min(opens_at) as opens_at, min(closes_at) as closes_at,
        count(*) as codes, bool_and(cancelled_at is not null) as cancelled, max(made_at) as made_at
    from programme_code group by batch_id
) as b
left join programme_code as c on c.batch_id = b.batch_id
left join code_use as u on u.code_id = c.code_id
group by b.batch_id, b.title, b.kind, b.action_code, b.points, b.opens_at, b.closes_at, b.codes,
    b.cancelled, b.made_at
order by b.made_at desc nulls last, b.batch_id
limit 200

-- name: uses_of(code_id)$
-- The number of uses of a code.
select cast(count(*) as bigint) from code_use where code_id = :code_id

-- name: code_use(use_key)^
-- The entry that a use was logged as, and its observer.
select action_entry_id, observer_id from code_use where use_key = :use_key

-- name: add_codes(ids, tokens, kinds, batch_ids, titles, action_codes, quantities, points, opens, closes, max_uses, made_bys, made_ats)!
-- Add a batch.
insert into programme_code (code_id, token, kind, batch_id, title, action_code, quantity, points,
    opens_at, closes_at, max_uses, made_by, made_at)
select unnest(cast(:ids as uuid[])), unnest(cast(:tokens as text[])),
    unnest(cast(:kinds as text[])), unnest(cast(:batch_ids as uuid[])),
    unnest(cast(:titles as text[])), unnest(cast(:action_codes as text[])),
    unnest(cast(:quantities as numeric(14, 2)[])), unnest(cast(:points as integer[])),
    unnest(cast(:opens as timestamptz[])), unnest(cast(:closes as timestamptz[])),
    unnest(cast(:max_uses as integer[])), unnest(cast(:made_bys as uuid[])),
    unnest(cast(:made_ats as timestamptz[]))

-- name: cancel_codes(batch_id, cancelled_at)!
-- Cancel a batch.
update programme_code set cancelled_at = :cancelled_at
where batch_id = :batch_id and cancelled_at is null

-- name: use_code(use_key, code_id, observer_id, action_entry_id, used_at)!
-- Add one use.
insert into code_use (use_key, code_id, observer_id, action_entry_id, used_at)
values (:use_key, :code_id, :observer_id, :action_entry_id, :used_at)

-- name: erase_uses(observer_id)!
-- A used slip stays used; only its person is removed.
update code_use set observer_id = cast('00000000-0000-0000-0000-000000000000' as uuid),
    use_key = case when use_key = cast(code_id as text) then use_key
        else cast(code_id as text) || ':' || cast(action_entry_id as text) end
where observer_id = :observer_id

-- name: erase(observer_id)!
-- Delete what a person logged.
delete from action_entry where observer_id = :observer_id

-- name: seed_action(code, version, valid_from, group_code, icon, name_zh, name_en, unit, unit_zh, unit_en, saving_factor, kg_cap_a_day, baseline_zh, baseline_en, source_zh, source_en, source_year, confidence, points_full, portion, daily_cap, quantity_max, choices, not_with, hint_zh, hint_en, monthly_cap, diminishing, evidence, sort_order)!
-- Add one version of a row of the catalogue, or correct its texts and limits. Its factor stays: a
-- changed factor is a new version, since entries were computed with the old one.
insert into action (code, version, valid_from, group_code, icon, name_zh, name_en, unit, unit_zh,
    unit_en, saving_factor, kg_cap_a_day, baseline_zh, baseline_en, source_zh, source_en,
    source_year, confidence, points_full, portion, daily_cap, quantity_max, choices, not_with,
    hint_zh, hint_en, monthly_cap, diminishing, evidence, sort_order)
values (:code, :version, :valid_from, :group_code, :icon, :name_zh, :name_en, :unit, :unit_zh,
    :unit_en, :saving_factor, :kg_cap_a_day, :baseline_zh, :baseline_en, :source_zh, :source_en,
    :source_year, :confidence, :points_full, :portion, :daily_cap, :quantity_max, :choices,
    :not_with, :hint_zh, :hint_en, :monthly_cap, :diminishing, :evidence, :sort_order)
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
    monthly_cap = excluded.monthly_cap, diminishing = excluded.diminishing,
    evidence = excluded.evidence, sort_order = excluded.sort_order
where action.edited_by is null

-- name: add_version(code, version, valid_from, group_code, icon, name_zh, name_en, unit, unit_zh, unit_en, saving_factor, kg_cap_a_day, baseline_zh, baseline_en, source_zh, source_en, source_year, confidence, points_full, portion, daily_cap, quantity_max, choices, not_with, hint_zh, hint_en, monthly_cap, diminishing, evidence, is_offered, edited_by, edited_at, reason)!
-- Add a version that staff wrote; the action keeps its place in the catalogue.
insert into action (code, version, valid_from, group_code, icon, name_zh, name_en, unit, unit_zh,
    unit_en, saving_factor, kg_cap_a_day, baseline_zh, baseline_en, source_zh, source_en,
    source_year, confidence, points_full, portion, daily_cap, quantity_max, choices, not_with,
    hint_zh, hint_en, monthly_cap, diminishing, evidence, is_offered, edited_by, edited_at, reason,
    sort_order)
select :code, cast(:version as integer), cast(:valid_from as date), :group_code, :icon, :name_zh,
    :name_en, :unit, :unit_zh, :unit_en, cast(:saving_factor as numeric(14, 6)),
    cast(:kg_cap_a_day as numeric(14, 6)), :baseline_zh, :baseline_en, :source_zh, :source_en,
    cast(:source_year as integer), cast(:confidence as text), cast(:points_full as integer),
    cast(:portion as numeric(14, 2)), cast(:daily_cap as numeric(14, 2)),
    cast(:quantity_max as numeric(14, 2)), :choices, :not_with, :hint_zh, :hint_en,
    cast(:monthly_cap as numeric(14, 2)), :diminishing, :evidence,
    cast(:is_offered as boolean), cast(:edited_by as uuid), cast(:edited_at as timestamptz),
    :reason, coalesce((select min(sort_order) from action where code = :code), 999)
