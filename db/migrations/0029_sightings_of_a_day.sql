-- Points that wait, on the day they were sent in; sightings as if they were accepted in the order in
-- which they came: 5 points each for the first 5 of a day, 3 for the next 5, 1 for the next 10.
create or replace view waiting_point as
select q.subject_id, q.observer_id, q.day,
    case
        when q.worth is not null then q.worth
        when q.turn <= 5 then 5
        when q.turn <= 10 then 3
        when q.turn <= 20 then 1
        else 0
    end as points,
    q.is_demo
from (
    select r.subject_id, r.observer_id,
        cast(r.submitted_at at time zone 'Asia/Shanghai' as date) as day, r.worth, r.is_demo,
        row_number() over (
            partition by r.observer_id, cast(r.submitted_at at time zone 'Asia/Shanghai' as date),
                r.worth is null
            order by r.submitted_at, r.subject_id
        ) as turn
    from review as r
    where r.is_waiting and r.observer_id is not null and (
        r.verification_status = 'unconfirmed'
        or not exists (
            select 1 from decision as d
            where d.subject_id = r.subject_id and d.verdict in ('accept', 'plausible')
        )
    )
) as q;
