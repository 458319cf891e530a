-- name: postings_of(cause_kind, cause_id)
-- Everything posted for one cause, the earliest first.
select posting_id, idempotency_key, from_account, to_account, amount, kind,
    cause_kind, cause_id, observer_id, earned_on, posted_at, is_demo, team_id, home_district
from posting
where cause_kind = :cause_kind and cause_id = :cause_id
order by posted_at, posting_id

-- name: entries_of(observer_id, most)
-- An observer's postings, the latest first.
select posting_id, idempotency_key, from_account, to_account, amount, kind,
    cause_kind, cause_id, observer_id, earned_on, posted_at, is_demo, team_id, home_district
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
-- Those who agreed to be named and gained most on their own best period of before, ranked among
-- everybody.
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
-- The points of confirmed people by the district they lived in.
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

-- name: post(posting_ids, idempotency_keys, from_accounts, to_accounts, amounts, kinds, cause_kinds, cause_ids, observer_ids, days, posted_ats, demos, team_ids, homes)!
-- Append postings: a list for each column.
insert into posting (posting_id, idempotency_key, from_account, to_account, amount, kind,
    cause_kind, cause_id, observer_id, earned_on, posted_at, is_demo, team_id, home_district)
select unnest(cast(:posting_ids as uuid[])), unnest(cast(:idempotency_keys as text[])),
    unnest(cast(:from_accounts as text[])), unnest(cast(:to_accounts as text[])),
    unnest(cast(:amounts as integer[])), unnest(cast(:kinds as text[])),
    unnest(cast(:cause_kinds as text[])), unnest(cast(:cause_ids as uuid[])),
    unnest(cast(:observer_ids as uuid[])), unnest(cast(:days as date[])),
    unnest(cast(:posted_ats as timestamptz[])), unnest(cast(:demos as boolean[])),
    unnest(cast(:team_ids as uuid[])), unnest(cast(:homes as text[]))

-- name: add_tallies(holder_ids, holder_kinds, periods, first_days, points, demos)!
-- Add the changes by postings to the boards' tallies, one row a holder and period.
insert into tally (holder_id, holder_kind, period, first_day, points, gain, is_demo)
select unnest(cast(:holder_ids as uuid[])), unnest(cast(:holder_kinds as text[])),
    unnest(cast(:periods as text[])), unnest(cast(:first_days as date[])),
    unnest(cast(:points as bigint[])), 0, unnest(cast(:demos as boolean[]))
on conflict (holder_id, period, first_day) do update set
    points = tally.points + excluded.points, is_demo = tally.is_demo or excluded.is_demo

-- name: renew_gains(holder_ids, periods, first_days)!
-- Compute people's gains again, of these periods and of later ones that look back on them; a week
-- more than the year, since a week's first day is none of the year before.
update tally set gain = q.gain
from (
    select t.holder_id, t.period, t.first_day,
        case when count(case when b.points > 0 then 1 end) >= 2
            then greatest(least(t.points - max(b.points), max(b.points)), 0) else 0 end as gain
    from (
        select distinct k.holder_id, k.period, k.first_day, k.points
        from (
            select unnest(cast(:holder_ids as uuid[])) as holder_id,
                unnest(cast(:periods as text[])) as period,
                unnest(cast(:first_days as date[])) as first_day
        ) as f
        join tally as k on k.holder_id = f.holder_id and k.period = f.period
            and k.first_day between f.first_day and f.first_day
                + case f.period when 'year' then interval '4 years' else interval '372 days' end
    ) as t
    left join tally as b on b.holder_id = t.holder_id and b.period = t.period
        and b.first_day < t.first_day and b.first_day >= t.first_day
            - case t.period when 'year' then interval '4 years' else interval '1 year' end
    group by t.holder_id, t.period, t.first_day, t.points
) as q
where tally.holder_id = q.holder_id and tally.period = q.period
    and tally.first_day = q.first_day and tally.gain <> q.gain

-- name: add_to_homes(observer_ids, districts, periods, first_days, points, demos)!
-- Add the changes by the same postings to what people earned in the districts they lived in.
insert into home_tally (observer_id, district, period, first_day, points, is_demo)
select unnest(cast(:observer_ids as uuid[])), unnest(cast(:districts as text[])),
    unnest(cast(:periods as text[])), unnest(cast(:first_days as date[])),
    unnest(cast(:points as bigint[])), unnest(cast(:demos as boolean[]))
