-- Queries that must return no rows. Run by the tests, by `check`, and nightly.

-- name: device_of_nobody()
-- Every linked browser has its observer.
select d.device_id from device as d left join observer as o on o.observer_id = d.observer_id
where o.observer_id is null

-- name: recovery_code_of_nobody()
-- Every recovery code has its observer.
select r.code_id from recovery_code as r left join observer as o on o.observer_id = r.observer_id
where o.observer_id is null

-- name: session_of_nobody()
-- Every session has its member of staff.
select s.session_id from staff_session as s left join staff as f on f.staff_id = s.staff_id
where f.staff_id is null

-- name: unknown_role()
-- Every role is one of the list.
select staff_id from staff where role not in ('verifier', 'organiser', 'admin')

-- name: two_recovery_codes()
-- An observer has one recovery code at most.
select observer_id from recovery_code group by observer_id having count(*) > 1

-- name: response_of_no_wave()
-- Every answer belongs to a wave that has its row.
select r.response_id from response as r left join wave as w on w.wave_id = r.wave_id
where w.wave_id is null

-- name: response_outside_its_wave()
-- An answer is given on a day of its wave.
select r.response_id from response as r join wave as w on w.wave_id = r.wave_id
where r.answered_on not between w.first_day and w.last_day

-- name: response_with_a_gap_before_it()
-- A person's changes in a wave are numbered 1, 2, 3 without a gap.
select wave_id, person_token from response
group by wave_id, person_token having max(turn) <> count(*)

-- name: unknown_satisfaction_word()
-- Tiers, steps and statuses of satisfaction are those of the lists.
select wave_id from response where tier not in ('self_declared', 'on_site', 'staff_verified')
union all
select wave_id from wave_step where step not in ('opened', 'closed')
union all
select wave_id from theme_answer where status not in ('done', 'doing', 'passed_on')

-- name: figure_published_outside_its_time()
-- A publication is made for a Monday at midnight (Asia/Shanghai), for a closing or for the end of
-- its quarter; with answers of before; no two of a time; its figures are of it or an earlier one.
select p.publication_id from wave_publication as p
left join wave as w on w.wave_id = p.wave_id
where w.wave_id is null
    or p.kind not in ('weekly', 'closing', 'after')
    or (p.kind <> 'closing' and (
        extract(isodow from p.published_at at time zone 'Asia/Shanghai') <> 1
        or cast(p.published_at at time zone 'Asia/Shanghai' as time) <> time '00:00:00'
        or p.until_day > cast(p.published_at at time zone 'Asia/Shanghai' as date)))
    or (p.kind = 'closing' and not exists (
        select 1 from wave_step as s
        where s.wave_id = p.wave_id and s.step = 'closed' and s.stepped_at = p.published_at)
        and p.published_at at time zone 'Asia/Shanghai' <> cast(w.last_day + 1 as timestamp))
union all
select f.publication_id from published_figure as f
left join wave_publication as p on p.publication_id = f.publication_id
where p.publication_id is null
    or not exists (
        select 1 from wave_publication as q
        where q.wave_id = p.wave_id and q.published_at = f.as_of and f.as_of <= p.published_at)

-- name: figure_that_says_too_much()
-- A figure is of tens of people, ten or more, and its mean and limits have one decimal.
select publication_id from published_figure
where people < 10 or mod(people, 10) <> 0
    or abs(mean * 10 - round(mean * 10)) > 0.000001
    or abs(low * 10 - round(low * 10)) > 0.000001 or abs(high * 10 - round(high * 10)) > 0.000001

-- name: rank_under_its_minimum()
-- A rank rests on thirty people or more who proved where they live.
select publication_id from published_figure
where best_rank is not null and (people < 30 or basis <> 'proven' or question <> 'overall')

-- name: step_of_no_wave()
-- Every opening and closing belongs to a wave that has its row.
select s.step_id from wave_step as s left join wave as w on w.wave_id = s.wave_id
where w.wave_id is null

-- name: concern_of_no_answer()
-- Every reason for a low score has its answer.
select c.person_token from concern as c
where not exists (
    select 1 from response as r
    where r.wave_id = c.wave_id and r.person_token = c.person_token
)

-- name: proof_of_no_code()
-- Every proof of residence has its code.
select p.code_id from residence_proof as p
left join residence_code as c on c.code_id = p.code_id
where c.code_id is null

