-- name: postings_of(cause_kind, cause_id)
-- Everything posted for one cause, the earliest first.
select posting_id, idempotency_key, from_account, to_account, amount, kind,
    cause_kind, cause_id, observer_id, earned_on, posted_at, is_demo, team_id
from posting
where cause_kind = :cause_kind and cause_id = :cause_id
order by posted_at, posting_id

-- name: entries_of(observer_id, most)
-- An observer's postings, the latest first.
select posting_id, idempotency_key, from_account, to_account, amount, kind,
    cause_kind, cause_id, observer_id, earned_on, posted_at, is_demo, team_id
from posting
where observer_id = :observer_id
order by posted_at desc nulls last, posting_id desc nulls last
limit :most

-- name: balance_of(observer_id)$
-- An observer's balance: everything received less everything reversed.
select cast(coalesce(sum(points), 0) as bigint) from earning where observer_id = :observer_id

-- name: earned(observer_id, cause_kind, earned_on)$
-- What an observer earned by one kind of cause on one day.
select cast(coalesce(sum(points), 0) as bigint)
from earning
where observer_id = :observer_id and cause_kind = :cause_kind and earned_on = :earned_on

-- name: leaders(period, first_day, most)
-- The highest of those who agreed to be named, with their rank among everybody; equal points share
-- one. People with at least the points of the last one are counted, once by points.
with named as (
    select t.holder_id, t.points, t.is_demo, o.nickname
    from tally as t join observer as o on o.observer_id = t.holder_id
    where t.period = :period and t.first_day = :first_day and t.holder_kind = 'person'
        and t.points > 0 and o.on_boards and o.erased_at is null
    order by t.points desc nulls last, t.holder_id
    limit :most
), crowd as (
    select points, count(*) as people
    from tally
    where period = :period and first_day = :first_day and holder_kind = 'person'
        and points >= (select min(points) from named)
    group by points
), placed as (
    select points, 1 + coalesce(sum(people) over (
        order by points desc nulls last rows between unbounded preceding and 1 preceding
    ), 0) as place
    from crowd
)
select cast(placed.place as integer) as place, named.holder_id, named.nickname, named.points,
    named.is_demo
from named join placed on placed.points = named.points
order by place, named.nickname collate "C", named.holder_id

-- name: leading_teams(period, first_day, kind, most)
-- The highest teams, of one kind or of all; a hidden team keeps its rank and is not named.
with placed as (
    select t.holder_id, t.points, t.is_demo, e.name, e.kind, e.hidden_at,
        rank() over (order by t.points desc nulls last) as place
    from tally as t join team as e on e.team_id = t.holder_id
    where t.period = :period and t.first_day = :first_day and t.holder_kind = 'team'
        and t.points > 0 and (cast(:kind as text) is null or e.kind = :kind)
)
select cast(placed.place as integer) as place, placed.holder_id, placed.name, placed.kind,
    placed.points, placed.is_demo, cast(count(m.observer_id) as bigint)
from placed left join current_membership as m on m.team_id = placed.holder_id
where placed.hidden_at is null
group by placed.place, placed.holder_id, placed.name, placed.kind, placed.points, placed.is_demo
order by place, placed.name collate "C", placed.holder_id
limit :most

-- name: most_improved(period, first_day, most)
-- Those who agreed to be named and gained most on the period before, ranked among everybody.
with named as (
    select t.holder_id, t.points, t.gain, t.is_demo, o.nickname
    from tally as t join observer as o on o.observer_id = t.holder_id
    where t.period = :period and t.first_day = :first_day and t.holder_kind = 'person'
        and t.gain > 0 and o.on_boards and o.erased_at is null
    order by t.gain desc nulls last, t.holder_id
    limit :most
), crowd as (
    select gain, count(*) as people
    from tally
    where period = :period and first_day = :first_day and holder_kind = 'person'
        and gain >= (select min(gain) from named)
    group by gain
), placed as (
    select gain, 1 + coalesce(sum(people) over (
        order by gain desc nulls last rows between unbounded preceding and 1 preceding
    ), 0) as place
    from crowd
)
select cast(placed.place as integer) as place, named.holder_id, named.nickname, named.points,
    named.gain, named.is_demo
