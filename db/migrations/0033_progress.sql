-- Progress is against one's own best period of a year before (of four, where years are compared), at
-- most as much again, from the third period with points on (observations/points/progress.py).
create or replace view ledger_gain as
select holder_id, holder_kind, period, first_day, points,
    cast(case when holder_kind = 'person' and active >= 2
        then greatest(least(points - best, best), 0) else 0 end as bigint) as gain,
    is_demo
from (
    select holder_id, holder_kind, period, first_day, points, is_demo,
        max(points) over before as best,
        count(case when points > 0 then 1 end) over before as active
    from ledger_tally where period in ('week', 'month', 'quarter')
    window before as (
        partition by holder_id, period order by first_day
        range between interval '1 year' preceding and interval '1 day' preceding
    )
    union all
    select holder_id, holder_kind, period, first_day, points, is_demo,
        max(points) over before,
        count(case when points > 0 then 1 end) over before
    from ledger_tally where period = 'year'
    window before as (
        partition by holder_id, period order by first_day
        range between interval '4 years' preceding and interval '1 day' preceding
    )
    union all
    select holder_id, holder_kind, period, first_day, points, is_demo, 0, 0
    from ledger_tally where period = 'all'
) as placed;

-- Periods that stood there only to have less than the one before.
delete from tally where points = 0 and not exists (
    select 1 from ledger_tally as l
    where l.holder_id = tally.holder_id and l.period = tally.period
        and l.first_day = tally.first_day
);
update tally set gain = g.gain
from ledger_gain as g
where g.holder_id = tally.holder_id and g.period = tally.period
    and g.first_day = tally.first_day and g.gain <> tally.gain;