-- name: code_used_too_often()
-- No residence code was used by more people than it was made for.
select c.code_id from residence_code as c
join residence_proof as p on p.code_id = c.code_id
group by c.code_id, c.most_uses having count(*) > c.most_uses

-- name: answered_by_no_answer()
-- Every person who was answered has an answer.
select a.person_token from concern_answer as a
left join theme_answer as t on t.answer_id = a.answer_id
where t.answer_id is null

-- name: ledger_out_of_balance()
-- The balances of all accounts add up to zero.
select sum(points) from balance having sum(points) <> 0

-- name: posting_of_no_account()
-- Points move between the city and the account of the posting's observer.
select posting_id from posting
where not (
    (from_account = 'city' and to_account = 'observer:' || cast(observer_id as text))
    or (to_account = 'city' and from_account = 'observer:' || cast(observer_id as text))
)

-- name: posting_of_no_observer()
-- Every posting has its observer.
select p.posting_id from posting as p left join observer as o on o.observer_id = p.observer_id
where o.observer_id is null

-- name: unknown_posting_word()
-- Kinds and causes of postings are those of the lists.
select posting_id from posting
where kind not in ('award', 'reversal')
    or cause_kind not in ('occurrence', 'action', 'self_report', 'code')

-- name: cause_not_wholly_awarded_or_reversed()
-- A cause has one award in force or none: its reversals cancel its earlier awards exactly.
select cause_kind, cause_id from posting
where kind in ('award', 'reversal')
group by cause_kind, cause_id
having sum(case when kind = 'award' then 1 else -1 end) not in (0, 1)
    or sum(case when kind = 'award' then amount else -amount end) < 0

-- name: action_entry_of_nobody()
-- Every logged action has its observer.
select e.action_entry_id
from action_entry as e left join observer as o on o.observer_id = e.observer_id
where o.observer_id is null

-- name: action_entry_of_no_action()
-- Every logged action is of a version in the catalogue, computed with that version's factor.
select e.action_entry_id
from action_entry as e left join action as a
    on a.code = e.action_code and a.version = e.action_version
where a.code is null or e.saving_factor is distinct from a.saving_factor

-- name: kilograms_that_do_not_follow()
-- Avoided kilograms are activity times factor, or less where a day's limit holds; none without one.
select action_entry_id from action_entry
where (saving_factor is null) <> (avoided_kg_co2e is null)
    or avoided_kg_co2e > activity_data * saving_factor + 0.000001

-- name: kilograms_over_a_limit()
-- Nobody avoids more by an action than its limits of a day and of a month hold, nor by reports
-- without evidence more than 10 kilograms a day.
select e.observer_id, e.action_code, min(e.done_on)
from standing_action_entry as e
join action as a on a.code = e.action_code and a.version = e.action_version
group by e.observer_id, e.action_code, e.done_on
having sum(e.avoided_kg_co2e)
    > max(least(a.daily_cap * e.saving_factor, a.kg_cap_a_day)) + 0.000005
union all
select e.observer_id, e.action_code, min(e.done_on)
from standing_action_entry as e
join action as a on a.code = e.action_code and a.version = e.action_version
group by e.observer_id, e.action_code, date_trunc('month', e.done_on)
having sum(e.avoided_kg_co2e) > max(a.monthly_cap * e.saving_factor) + 0.0001
union all
select s.observer_id, 'by word', s.done_on
from standing_action_entry as s join action_entry as e on e.action_entry_id = s.action_entry_id
where e.upload_id is null and e.code_id is null
group by s.observer_id, s.done_on
having sum(s.avoided_kg_co2e) > 10

-- name: self_report_paid_wrongly()
-- A report without evidence was paid exactly what its entry says.
select e.action_entry_id
from action_entry as e left join (
    select cause_id, sum(amount) as points from posting
    where cause_kind = 'self_report' and kind = 'award' group by cause_id
) as p on p.cause_id = e.action_entry_id
where e.upload_id is null and e.flags is null and e.code_id is null
    and coalesce(p.points, 0) <> e.points

-- name: self_report_taken_back_and_still_paid()
-- A report without evidence is at the desk only because its observer withdrew it, and then has no
-- points.
select r.subject_id
from review as r
join action_entry as e on e.action_entry_id = r.subject_id
    and e.upload_id is null and e.flags is null