from named join placed on placed.gain = named.gain
order by place, named.nickname collate "C", named.holder_id

-- name: standing(observer_id, period, first_day)^
-- One observer's points, how many have more, and how many have any.
with own as (
    select coalesce(max(points), 0) as points
    from tally
    where holder_id = :observer_id and period = :period and first_day = :first_day
)
select own.points,
    count(case when t.points > own.points then 1 end) as ahead,
    count(t.points) as people
from own left join tally as t on t.period = :period and t.first_day = :first_day
    and t.holder_kind = 'person' and t.points > 0
group by own.points

-- name: neighbours(observer_id, period, first_day, each_way)
-- The rows right above and right below an observer's own, with their rank among everybody.
with own as (
    select holder_id, points
    from tally
    where holder_id = :observer_id and period = :period and first_day = :first_day and points > 0
), above as (
    select t.holder_id, t.points
    from tally as t cross join own
    where t.period = :period and t.first_day = :first_day and t.holder_kind = 'person'
        and t.points >= own.points and (t.points > own.points or t.holder_id < own.holder_id)
    order by t.points asc nulls first, t.holder_id desc nulls first
    limit :each_way
), below as (
    select t.holder_id, t.points
    from tally as t cross join own
    where t.period = :period and t.first_day = :first_day and t.holder_kind = 'person'
        and t.points > 0 and t.points <= own.points
        and (t.points < own.points or t.holder_id > own.holder_id)
    order by t.points desc nulls last, t.holder_id asc nulls last
    limit :each_way
), near as (
    select holder_id, points from above
    union all select holder_id, points from own
    union all select holder_id, points from below
), crowd as (
    select points, count(*) as people
    from tally
    where period = :period and first_day = :first_day and holder_kind = 'person'
        and points >= (select min(points) from near)
    group by points
), placed as (
    select points, 1 + coalesce(sum(people) over (
        order by points desc nulls last rows between unbounded preceding and 1 preceding
    ), 0) as place
    from crowd
)
select cast(placed.place as integer) as place, near.holder_id,
    case when o.on_boards and o.erased_at is null then o.nickname end, near.points
from near
join placed on placed.points = near.points
join observer as o on o.observer_id = near.holder_id
order by place, near.holder_id

-- name: districts(period, first_day)
-- The points of the people who live in each district.
select district, cast(sum(points) as bigint), cast(sum(people) as bigint), sum(demo_people) > 0
from district_tally
where period = :period and first_day = :first_day
group by district having sum(people) > 0
order by district

-- name: waiting_of(observer_ids, first_day, last_day)
-- The waiting points of each of these people, by the day they were sent in.
select observer_id, cast(sum(points) as bigint)
from waiting_point
where observer_id in (select unnest(cast(:observer_ids as uuid[])))
    and day between :first_day and :last_day
group by observer_id

-- name: waiting_by_district(first_day, last_day)
-- The waiting points in each district, by its people's homes.
select o.home_district, cast(sum(w.points) as bigint)
from waiting_point as w join observer as o on o.observer_id = w.observer_id
where w.day between :first_day and :last_day and o.home_district is not null
group by o.home_district

-- name: waiting_by_team(first_day, last_day)
-- The waiting points for each team, by its members of today.
select m.team_id, cast(sum(w.points) as bigint)
from waiting_point as w join current_membership as m on m.observer_id = w.observer_id
where w.day between :first_day and :last_day and m.team_id is not null
group by m.team_id

-- name: post(posting_ids, idempotency_keys, from_accounts, to_accounts, amounts, kinds, cause_kinds, cause_ids, observer_ids, days, posted_ats, demos, team_ids)!
-- Append postings: a list for each column.
insert into posting (posting_id, idempotency_key, from_account, to_account, amount, kind,
    cause_kind, cause_id, observer_id, earned_on, posted_at, is_demo, team_id)
select unnest(cast(:posting_ids as uuid[])), unnest(cast(:idempotency_keys as text[])),
    unnest(cast(:from_accounts as text[])), unnest(cast(:to_accounts as text[])),
    unnest(cast(:amounts as integer[])), unnest(cast(:kinds as text[])),
    unnest(cast(:cause_kinds as text[])), unnest(cast(:cause_ids as uuid[])),
    unnest(cast(:observer_ids as uuid[])), unnest(cast(:days as date[])),
    unnest(cast(:posted_ats as timestamptz[])), unnest(cast(:demos as boolean[])),
    unnest(cast(:team_ids as uuid[]))

