-- Kilograms have the limits that points have. What was logged before is counted again: the units
-- within the limits of the day and of the month, as they were logged; points stay as they were paid.
update action_entry set avoided_kg_co2e = counted.kilograms
from (
    select q.action_entry_id,
        cast(greatest(least(q.day_room, q.month_room, q.activity_data), 0) * q.saving_factor
            as numeric(18, 6)) as kilograms
    from (
        select e.action_entry_id, e.activity_data, e.saving_factor,
            a.daily_cap - (sum(e.activity_data) over day_before - e.activity_data) as day_room,
            coalesce(
                a.monthly_cap - (sum(e.activity_data) over month_before - e.activity_data),
                e.activity_data
            ) as month_room
        from standing_action_entry as e
        join action as a on a.code = e.action_code and a.version = e.action_version
        where e.saving_factor is not null
        window
            day_before as (
                partition by e.observer_id, e.action_code, e.done_on
                order by e.logged_at, e.action_entry_id
                rows between unbounded preceding and current row
            ),
            month_before as (
                partition by e.observer_id, e.action_code, date_trunc('month', e.done_on)
                order by e.done_on, e.logged_at, e.action_entry_id
                rows between unbounded preceding and current row
            )
    ) as q
) as counted
where counted.action_entry_id = action_entry.action_entry_id
    and counted.kilograms < action_entry.avoided_kg_co2e;

-- What reports without evidence avoid together is at most 10 kilograms a day.
update action_entry set avoided_kg_co2e = counted.kilograms
from (
    select q.action_entry_id, greatest(least(q.avoided_kg_co2e, 10 - q.before), 0) as kilograms
    from (
        select s.action_entry_id, s.avoided_kg_co2e,
            sum(s.avoided_kg_co2e) over (
                partition by s.observer_id, s.done_on order by s.logged_at, s.action_entry_id
                rows between unbounded preceding and current row
            ) - s.avoided_kg_co2e as before
        from standing_action_entry as s
        join action_entry as e on e.action_entry_id = s.action_entry_id
        where e.upload_id is null and e.code_id is null and s.avoided_kg_co2e is not null
    ) as q
) as counted
where counted.action_entry_id = action_entry.action_entry_id
    and counted.kilograms < action_entry.avoided_kg_co2e;

-- A day without the car excludes rides in one; in the versions that staff wrote too.
update action set not_with = not_with || ' TRV-EV-KM TRV-CARPOOL'
where code = 'TRV-CARFREE-DAY' and edited_by is not null and strpos(not_with, 'TRV-EV-KM') = 0;
update action set not_with = not_with || ' TRV-CARFREE-DAY'
where code in ('TRV-EV-KM', 'TRV-CARPOOL') and edited_by is not null
    and strpos(not_with, 'TRV-CARFREE-DAY') = 0;

-- A self-reported ride has a factor of its own. Where staff wrote a version, the next one says it;
-- elsewhere the seed file does.
insert into action (code, version, valid_from, group_code, icon, name_zh, name_en, unit, unit_zh,
    unit_en, saving_factor, kg_cap_a_day, baseline_zh, baseline_en, source_zh, source_en,
    source_year, confidence, points_full, portion, daily_cap, quantity_max, choices, not_with,
    hint_zh, hint_en, sort_order, monthly_cap, diminishing, evidence, is_offered, edited_by,
    edited_at, reason)
select code, version + 1, valid_from, group_code, icon, name_zh, name_en, unit, unit_zh, unit_en,
    cast(case code when 'TRV-METRO' then 0.137 else 0.052 end as numeric(14, 6)), kg_cap_a_day,
    baseline_zh, baseline_en, source_zh || '，自己填报的一趟', source_en || ', a self-reported ride',
    source_year, confidence, points_full, portion, daily_cap, quantity_max, choices, not_with,
    hint_zh, hint_en, sort_order, monthly_cap, diminishing, evidence, is_offered, edited_by,
    edited_at, '自己填报的一趟按自己填报的系数算'
from action as latest
where version = (select max(a.version) from action as a where a.code = latest.code)
    and edited_by is not null
    and ((code = 'TRV-METRO' and saving_factor = 0.274)
        or (code = 'TRV-BUS' and saving_factor = 0.105));
