-- The boards of districts count confirmed people, each for where they lived when they earned.

-- The district a posting counts for, where its observer lived then; a reversal carries its award's.
-- What was earned before is where its people live now, as the boards had it.
alter table posting add column home_district text;
update posting set home_district = o.home_district
from observer as o
where o.observer_id = posting.observer_id and o.home_district <> 'elsewhere';

-- What a person earned in each district they lived in: a projection of `posting`, as `tally` is.
create table home_tally (
    observer_id uuid not null,
    district text not null,
    period text not null,
    first_day date not null,
    points bigint not null,
    is_demo boolean not null,
    primary key (observer_id, district, period, first_day)
);

create view ledger_home_tally as
select p.observer_id, p.home_district as district, wide.period,
    case wide.period
        when 'week' then cast(date_trunc('week', p.earned_on) as date)
        when 'month' then cast(date_trunc('month', p.earned_on) as date)
        when 'quarter' then cast(date_trunc('quarter', p.earned_on) as date)
        when 'year' then cast(date_trunc('year', p.earned_on) as date)
        else date '2000-01-01'
    end as first_day,
    cast(sum(case when p.from_account = 'city' then p.amount else -p.amount end) as bigint)
        as points,
    bool_or(p.is_demo) as is_demo
from posting as p
cross join (values ('week'), ('month'), ('quarter'), ('year'), ('all')) as wide (period)
where p.home_district is not null
group by 1, 2, 3, 4;

insert into home_tally
select observer_id, district, period, first_day, points, is_demo
from ledger_home_tally order by period, first_day, district, observer_id;

-- Who is confirmed (observations/points/confirmation.py): staff accepted something of theirs, or a
-- code on site was theirs, or they earned on 7 days.
create table confirmed_observer (observer_id uuid primary key);

create view ledger_confirmation as
select observer_id, cast(count(distinct earned_on) as integer) as days,
    bool_or(cause_kind <> 'self_report') as has_proof
from (
    select observer_id, cause_kind, cause_id, earned_on
    from earning group by observer_id, cause_kind, cause_id, earned_on having sum(points) > 0
) as held
group by observer_id;

insert into confirmed_observer
select observer_id from ledger_confirmation where has_proof or days >= 7 order by observer_id;

create or replace view district_share as
select h.observer_id as holder_id, h.district, h.period, h.first_day, h.points,
    case when h.is_demo then 1 else 0 end as demo
from home_tally as h join confirmed_observer as c on c.observer_id = h.observer_id
where h.points > 0;

delete from district_tally;
insert into district_tally
select district, period, first_day, cast(sum(points) as bigint), count(*), cast(sum(demo) as bigint)
from district_share group by district, period, first_day;

-- only postgresql
drop index tally_points;
-- end only
alter table tally drop column home_district;
-- only postgresql
create index tally_points on tally
    (period, first_day, holder_kind, points desc nulls last, holder_id) include (is_demo);
create index home_tally_district on home_tally (period, first_day, district);
-- end only
