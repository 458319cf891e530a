-- Boards that answer at once, teams, versions of the catalogue that staff write, codes of
-- programmes, and what waits because a pattern looks odd.

-- The team a posting counts for, its observer's own on that day; a reversal carries its award's.
alter table posting add column team_id uuid;

-- What each holder (a person or a team) has in each period: a projection of `posting`, written in
-- the same transaction by the one method that posts, and compared with it by the invariants.
-- `gain` is the period's points less those of the period before. `home_district` is the person's.
-- first_day is the period's first day in Asia/Shanghai; for all time 2000-01-01.
create table tally (
    holder_id uuid not null,
    holder_kind text not null,
    period text not null,
    first_day date not null,
    points bigint not null,
    gain bigint not null,
    home_district text,
    is_demo boolean not null,
    primary key (holder_id, period, first_day)
);

create view ledger_tally as
select side.holder_id, side.holder_kind, wide.period,
    case wide.period
        when 'week' then cast(date_trunc('week', side.earned_on) as date)
        when 'month' then cast(date_trunc('month', side.earned_on) as date)
        when 'quarter' then cast(date_trunc('quarter', side.earned_on) as date)
        when 'year' then cast(date_trunc('year', side.earned_on) as date)
        else date '2000-01-01'
    end as first_day,
    cast(sum(side.points) as bigint) as points,
    bool_or(side.is_demo) as is_demo
from (
    select observer_id as holder_id, 'person' as holder_kind, earned_on, is_demo,
        case when from_account = 'city' then amount else -amount end as points
    from posting
    union all
    select team_id, 'team', earned_on, is_demo,
        case when from_account = 'city' then amount else -amount end
    from posting where team_id is not null
) as side
cross join (values ('week'), ('month'), ('quarter'), ('year'), ('all')) as wide (period)
group by 1, 2, 3, 4;

-- The day after a period is the next one's first.
create view ledger_gain as
select holder_id, holder_kind, period, first_day, cast(sum(points) as bigint) as points,
    cast(sum(gain) as bigint) as gain, bool_or(is_demo) as is_demo
from (
    select holder_id, holder_kind, period, first_day, points, points as gain, is_demo
    from ledger_tally
    union all
    select holder_id, holder_kind, period,
        cast(case period
            when 'week' then first_day + interval '7 days'
            when 'month' then first_day + interval '1 month'
            when 'quarter' then first_day + interval '3 months'
            else first_day + interval '1 year'
        end as date),
        0, -points, is_demo
    from ledger_tally where period <> 'all'
) as step
group by holder_id, holder_kind, period, first_day;

insert into tally
select g.holder_id, g.holder_kind, g.period, g.first_day, g.points, g.gain, o.home_district,
    g.is_demo
from ledger_gain as g left join observer as o on o.observer_id = g.holder_id;

-- only postgresql
create index tally_points on tally
    (period, first_day, holder_kind, points desc nulls last, holder_id)
    include (home_district, is_demo);
create index tally_gain on tally (period, first_day, holder_kind, gain desc nulls last, holder_id);
create index review_waiting on review (observer_id) where is_waiting;
-- end only

-- Families, schools, companies, villages and communities. A hidden one keeps its points.
create table team (
    team_id uuid primary key,
    name text not null unique,
    kind text not null,
    join_code text not null unique,
    made_by uuid,
    made_at timestamptz not null,
    hidden_at timestamptz,
    is_demo boolean not null
);

-- Which team somebody is in from when on; team_id is null from when they left.
create table membership (
    membership_id uuid primary key,
    observer_id uuid not null,
    team_id uuid,
    since timestamptz not null
);
create index membership_observer on membership (observer_id);

create view current_membership as
select distinct on (observer_id) observer_id, team_id, since
from membership order by observer_id, since desc, membership_id desc;

-- What a subject at the desk is worth if it is accepted; null: a sighting, 5 green points.
alter table review add column worth integer;
update review set worth = (
    select points from action_entry where action_entry_id = review.subject_id
) where kind = 'action';

-- Points that wait, on the day they were sent in. Answered ones that were accepted before the
-- question hold their points already.
create view waiting_point as
select r.subject_id, r.observer_id,
    cast(r.submitted_at at time zone 'Asia/Shanghai' as date) as day,
    coalesce(r.worth, 5) as points, r.is_demo
from review as r
where r.is_waiting and r.observer_id is not null and (
    r.verification_status = 'unconfirmed'
    or not exists (
        select 1 from decision as d
        where d.subject_id = r.subject_id and d.verdict in ('accept', 'plausible')
    )
);

-- What a version of an action says more: units a calendar month that count at most, how its points
-- diminish within one ("40:50": from the 41st portion on, half), what evidence is asked, whether it
-- is still offered, and which member of staff wrote it (null: the seed file).
alter table action add column monthly_cap numeric(14, 2);
alter table action add column diminishing text;
alter table action add column evidence text;
alter table action add column is_offered boolean;
alter table action add column edited_by uuid;
alter table action add column edited_at timestamptz;
alter table action add column reason text;

-- Why an entry waits though it was logged at its person's word, as codes; and the code that paid it.
alter table action_entry add column flags text;
alter table action_entry add column code_id uuid;
create index action_entry_photo on action_entry (photo_sha256);

-- Codes of programmes (a repair cafe, a clean-up): a slip works once, a poster once a person, both
-- from opens_at to closes_at, a poster at most max_uses times.
create table programme_code (
    code_id uuid primary key,
    token text not null unique,
    kind text not null,
    batch_id uuid not null,
    title text not null,
    action_code text not null,
    quantity numeric(14, 2) not null,
    points integer not null,
    opens_at timestamptz not null,
    closes_at timestamptz not null,
    max_uses integer not null,
    made_by uuid not null,
    made_at timestamptz not null,
    cancelled_at timestamptz,
    check (points > 0 and quantity > 0 and max_uses > 0 and closes_at > opens_at)
);
create index programme_code_batch on programme_code (batch_id);

-- One use each: the key is the slip's own, or the poster's and the person's.
create table code_use (
    use_key text primary key,
    code_id uuid not null,
    observer_id uuid not null,
    action_entry_id uuid not null,
    used_at timestamptz not null
);
create index code_use_code on code_use (code_id);