left join decision as d on d.decision_id = r.decision_id
left join earning as p on p.cause_id = r.subject_id
group by r.subject_id, d.verdict
having d.verdict is distinct from 'withdraw' or coalesce(sum(p.points), 0) <> 0

-- name: photo_action_without_review()
-- An action with a photo is, or was, at the desk.
select e.action_entry_id
from action_entry as e left join review as r on r.subject_id = e.action_entry_id
where (e.upload_id is not null or e.flags is not null) and (r.subject_id is null or r.kind <> 'action')

-- name: action_award_that_disagrees_with_the_desk()
-- The award of an action is in force exactly when the desk's latest decision accepts it.
select e.action_entry_id
from action_entry as e
join review as r on r.subject_id = e.action_entry_id
left join earning as p on p.cause_id = e.action_entry_id
where e.points > 0 and r.verification_status not in ('queried', 'answered')
group by e.action_entry_id, r.verification_status
having (coalesce(sum(p.points), 0) > 0) <> (r.verification_status in
    ('plausible', 'accepted_considered_correct', 'accepted_correct'))

-- name: unknown_word_of_a_new_record()
-- Every level, evidence, confidence and origin of a new species is one of its list.
select code from new_record
where level not in ('new_to_science', 'new_to_china')
    or evidence not in ('described', 'survey', 'literature')
    or confidence not in ('high', 'medium', 'low')
    or type_origin not in ('yes', 'no', 'unknown')

-- name: unknown_word_of_a_taxon()
-- Every group and reason of the checklist is one of its list, and a category has its reason.
select taxon_id from taxon
where group_code not in ('bird', 'mammal', 'amphibian', 'reptile', 'fish', 'insect',
        'other invertebrate', 'plant', 'fungus')
    or sensitive_reason not in ('few_left', 'collected', 'protected', 'narrow_range')
    or (sensitive_category is null) <> (sensitive_reason is null)

-- name: taxon_name_of_nothing()
-- Every further name has its taxon.
select n.taxon_name_id from taxon_name as n left join taxon as t on t.taxon_id = n.taxon_id
where t.taxon_id is null

-- name: unknown_word_of_a_taxon_name()
-- Statuses and languages of further names are those of the lists; a Latin name is not vernacular.
select taxon_name_id from taxon_name
where status not in ('synonym', 'proParteSynonym', 'misapplied', 'vernacular', 'everyday')
    or language not in ('la', 'zh', 'zh-Hant', 'en')
    or (language = 'la') = (status in ('vernacular', 'everyday'))

-- name: not_one_stamp_of_the_names()
-- The names have one stamp.
select count(*) from taxon_stamp having count(*) <> 1

-- name: occurrence_of_no_event()
-- Every sighting has its event.
select o.occurrence_id from occurrence as o left join event as e on e.event_id = o.event_id
where e.event_id is null

-- name: event_of_no_occurrence()
-- Every event is that of a sighting, or was it before a correction: never neither, never both.
select e.event_id
from event as e
left join occurrence as o on o.event_id = e.event_id
left join earlier_event as x on x.event_id = e.event_id
where (o.occurrence_id is null) = (x.event_id is null)

-- name: earlier_event_of_nothing()
-- What is listed as a former event is one, of a sighting that is there.
select x.event_id
from earlier_event as x
left join event as e on e.event_id = x.event_id
left join occurrence as o on o.occurrence_id = x.occurrence_id
where e.event_id is null or o.occurrence_id is null

-- name: occurrence_without_a_name_or_a_review()
-- Every sighting has a first identification, if only an empty one, and a review.
select o.occurrence_id
from occurrence as o left join review as r on r.subject_id = o.occurrence_id
where r.subject_id is null or r.kind <> 'occurrence'
    or not exists (select 1 from identification as i where i.occurrence_id = o.occurrence_id)

-- name: identification_of_nothing()
-- Every name belongs to a sighting, and its taxon, if any, is on the checklist.
select i.identification_id
from identification as i
left join occurrence as o on o.occurrence_id = i.occurrence_id
left join taxon as t on t.taxon_id = i.taxon_id
where o.occurrence_id is null or (i.taxon_id is not null and t.taxon_id is null)