-- name: add_tallies(holder_ids, holder_kinds, periods, first_days, points, gains, demos)!
-- Add the changes by postings to the boards' tallies, one row a holder and period.
insert into tally (holder_id, holder_kind, period, first_day, points, gain, home_district, is_demo)
select f.holder_id, f.holder_kind, f.period, f.first_day, f.points, f.gain, o.home_district,
    f.is_demo
from (
    select unnest(cast(:holder_ids as uuid[])) as holder_id,
        unnest(cast(:holder_kinds as text[])) as holder_kind,
        unnest(cast(:periods as text[])) as period,
        unnest(cast(:first_days as date[])) as first_day,
        unnest(cast(:points as bigint[])) as points,
        unnest(cast(:gains as bigint[])) as gain,
        unnest(cast(:demos as boolean[])) as is_demo
) as f left join observer as o on o.observer_id = f.holder_id
on conflict (holder_id, period, first_day) do update set
    points = tally.points + excluded.points, gain = tally.gain + excluded.gain,
    is_demo = tally.is_demo or excluded.is_demo

-- name: add_to_districts(holder_ids, periods, first_days, points)!
-- Add the changes by the same postings to the districts' tallies; to be run after the former.
insert into district_tally (district, period, first_day, points, people, demo_people)
select q.district, q.period, q.first_day, cast(sum(q.points) as bigint),
    cast(sum(q.people) as bigint), cast(sum(case when q.is_demo then q.people else 0 end) as bigint)
from (
    select t.home_district as district, t.period, t.first_day, t.is_demo,
        greatest(t.points, 0) - greatest(t.points - f.points, 0) as points,
        case when t.points > 0 then 1 else 0 end
            - case when t.points - f.points > 0 then 1 else 0 end as people
    from (
        select unnest(cast(:holder_ids as uuid[])) as holder_id,
            unnest(cast(:periods as text[])) as period,
            unnest(cast(:first_days as date[])) as first_day,
            unnest(cast(:points as bigint[])) as points
    ) as f
    join tally as t on t.holder_id = f.holder_id and t.period = f.period
        and t.first_day = f.first_day
    where f.points <> 0 and t.holder_kind = 'person'
        and t.home_district is not null and t.home_district <> 'elsewhere'
) as q
group by q.district, q.period, q.first_day

-- name: share_of(observer_id, sign)!
-- Add a person's tallies to their district's (1) or subtract them (-1), in every period.
insert into district_tally (district, period, first_day, points, people, demo_people)
select district, period, first_day, cast(:sign as integer) * points, cast(:sign as integer),
    cast(:sign as integer) * demo
from district_share where holder_id = :observer_id

-- name: district_tallies()
-- The sums of all districts in all periods.
select district, period, first_day, cast(sum(points) as bigint), cast(sum(people) as bigint),
    cast(sum(demo_people) as bigint)
from district_tally
group by district, period, first_day
having sum(points) <> 0 or sum(people) <> 0 or sum(demo_people) <> 0
order by period, first_day, district

-- name: district_rows()$
-- The number of rows whose sums are the districts' tallies.
select count(*) from district_tally

-- name: empty_districts()!
-- Delete the districts' tallies, before their sums are added or they are computed again.
delete from district_tally

-- name: put_districts(districts, periods, first_days, points, people, demos)!
-- Add the sums.
insert into district_tally (district, period, first_day, points, people, demo_people)
select unnest(cast(:districts as text[])), unnest(cast(:periods as text[])),
    unnest(cast(:first_days as date[])), unnest(cast(:points as bigint[])),
    unnest(cast(:people as bigint[])), unnest(cast(:demos as bigint[]))

-- name: rebuild_districts()!
-- Compute the districts' tallies again from those of their people.
insert into district_tally (district, period, first_day, points, people, demo_people)
select district, period, first_day, cast(sum(points) as bigint), count(*),
    cast(sum(demo) as bigint)
from district_share group by district, period, first_day

