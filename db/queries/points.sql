-- name: postings_of(cause_kind, cause_id)
-- Everything that was ever posted for one cause, the earliest first.
select posting_id, idempotency_key, from_account, to_account, amount, kind,
    cause_kind, cause_id, observer_id, earned_on, posted_at, is_demo
from posting
where cause_kind = :cause_kind and cause_id = :cause_id
order by posted_at, posting_id

-- name: entries_of(observer_id, most)
-- An observer's statement, the latest first.
select posting_id, idempotency_key, from_account, to_account, amount, kind,
    cause_kind, cause_id, observer_id, earned_on, posted_at, is_demo
from posting
where observer_id = :observer_id
order by posted_at desc nulls last, posting_id desc nulls last
limit :most

-- name: balance_of(observer_id)$
-- What an observer has: everything received less everything taken back.
select cast(coalesce(sum(points), 0) as bigint) from earning where observer_id = :observer_id

-- name: earned(observer_id, cause_kind, earned_on)$
-- What an observer earned by one kind of cause on one day.
select cast(coalesce(sum(points), 0) as bigint)
from earning
where observer_id = :observer_id and cause_kind = :cause_kind and earned_on = :earned_on

-- name: leaders(first_day, last_day, most)
-- The best of those who agreed to be named, with their place among everybody; equals share one.
with total as (
    select observer_id, sum(points) as points, bool_or(is_demo) as is_demo
    from earning
    where earned_on between :first_day and :last_day
    group by observer_id
    having sum(points) > 0
), placed as (
    select observer_id, points, is_demo, rank() over (order by points desc nulls last) as place
    from total
)
select cast(place as integer), observer_id, nickname, cast(points as bigint), placed.is_demo
from placed join observer using (observer_id)
where on_boards and erased_at is null
order by place, nickname collate "C", observer_id
limit :most

-- name: standing(observer_id, first_day, last_day)^
-- One observer's points, how many have more, and how many have any.
with total as (
    select observer_id, sum(points) as points
    from earning
    where earned_on between :first_day and :last_day
    group by observer_id
    having sum(points) > 0
), own as (
    select coalesce(max(points), 0) as points from total where observer_id = :observer_id
)
select cast(own.points as bigint),
    (select count(*) from total where total.points > own.points) as ahead,
    (select count(*) from total) as people
from own

-- name: districts(first_day, last_day)
-- What the people at home in each district earned together.
select home_district, cast(sum(points) as bigint), count(*) as people, bool_or(total.is_demo)
from (
    select observer_id, sum(points) as points, bool_or(is_demo) as is_demo
    from earning
    where earned_on between :first_day and :last_day
    group by observer_id
    having sum(points) > 0
) as total join observer using (observer_id)
where home_district is not null and home_district <> 'elsewhere'
group by home_district
order by home_district

-- name: post(posting_ids, idempotency_keys, from_accounts, to_accounts, amounts, kinds, cause_kinds, cause_ids, observer_ids, days, posted_ats, demos)!
-- Append postings, one or many in one statement.
insert into posting (posting_id, idempotency_key, from_account, to_account, amount, kind,
    cause_kind, cause_id, observer_id, earned_on, posted_at, is_demo)
select unnest(cast(:posting_ids as uuid[])), unnest(cast(:idempotency_keys as text[])),
    unnest(cast(:from_accounts as text[])), unnest(cast(:to_accounts as text[])),
    unnest(cast(:amounts as integer[])), unnest(cast(:kinds as text[])),
    unnest(cast(:cause_kinds as text[])), unnest(cast(:cause_ids as uuid[])),
    unnest(cast(:observer_ids as uuid[])), unnest(cast(:days as date[])),
    unnest(cast(:posted_ats as timestamptz[])), unnest(cast(:demos as boolean[]))

-- name: erase(observer_id)!
-- Remove an observer's account whole: a person's right, and the only deletion here.
delete from posting where observer_id = :observer_id