-- name: occurrence_media_of_nothing()
-- Every photo of a sighting was uploaded, unless it is a drawing of the demo, and has its sighting.
select m.occurrence_id, m.position
from occurrence_media as m
left join occurrence as o on o.occurrence_id = m.occurrence_id
where o.occurrence_id is null
    or (not o.is_demo and not exists (select 1 from media as u where u.sha256 = m.sha256))

-- name: photo_without_digest()
-- Of every photo that a row names stands what is known of its files.
select named.sha256
from (
    select sha256 from media
    union select sha256 from occurrence_media
    union select photo_sha256 from action_entry where photo_sha256 is not null
    union select photo_sha256 from concern where photo_sha256 is not null
) as named left join photo_digest as d on d.sha256 = named.sha256
where d.sha256 is null

-- name: digest_of_nothing()
-- Nothing is known of a photo that no row names.
select d.sha256
from photo_digest as d
where not exists (select 1 from media as u where u.sha256 = d.sha256)
    and not exists (select 1 from occurrence_media as m where m.sha256 = d.sha256)
    and not exists (select 1 from action_entry as e where e.photo_sha256 = d.sha256)
    and not exists (select 1 from concern as c where c.photo_sha256 = d.sha256)

-- name: check_of_nothing()
-- Every finding of a check belongs to a sighting.
select c.occurrence_id, c.code
from occurrence_check as c left join occurrence as o on o.occurrence_id = c.occurrence_id
where o.occurrence_id is null

-- name: review_of_nothing()
-- Every review is of a sighting or a logged action.
select r.subject_id
from review as r
left join occurrence as o on o.occurrence_id = r.subject_id and r.kind = 'occurrence'
left join action_entry as e on e.action_entry_id = r.subject_id and r.kind = 'action'
where o.occurrence_id is null and e.action_entry_id is null

-- name: decision_of_nothing()
-- Every decision is on a subject that has a review.
select d.decision_id from decision as d left join review as r on r.subject_id = d.subject_id
where r.subject_id is null

-- name: decision_after_nothing()
-- A decision follows an earlier one on the same subject, or is the first.
select d.decision_id
from decision as d
left join decision as before
    on before.decision_id = d.previous_decision_id and before.subject_id = d.subject_id
where d.previous_decision_id is not null and before.decision_id is null

-- name: review_unlike_its_latest_decision()
-- A review equals the latest decision on its subject, which is the one that no other follows;
-- before any decision it waits, unconfirmed.
select r.subject_id
from review as r left join (
    select d.* from decision as d
    left join decision as next on next.previous_decision_id = d.decision_id
    where next.decision_id is null
) as d on d.subject_id = r.subject_id
where r.decision_id is distinct from d.decision_id
    or r.verification_status <> coalesce(d.verification_status, 'unconfirmed')
    or r.release_status <> coalesce(d.release_status, 'pending')
    or r.is_waiting <> coalesce(d.is_waiting, true)

-- name: unknown_word_of_a_review()
-- Kinds and statuses of the desk are those of the lists.
select subject_id from review
where kind not in ('occurrence', 'action')
    or release_status not in ('pending', 'released', 'withheld')
    or verification_status not in ('unconfirmed', 'plausible', 'accepted_considered_correct',
        'accepted_correct', 'not_accepted_unable_to_verify', 'not_accepted_incorrect', 'queried',
        'answered')

-- name: unknown_word_of_a_decision()
-- Verdicts and reasons are those of the lists, and only a refusal needs a reason.
select decision_id from decision
where verdict not in ('accept', 'plausible', 'reject', 'withhold', 'query', 'answer', 'correct',
        'withdraw', 'undo', 'recall', 'lapse')
    or reason not in ('photo_unclear', 'not_enough', 'wrong_name', 'wrong_place_or_time',
        'not_own_photo', 'not_nature')
    or (verdict = 'reject' and reason is null)

-- name: voice_of_nothing()
-- What people say belongs to a sighting and to somebody, and a taxon that they name is on the
-- checklist; how sure they are is a word of the list.
select c.community_identification_id
from community_identification as c
left join occurrence as o on o.occurrence_id = c.occurrence_id
left join observer as p on p.observer_id = c.observer_id
left join taxon as t on t.taxon_id = c.taxon_id
where o.occurrence_id is null or p.observer_id is null or p.erased_at is not null
    or (c.taxon_id is not null and t.taxon_id is null)
    or c.certainty not in ('taxon', 'genus', 'family', 'order', 'class')