-- name: team_postings_of(observer_id)
-- An observer's postings that also count for a team.
select posting_id, idempotency_key, from_account, to_account, amount, kind,
    cause_kind, cause_id, observer_id, earned_on, posted_at, is_demo, team_id
from posting
where observer_id = :observer_id and team_id is not null

-- name: erase(observer_id)!
-- Delete an observer's account and postings: their right, and the only deletion here.
delete from posting where observer_id = :observer_id

-- name: erase_tallies(observer_id)!
-- Delete the account's tallies.
delete from tally where holder_id = :observer_id

-- name: erase_memberships(observer_id)!
-- Take an erased observer out of their team.
delete from membership where observer_id = :observer_id

-- name: forget_maker(observer_id)!
-- A team stays when its maker is erased.
update team set made_by = null where made_by = :observer_id

-- name: rebuild_empty()!
-- Delete the boards' tallies, before they are computed again from the ledger.
delete from tally

-- name: rebuild()!
-- Compute the boards' tallies from the ledger; a period's rows lie together, as they do when they
-- are added one by one.
insert into tally
select g.holder_id, g.holder_kind, g.period, g.first_day, g.points, g.gain, o.home_district,
    g.is_demo
from ledger_gain as g left join observer as o on o.observer_id = g.holder_id
order by g.period, g.first_day, g.holder_kind, g.holder_id

-- name: team_of(observer_id)^
-- The team an observer is in.
select team_id from current_membership where observer_id = :observer_id and team_id is not null

-- name: team(team_id)^
-- One team.
select team_id, name, kind, join_code, made_by, made_at, hidden_at, is_demo
from team where team_id = :team_id

-- name: team_by_code(join_code)^
-- The team with this code.
select team_id, name, kind, join_code, made_by, made_at, hidden_at, is_demo
from team where join_code = :join_code

-- name: team_named(name)^
-- The team with this name.
select team_id, name, kind, join_code, made_by, made_at, hidden_at, is_demo
from team where name = :name

-- name: team_name_is_taken(name, skeleton)^
-- Whether a team already has this name or one that looks like it, or staff took it away.
select 1 from team where name = :name
union all
select 1 from team where skeleton = :skeleton
union all
select 1 from name_change as c
where c.kind = 'team' and c.skeleton_before = :skeleton and c.undoes is null
    and not exists (select 1 from name_change as back where back.undoes = c.name_change_id)
limit 1

-- name: teams_without_skeleton(maximum)
-- Teams whose name has not been compared with others'.
select team_id, name from team where skeleton is null limit :maximum

-- name: put_team_skeletons(team_ids, skeletons)!
-- What their names have in common with names like them.
update team set skeleton = given.skeleton
from (
    select unnest(cast(:team_ids as uuid[])) as team_id,
        unnest(cast(:skeletons as text[])) as skeleton
) as given
where team.team_id = given.team_id

-- name: teams(most)
-- The newest teams, each with its number of members, for staff.
select t.team_id, t.name, t.kind, t.join_code, t.made_by, t.made_at, t.hidden_at, t.is_demo,
    count(m.observer_id)
from (select * from team order by made_at desc nulls last, team_id limit :most) as t
left join current_membership as m on m.team_id = t.team_id
group by t.team_id, t.name, t.kind, t.join_code, t.made_by, t.made_at, t.hidden_at, t.is_demo
order by t.made_at desc nulls last, t.team_id

-- name: people_in(team_id)$
-- The number of members of a team.
select cast(count(*) as bigint) from current_membership where team_id = :team_id

-- name: add_team(team_id, name, skeleton, kind, join_code, made_by, made_at, is_demo)!
-- Add a team.
insert into team (team_id, name, skeleton, kind, join_code, made_by, made_at, is_demo)
values (:team_id, :name, :skeleton, :kind, :join_code, :made_by, :made_at, :is_demo)

-- name: move_to(membership_id, observer_id, team_id, since)!
-- Move an observer to this team, or (null) out of theirs.
insert into membership (membership_id, observer_id, team_id, since)
values (:membership_id, :observer_id, :team_id, :since)

-- name: hide_team(team_id, hidden_at)!
-- Take a team's name off the boards, or (null) put it back.
update team set hidden_at = :hidden_at where team_id = :team_id
