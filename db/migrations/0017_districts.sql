-- What the people at home in each district have in each period: rows that are added up, written in
-- the ledger's own transaction as `tally` is. A posting adds what it changes and changes no row, so
-- that two people of one district can earn at once; now and then the rows are gathered.
create table district_tally (
    district text not null,
    period text not null,
    first_day date not null,
    points bigint not null,
    people bigint not null,
    demo_people bigint not null
);

-- What a person brings their district.
create view district_share as
select holder_id, home_district as district, period, first_day, points,
    case when is_demo then 1 else 0 end as demo
from tally
where holder_kind = 'person' and points > 0
    and home_district is not null and home_district <> 'elsewhere';

insert into district_tally
select district, period, first_day, cast(sum(points) as bigint), count(*), cast(sum(demo) as bigint)
from district_share group by district, period, first_day;

-- only postgresql
create index district_tally_period on district_tally (period, first_day);
-- end only