-- name: order_kept_of_nothing()
-- What keeps order belongs to somebody who is there: suspensions, flags, appeals, what is set aside.
select s.suspension_id
from suspension as s left join observer as o on o.observer_id = s.observer_id
left join suspension as l on l.suspension_id = s.lifts
where o.observer_id is null or (s.lifts is not null and l.suspension_id is null)
    or s.reason not in ('flood', 'others_photos', 'made_up', 'unsuitable')
union all
select g.flag_id
from flag as g left join observer as o on o.observer_id = g.observer_id
left join occurrence as r on r.occurrence_id = g.occurrence_id
where o.observer_id is null or r.occurrence_id is null
    or g.reason not in ('private', 'not_own_photo', 'generated', 'unsuitable', 'spam',
        'wrong_place')
union all
select a.appeal_id
from appeal as a left join observer as o on o.observer_id = a.observer_id
where o.observer_id is null or a.kind not in ('suspension', 'record')
union all
select n.appeal_id
from appeal_answer as n left join appeal as a on a.appeal_id = n.appeal_id
where a.appeal_id is null

-- name: work_of_nobody()
-- What is somebody's to look at, or is asked of somebody, is that of an account; and is asked about
-- something.
select a.assignment_id
from assignment as a left join staff as s on s.staff_id = a.staff_id
where s.staff_id is null
union all
select f.subject_id
from referral as f left join review as r on r.subject_id = f.subject_id
left join staff as b on b.staff_id = f.asked_by
left join staff as o on o.staff_id = f.asked_of
where r.subject_id is null or b.staff_id is null or o.staff_id is null

-- name: unknown_word_of_a_sighting()
-- The source of a place and the origin of an individual are those of the lists.
select e.event_id from event as e left join occurrence as o on o.event_id = e.event_id
where e.place_source not in ('exif', 'device', 'map', 'named')
    or o.establishment_means not in ('wild', 'planted_or_captive')

-- name: public_and_not_in_the_projection()
-- Every row of the public view is in the projection, unchanged.
select occurrence_id, public_id, observer_id, individual_count, establishment_means, is_demo,
    verification_status, taxon_id, scientific_name, vernacular_name, english_name, group_code,
    grid, decimal_latitude, decimal_longitude, coordinate_uncertainty_in_meters, event_day, square
from public_occurrence
except
select occurrence_id, public_id, observer_id, individual_count, establishment_means, is_demo,
    verification_status, taxon_id, scientific_name, vernacular_name, english_name, group_code,
    grid, decimal_latitude, decimal_longitude, coordinate_uncertainty_in_meters, event_day, square
from released_occurrence

-- name: in_the_projection_and_not_public()
-- Every row of the projection is in the public view, unchanged.
select occurrence_id, public_id, observer_id, individual_count, establishment_means, is_demo,
    verification_status, taxon_id, scientific_name, vernacular_name, english_name, group_code,
    grid, decimal_latitude, decimal_longitude, coordinate_uncertainty_in_meters, event_day, square
from released_occurrence
except
select occurrence_id, public_id, observer_id, individual_count, establishment_means, is_demo,
    verification_status, taxon_id, scientific_name, vernacular_name, english_name, group_code,
    grid, decimal_latitude, decimal_longitude, coordinate_uncertainty_in_meters, event_day, square
from public_occurrence

-- name: twice_in_the_projection()
-- A sighting is in the projection once.
select occurrence_id from released_occurrence group by occurrence_id having count(*) > 1

-- name: map_counts_that_disagree()
-- What the map holds of its counts is what the projection adds up to.
select kind, subject, place, sum(records), sum(demo)
from (
    select kind, subject, place, records, demo from map_count
    union all
    select kind, subject, place, -1, -demo from map_share
) as shares
group by kind, subject, place having sum(records) <> 0 or sum(demo) <> 0

-- name: projection_with_another_photo()
-- The projection shows the first photo of a sighting with its exact place, and counts them all.
select r.occurrence_id
from released_occurrence as r left join (
    select occurrence_id, max(case when position = 1 then sha256 end) as sha256, count(*) as photos
    from occurrence_media group by occurrence_id
) as m on m.occurrence_id = r.occurrence_id
where r.grid is null
    and (r.photo_sha256 is distinct from m.sha256 or r.photo_count <> coalesce(m.photos, 0))

