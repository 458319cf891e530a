-- The ledger, the catalogue of low-carbon actions, and what people logged of it.

-- One row moves points from one account to another, so the ledger sums to zero by construction.
-- Rows are only ever added. earned_on is a day in Asia/Shanghai; posted_at is UTC.
create table posting (
    posting_id uuid primary key,
    idempotency_key text not null unique,
    from_account text not null,
    to_account text not null,
    amount integer not null,
    kind text not null,
    cause_kind text not null,
    cause_id uuid not null,
    observer_id uuid not null,
    earned_on date not null,
    posted_at timestamptz not null,
    is_demo boolean not null,
    check (amount > 0),
    check (from_account <> to_account)
);
create index posting_cause on posting (cause_id);
create index posting_observer on posting (observer_id, earned_on);

-- What each posting means to its observer: plus what came, minus what was taken back. Every page
-- that shows points sums this view.
create view earning as
select posting_id, observer_id, cause_kind, cause_id, earned_on, is_demo,
    case when from_account = 'city' then amount else -amount end as points
from posting;

-- Every account, the city's included.
create view balance as
select account, cast(sum(points) as bigint) as points
from (
    select to_account as account, amount as points from posting
    union all
    select from_account, -amount from posting
) as side
group by account;

-- The catalogue, all versions; db/seed/actions.csv is its source. A factor is kilograms of CO2
-- equivalent avoided a unit; where it is null the action makes no carbon claim.
create table action (
    code text not null,
    version integer not null,
    valid_from date not null,
    group_code text not null,
    icon text not null,
    name_zh text not null,
    name_en text not null,
    unit text not null,
    unit_zh text not null,
    unit_en text not null,
    saving_factor numeric(14, 6),
    kg_cap_a_day numeric(14, 6),
    baseline_zh text not null,
    baseline_en text not null,
    source_zh text not null,
    source_en text not null,
    source_year integer,
    confidence text,
    points_full integer not null,
    portion numeric(14, 2) not null,
    daily_cap numeric(14, 2) not null,
    quantity_max numeric(14, 2) not null,
    choices text not null,
    not_with text not null,
    hint_zh text not null,
    hint_en text not null,
    sort_order integer not null,
    primary key (code, version),
    check (saving_factor > 0),
    check (points_full > 0),
    check (portion > 0 and daily_cap >= portion and quantity_max >= daily_cap)
);

-- What people logged. The factor is kept as it was used; done_on is a day in Asia/Shanghai.
create table action_entry (
    action_entry_id uuid primary key,
    observer_id uuid not null,
    action_code text not null,
    action_version integer not null,
    activity_data numeric(14, 2) not null,
    unit text not null,
    saving_factor numeric(14, 6),
    avoided_kg_co2e numeric(18, 6),
    full_points integer not null,
    points integer not null,
    done_on date not null,
    upload_id uuid,
    photo_sha256 text,
    note text not null,
    logged_at timestamptz not null,
    is_demo boolean not null,
    check (activity_data > 0),
    check (avoided_kg_co2e >= 0),
    check (points >= 0 and full_points >= points)
);
create index action_entry_observer on action_entry (observer_id, done_on);

-- Entries that stand: not those that staff did not accept, nor those their observer took back
-- (unconfirmed and withheld). Day limits and kilograms count these.
create view standing_action_entry as
select e.*
from action_entry as e left join review as r on r.subject_id = e.action_entry_id
where r.subject_id is null
    or not (
        strpos(r.verification_status, 'not_accepted') = 1
        or (r.verification_status = 'unconfirmed' and r.release_status = 'withheld')
    );