on conflict (observer_id, district, period, first_day) do update set
    points = home_tally.points + excluded.points,
    is_demo = home_tally.is_demo or excluded.is_demo

-- name: add_to_districts(observer_ids, districts, periods, first_days, points)!
-- Add those of confirmed people to the districts' tallies; to be run after the former.
insert into district_tally (district, period, first_day, points, people, demo_people)
select q.district, q.period, q.first_day, cast(sum(q.points) as bigint),
    cast(sum(q.people) as bigint), cast(sum(case when q.is_demo then q.people else 0 end) as bigint)
from (
    select h.district, h.period, h.first_day, h.is_demo,
        greatest(h.points, 0) - greatest(h.points - f.points, 0) as points,
        case when h.points > 0 then 1 else 0 end
            - case when h.points - f.points > 0 then 1 else 0 end as people
    from (
        select unnest(cast(:observer_ids as uuid[])) as observer_id,
            unnest(cast(:districts as text[])) as district,
            unnest(cast(:periods as text[])) as period,
            unnest(cast(:first_days as date[])) as first_day,
            unnest(cast(:points as bigint[])) as points
    ) as f
    join home_tally as h on h.observer_id = f.observer_id and h.district = f.district
        and h.period = f.period and h.first_day = f.first_day
    join confirmed_observer as c on c.observer_id = f.observer_id
    where f.points <> 0
) as q
group by q.district, q.period, q.first_day

-- name: confirmed(observer_ids)
-- Which of these people are confirmed.
select observer_id from confirmed_observer
where observer_id = any(cast(:observer_ids as uuid[]))

-- name: confirmations(observer_ids)
-- What confirms these people: their days with points, and whether anything of it has proof.
select observer_id, cast(count(distinct earned_on) as integer),
    bool_or(cause_kind <> 'self_report')
from (
    select observer_id, cause_kind, cause_id, earned_on
    from earning where observer_id = any(cast(:observer_ids as uuid[]))
    group by observer_id, cause_kind, cause_id, earned_on having sum(points) > 0
) as held
group by observer_id

-- name: confirm(observer_ids)!
-- Confirm these people.
insert into confirmed_observer (observer_id) select unnest(cast(:observer_ids as uuid[]))

-- name: unconfirm(observer_ids)!
-- These people are confirmed no more.
delete from confirmed_observer where observer_id = any(cast(:observer_ids as uuid[]))

-- name: unconfirm_all()!
-- Nobody is confirmed, before it is computed again from the ledger.
delete from confirmed_observer

-- name: confirm_all()!
-- Compute from the ledger who is confirmed.
insert into confirmed_observer
select observer_id from ledger_confirmation where has_proof or days >= 7 order by observer_id

-- name: home_of(observer_id)$
-- The district of the city that an observer lives in.
select nullif(home_district, 'elsewhere') from observer where observer_id = :observer_id

-- name: shares_of(observer_ids, sign)!
-- Add confirmed people's tallies to their districts' (1) or subtract them (-1), in every period.
insert into district_tally (district, period, first_day, points, people, demo_people)
select district, period, first_day, cast(:sign as integer) * points, cast(:sign as integer),
    cast(:sign as integer) * demo
from district_share where holder_id = any(cast(:observer_ids as uuid[]))

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

-- name: wrong_holders()
-- People and teams whose tallies, earnings in districts or confirmation are not the ledger's.
select coalesce(t.holder_id, g.holder_id)
from tally as t full outer join ledger_gain as g
    on g.holder_id = t.holder_id and g.period = t.period and g.first_day = t.first_day
where coalesce(t.points, 0) <> coalesce(g.points, 0) or coalesce(t.gain, 0) <> coalesce(g.gain, 0)
    or t.holder_kind <> g.holder_kind or t.is_demo <> g.is_demo
union
select coalesce(t.observer_id, g.observer_id)
from home_tally as t full outer join ledger_home_tally as g
    on g.observer_id = t.observer_id and g.district = t.district and g.period = t.period
    and g.first_day = t.first_day