-- name: generalised_photo_shown_wrongly()
-- A generalised sighting shows no photo that another public sighting has, nor one like it, and
-- every other one.
select occurrence_id from wrong_generalised_photo

-- name: wide_place_in_a_fine_cell()
-- What is drawn as a square is in no fine cell, and only that is in none.
select occurrence_id from released_occurrence where (square is null) <> (cell_quarter is not null)
union all
select record_id from released_survey_occurrence
where (square is null) <> (cell_quarter is not null)

-- name: public_place_off_its_grid()
-- A generalised record is at the centre of a cell of its grid, and has no fine cell, no observer
-- and no day.
select occurrence_id from released_occurrence
where grid is not null and (
    grid not in (10, 100, 1000)
    or abs(decimal_latitude * grid - floor(decimal_latitude * grid) - 0.5) > 0.000001
    or abs(decimal_longitude * grid - floor(decimal_longitude * grid) - 0.5) > 0.000001
    or cell_quarter is not null or observer_id is not null
    or extract(day from event_day) <> 1
)

-- name: public_though_withheld_or_hidden()
-- No taxon of category 1 is public, and a sensitive, hidden or unnamed one is not public exactly.
select r.occurrence_id
from released_occurrence as r
join occurrence as o on o.occurrence_id = r.occurrence_id
join event as e on e.event_id = o.event_id
join current_identification as i on i.occurrence_id = r.occurrence_id
left join taxon as t on t.taxon_id = i.taxon_id
left join review as v on v.subject_id = r.occurrence_id
left join decision as d on d.decision_id = v.decision_id
where t.sensitive_category = 1
    or (r.grid is null and (t.sensitive_category is not null or e.hides_exact_place
        or (t.taxon_id is null and not coalesce(d.rules_out_sensitive, false))))

-- name: sighting_award_that_disagrees_with_the_desk()
-- The award of a sighting is in force exactly when the desk's latest decision accepts it; a
-- question changes nothing. Of somebody with more than 20 sightings, it may be one of a full day.
select o.occurrence_id
from occurrence as o
join review as r on r.subject_id = o.occurrence_id
join (
    select observer_id, count(*) as sightings from occurrence group by observer_id
) as n on n.observer_id = o.observer_id
left join earning as p on p.cause_id = o.occurrence_id and p.cause_kind = 'occurrence'
where r.verification_status not in ('queried', 'answered')
group by o.occurrence_id, r.verification_status, n.sightings
having case
    when r.verification_status in ('plausible', 'accepted_considered_correct', 'accepted_correct')
        then coalesce(sum(p.points), 0) <= 0 and n.sightings <= 20
    else coalesce(sum(p.points), 0) > 0
end

-- name: reversal_without_its_award()
-- A reversal belongs to an earlier award of the same cause and observer.
select t.posting_id
from posting as t
where t.kind = 'reversal' and not exists (
    select 1 from posting as g
    where g.kind = 'award' and g.cause_kind = t.cause_kind and g.cause_id = t.cause_id
        and g.observer_id = t.observer_id and g.amount = t.amount and g.posted_at <= t.posted_at
)

-- name: board_that_disagrees_with_the_ledger()
-- Every holder's tally equals the ledger's sum, and a person's gain what the ledger makes of it.
select coalesce(t.holder_id, g.holder_id), coalesce(t.period, g.period),
    coalesce(t.first_day, g.first_day)
from tally as t full outer join ledger_gain as g
    on g.holder_id = t.holder_id and g.period = t.period and g.first_day = t.first_day
where coalesce(t.points, 0) <> coalesce(g.points, 0) or coalesce(t.gain, 0) <> coalesce(g.gain, 0)
    or t.holder_kind <> g.holder_kind

-- name: home_that_disagrees_with_the_ledger()
-- What each person earned in a district equals the ledger's sum.
select coalesce(t.observer_id, g.observer_id), coalesce(t.district, g.district)
from home_tally as t full outer join ledger_home_tally as g
    on g.observer_id = t.observer_id and g.district = t.district and g.period = t.period
    and g.first_day = t.first_day
where coalesce(t.points, 0) <> coalesce(g.points, 0)

-- name: confirmed_that_disagree_with_the_ledger()
-- Confirmed is who has something with proof in the ledger, or points on 7 days.
select coalesce(c.observer_id, g.observer_id)
from confirmed_observer as c full outer join (
    select observer_id from ledger_confirmation where has_proof or days >= 7
) as g on g.observer_id = c.observer_id
where c.observer_id is null or g.observer_id is null

