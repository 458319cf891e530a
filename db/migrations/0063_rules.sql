-- Rules that accept easy sightings without a verifier, and the blind audit of what they would accept.

create table auto_rule (
    rule_id uuid primary key,
    group_code text not null,
    taxon_id uuid,
    district text,
    least_accepted integer not null check (least_accepted >= 0),
    rare_too boolean not null,
    may_flag text not null,
    error_limit double precision not null check (error_limit > 0 and error_limit < 1),
    is_on boolean not null,
    made_by uuid,
    made_at timestamptz not null,
    ended_at timestamptz
);

-- What a rule would have accepted and a verifier decides instead, without being told.
create table audit (
    subject_id uuid primary key,
    rule_id uuid not null,
    taxon_id uuid not null,
    chosen_at timestamptz not null
);

-- How it came out: a refusal or another name is an error, `plausible` neither.
create view audit_outcome as
select a.rule_id, a.subject_id, a.chosen_at, d.decided_at,
    r.verification_status in ('not_accepted_incorrect', 'not_accepted_unable_to_verify')
        or i.taxon_id is distinct from a.taxon_id as is_wrong,
    r.verification_status in ('accepted_considered_correct', 'accepted_correct')
        and i.taxon_id = a.taxon_id as is_right
from audit as a
join review as r on r.subject_id = a.subject_id
join decision as d on d.decision_id = r.decision_id
join current_identification as i on i.occurrence_id = a.subject_id
where r.verification_status in ('accepted_considered_correct', 'accepted_correct', 'plausible',
    'not_accepted_incorrect', 'not_accepted_unable_to_verify');

-- A sighting as it came, and how staff decided in the end. An automatic decision is nobody's.
create view judged_sighting as
select r.subject_id, o.observer_id, r.submitted_at, d.decided_at, f.taxon_id, t.group_code,
    e.district, t.tier <> 1 as is_rare,
    t.sensitive_category is not null or t.national_protection is not null or t.is_invasive
        as is_special,
    r.verification_status in ('accepted_considered_correct', 'accepted_correct')
        and i.taxon_id = f.taxon_id as is_right,
    r.verification_status in ('not_accepted_incorrect', 'not_accepted_unable_to_verify')
        or i.taxon_id is distinct from f.taxon_id as is_wrong
from review as r
join decision as d on d.decision_id = r.decision_id
join occurrence as o on o.occurrence_id = r.subject_id
join event as e on e.event_id = o.event_id
join current_identification as i on i.occurrence_id = r.subject_id
join identification as f on f.occurrence_id = r.subject_id
join taxon as t on t.taxon_id = f.taxon_id
where d.decided_by_staff is not null
    and r.verification_status in ('accepted_considered_correct', 'accepted_correct', 'plausible',
        'not_accepted_incorrect', 'not_accepted_unable_to_verify')
    and not exists (
        select 1 from identification as earlier
        where earlier.occurrence_id = f.occurrence_id
            and (earlier.identified_at < f.identified_at
                or (earlier.identified_at = f.identified_at
                    and earlier.identification_id < f.identification_id)));

-- only postgresql
create index audit_rule on audit (rule_id);
create index decision_moment on decision (decided_at);
-- end only