where coalesce(t.points, 0) <> coalesce(g.points, 0) or t.is_demo <> g.is_demo
union
select coalesce(c.observer_id, g.observer_id)
from confirmed_observer as c full outer join (
    select observer_id from ledger_confirmation where has_proof or days >= 7
) as g on g.observer_id = c.observer_id
where c.observer_id is null or g.observer_id is null
order by 1

-- name: drop_tallies(holder_id)!
-- Delete the tallies of a person or team, before they are computed again from the ledger.
delete from tally where holder_id = :holder_id

-- name: compute_tallies(holder_id)!
-- Compute the tallies of a person or team from the ledger.
insert into tally (holder_id, holder_kind, period, first_day, points, gain, is_demo)
select holder_id, holder_kind, period, first_day, points, gain, is_demo
from ledger_gain where holder_id = :holder_id
order by period, first_day, holder_kind, holder_id

-- name: drop_homes(holder_id)!
-- Delete what a person earned in their districts, before it is computed again from the ledger.
delete from home_tally where observer_id = :holder_id

-- name: compute_homes(holder_id)!
-- Compute from the ledger what a person earned in the districts they lived in.
insert into home_tally (observer_id, district, period, first_day, points, is_demo)
select observer_id, district, period, first_day, points, is_demo
from ledger_home_tally where observer_id = :holder_id
order by period, first_day, district, observer_id

-- name: confirm_of_ledger(holder_id)!
-- Compute from the ledger whether a person is confirmed.
insert into confirmed_observer (observer_id)
select observer_id from ledger_confirmation
where observer_id = :holder_id and (has_proof or days >= 7)
order by observer_id

-- name: district_differences()
-- What the districts' tallies lack, or have too much, beside those of their confirmed people.
select coalesce(d.district, s.district), coalesce(d.period, s.period),
    coalesce(d.first_day, s.first_day),
    cast(coalesce(s.points, 0) - coalesce(d.points, 0) as bigint),
    cast(coalesce(s.people, 0) - coalesce(d.people, 0) as bigint),
    cast(coalesce(s.demo_people, 0) - coalesce(d.demo_people, 0) as bigint)
from (
    select district, period, first_day, sum(points) as points, sum(people) as people,
        sum(demo_people) as demo_people
    from district_tally group by district, period, first_day
) as d full outer join (
    select district, period, first_day, sum(points) as points, count(*) as people,
        sum(demo) as demo_people
    from district_share group by district, period, first_day
) as s on s.district = d.district and s.period = d.period and s.first_day = d.first_day
where coalesce(d.points, 0) <> coalesce(s.points, 0)
    or coalesce(d.people, 0) <> coalesce(s.people, 0)
    or coalesce(d.demo_people, 0) <> coalesce(s.demo_people, 0)

-- name: team_postings_of(observer_id)
-- An observer's postings that also count for a team.
select posting_id, idempotency_key, from_account, to_account, amount, kind,
    cause_kind, cause_id, observer_id, earned_on, posted_at, is_demo, team_id, home_district
from posting
where observer_id = :observer_id and team_id is not null

-- name: erase(observer_id)!
-- Delete an observer's account and postings: their right, and the only deletion here.
delete from posting where observer_id = :observer_id

-- name: erase_tallies(observer_id)!
-- Delete the account's tallies.
delete from tally where holder_id = :observer_id

-- name: erase_homes(observer_id)!
-- Delete what the account earned in its districts.
delete from home_tally where observer_id = :observer_id

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
insert into tally (holder_id, holder_kind, period, first_day, points, gain, is_demo)
select g.holder_id, g.holder_kind, g.period, g.first_day, g.points, g.gain, g.is_demo
from ledger_gain as g
order by g.period, g.first_day, g.holder_kind, g.holder_id

-- name: empty_homes()!
-- Delete what people earned in their districts, before it is computed again from the ledger.
delete from home_tally

-- name: rebuild_homes()!
-- Compute from the ledger what people earned in the districts they lived in.
insert into home_tally
select observer_id, district, period, first_day, points, is_demo
from ledger_home_tally order by period, first_day, district, observer_id

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