-- name: districts_that_disagree_with_their_people()
-- A district's tallies are the sums of its confirmed people's.
select coalesce(d.district, s.district), coalesce(d.period, s.period),
    coalesce(d.first_day, s.first_day)
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

-- name: team_of_nothing()
-- Every membership is of an observer, in an existing team; so are the postings that count for a
-- team.
select m.membership_id as id
from membership as m left join team as t on t.team_id = m.team_id
left join observer as o on o.observer_id = m.observer_id
where o.observer_id is null or (m.team_id is not null and t.team_id is null)
union all
select p.posting_id from posting as p left join team as t on t.team_id = p.team_id
where p.team_id is not null and t.team_id is null

-- name: unknown_kind_of_team()
-- A team is one of the four kinds.
select team_id from team where kind not in ('family', 'school', 'company', 'village')

-- name: worth_that_is_not_the_entrys()
-- The points that an action would earn at the desk are those of its entry.
select r.subject_id
from review as r join action_entry as e on e.action_entry_id = r.subject_id
where r.is_waiting and r.worth is distinct from e.points

-- name: code_use_of_nothing()
-- A use belongs to an existing code, is not numbered above its limit, and was paid as the code
-- says.
select u.use_key
from code_use as u left join programme_code as c on c.code_id = u.code_id
where c.code_id is null
union all
select cast(c.code_id as text) from programme_code as c join code_use as u on u.code_id = c.code_id
group by c.code_id, c.max_uses having count(*) > c.max_uses

-- name: code_paid_without_a_use()
-- An entry that a code paid has its use.
select e.action_entry_id
from action_entry as e left join code_use as u on u.action_entry_id = e.action_entry_id
where e.code_id is not null and u.use_key is null

-- name: festival_part_of_nothing()
-- Every team and every result belongs to a festival, every member to one of its teams, and so does a
-- team that was merged into another.
select t.team_id
from festival_team as t left join festival as f on f.festival_id = t.festival_id
where f.festival_id is null
union all
select j.join_id
from festival_join as j left join festival_team as t
    on t.team_id = j.team_id and t.festival_id = j.festival_id
where t.team_id is null
union all
select s.festival_id
from festival_sheet as s left join festival as f on f.festival_id = s.festival_id
where f.festival_id is null
union all
select m.team_id
from festival_team as m left join festival_team as t
    on t.team_id = m.merged_into and t.festival_id = m.festival_id and t.merged_into is null
where m.merged_into is not null and t.team_id is null

-- name: name_change_of_nothing()
-- Every change of a name belongs to somebody who is there.
select c.name_change_id
from name_change as c
left join observer as o on c.kind = 'nickname' and o.observer_id = c.subject_id
left join team as t on c.kind = 'team' and t.team_id = c.subject_id
left join festival_team as f on c.kind = 'festival_team' and f.team_id = c.subject_id
where o.observer_id is null and t.team_id is null and f.team_id is null

-- name: survey_row_of_no_dataset()
-- Every survey row belongs to a dataset or an import on its way, and a taxon that it names is on the
-- checklist.
select s.record_id
from survey_occurrence as s
left join survey_dataset as d on d.dataset_id = s.dataset_id
left join taxon as t on t.taxon_id = s.taxon_id
where (d.dataset_id is null and s.dataset_id not in (select import_id from survey_import))
    or (s.taxon_id is not null and t.taxon_id is null)

-- name: survey_row_twice()
-- A row of a file is stored once in its dataset, and once more at most by an import on its way.
select record_id from survey_occurrence
group by record_id, dataset_id in (select import_id from survey_import) having count(*) > 1

-- name: import_of_a_dataset()
-- An import on its way has no dataset yet, so that nobody sees its rows.
select i.import_id from survey_import as i join survey_dataset as d on d.dataset_id = i.import_id

-- name: dataset_with_another_count()
-- A dataset's number of rows is the number of its stored rows.
select d.dataset_id
from survey_dataset as d left join survey_occurrence as s on s.dataset_id = d.dataset_id
group by d.dataset_id, d.record_count having count(s.record_id) <> d.record_count

-- name: survey_cells_of_another_grid()
-- District and cells of a survey row are those of its public place.
select record_id from generalised_survey_occurrence where grid is distinct from stored_grid

-- name: survey_public_and_not_in_the_projection()
-- Every row of the public view of the surveys is in its projection, unchanged.
select record_id, public_id, dataset_id, taxon_id, scientific_name, vernacular_name, english_name,
    group_code, basis_of_record, individual_count, establishment_means, is_rough_at_source,
    is_demo, grid, decimal_latitude, decimal_longitude, coordinate_uncertainty_in_meters,
    first_day, last_day, district, cell_city, cell_quarter, square, verbatim_name
from public_survey_occurrence
except
select record_id, public_id, dataset_id, taxon_id, scientific_name, vernacular_name, english_name,
    group_code, basis_of_record, individual_count, establishment_means, is_rough_at_source,
    is_demo, grid, decimal_latitude, decimal_longitude, coordinate_uncertainty_in_meters,
    first_day, last_day, district, cell_city, cell_quarter, square, verbatim_name
from released_survey_occurrence

-- name: survey_in_the_projection_and_not_public()
-- Every row of the surveys' projection is in their public view, unchanged.
select record_id, public_id, dataset_id, taxon_id, scientific_name, vernacular_name, english_name,
    group_code, basis_of_record, individual_count, establishment_means, is_rough_at_source,
    is_demo, grid, decimal_latitude, decimal_longitude, coordinate_uncertainty_in_meters,
    first_day, last_day, district, cell_city, cell_quarter, square, verbatim_name
from released_survey_occurrence
except
select record_id, public_id, dataset_id, taxon_id, scientific_name, vernacular_name, english_name,
    group_code, basis_of_record, individual_count, establishment_means, is_rough_at_source,
    is_demo, grid, decimal_latitude, decimal_longitude, coordinate_uncertainty_in_meters,
    first_day, last_day, district, cell_city, cell_quarter, square, verbatim_name
from public_survey_occurrence

-- name: survey_place_off_its_grid()
-- A generalised survey row is at the centre of a cell of its grid, has no fine cell and no dataset,
-- and begins with a month.
select record_id from released_survey_occurrence
where grid is not null and (
    grid not in (10, 100, 1000)
    or abs(decimal_latitude * grid - floor(decimal_latitude * grid) - 0.5) > 0.000001
    or abs(decimal_longitude * grid - floor(decimal_longitude * grid) - 0.5) > 0.000001
    or cell_quarter is not null or dataset_id is not null
    or extract(day from first_day) <> 1
)

-- name: survey_public_though_withheld()
-- No survey row of a taxon of category 1 is public, and a sensitive one is not public exactly.
select r.record_id
from released_survey_occurrence as r
join survey_occurrence as s on s.record_id = r.record_id
join survey_dataset as d on d.dataset_id = s.dataset_id
left join taxon as t on t.taxon_id = s.taxon_id
where t.sensitive_category = 1 or s.resembled_category = 1
    or (r.grid is null and (t.sensitive_category is not null or s.is_rough_at_source
        or s.resembled_category is not null
        or (t.taxon_id is null and not d.rules_out_sensitive)))

-- name: part_of_no_case()
-- Every description, opinion and closing belongs to a case.
select p.case_id from (
    select case_id from case_description union all select case_id from case_opinion
    union all select case_id from case_closing union all select case_id from announced_record
) as p left join discovery_case as c on c.case_id = p.case_id
where c.case_id is null

-- name: sealed_and_public()
-- The sighting of an open case is not released.
select c.occurrence_id from discovery_case as c
join released_occurrence as r on r.occurrence_id = c.occurrence_id
left join case_closing as z on z.case_id = c.case_id
where z.case_id is null

-- name: announced_without_agreement()
-- An announced case was judged as new by two members of staff in one round.
select a.code from announced_record as a
where not exists (
    select o.round from case_opinion as o where o.case_id = a.case_id and o.opinion = 'new'
    group by o.round having count(distinct o.staff_id) >= 2
)

-- name: unknown_case_word()
-- Levels, opinions, endings and kinds of places are those of the lists.
select level from discovery_case where level not in (
    'new_to_science', 'new_to_china', 'new_to_province', 'new_to_city', 'new_to_district')
union all select opinion from case_opinion where opinion not in ('new', 'not_new', 'unsure')
union all select outcome from case_closing where outcome not in ('announced', 'closed')
union all select kind from site where kind not in ('station', 'experience', 'facility', 'nature')
