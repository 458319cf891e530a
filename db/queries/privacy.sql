-- name: records_of(observer_id)
-- An observer's sightings, and whether each is public.
select o.occurrence_id, r.release_status = 'released'
from occurrence as o join review as r on r.subject_id = o.occurrence_id
where o.observer_id = :observer_id order by o.submitted_at, o.occurrence_id

-- name: actions_of(observer_id)
-- An observer's logged actions.
select action_entry_id from action_entry where observer_id = :observer_id

-- name: photos_of(observer_id)
-- Every photo an observer sent, used or not.
select m.sha256
from occurrence_media as m join occurrence as o on o.occurrence_id = m.occurrence_id
where o.observer_id = :observer_id
union
select photo_sha256 from action_entry
where observer_id = :observer_id and photo_sha256 is not null
union
select u.sha256 from media as u join device as d on d.device_id = u.device_id
where d.observer_id = :observer_id

-- name: compacted_until()^
-- The time before which erased data has left the files.
select max(logged_at) from log_entry where action = 'store.compacted'

-- name: erased_since(moment)^
-- When the first observer after a moment was erased.
select min(erased_at) from observer where erased_at > :moment

-- name: flags_of(observer_id)
-- What somebody found wrong with others' sightings.
select occurrence_id, reason, flagged_at from flag
where observer_id = :observer_id order by flagged_at

-- name: suspensions_of(observer_id)
-- Somebody's suspensions, and what lifted them.
select reason, until_at, lifts is not null, decided_at from suspension
where observer_id = :observer_id order by decided_at

-- name: appeals_of(observer_id)
-- Somebody's appeals, with the answers.
select a.kind, a.subject_id, a.words, a.sent_at, n.words, n.answered_at
from appeal as a left join appeal_answer as n on n.appeal_id = a.appeal_id
where a.observer_id = :observer_id order by a.sent_at

-- name: remove_reviews(subject_ids)!
-- Delete the reviews of sightings or actions.
delete from review where subject_id = any(cast(:subject_ids as uuid[]))

-- name: remove_decisions(subject_ids)!
-- Delete the decisions on sightings or actions.
delete from decision where subject_id = any(cast(:subject_ids as uuid[]))

-- name: remove_audits(subject_ids)!
-- Delete what was kept for the audit of a rule.
delete from audit where subject_id = any(cast(:subject_ids as uuid[]))

-- name: remove_referrals(subject_ids)!
-- Delete what colleagues were asked about sightings or actions.
delete from referral where subject_id = any(cast(:subject_ids as uuid[]))

-- name: remove_checks(occurrence_ids)!
-- Delete the findings of the checks.
delete from occurrence_check where occurrence_id = any(cast(:occurrence_ids as uuid[]))

-- name: remove_names(occurrence_ids)!
-- Delete every name of sightings.
delete from identification where occurrence_id = any(cast(:occurrence_ids as uuid[]))

-- name: remove_voices_on(occurrence_ids)!
-- Delete what others said of sightings.
delete from community_identification
where occurrence_id = any(cast(:occurrence_ids as uuid[]))

-- name: remove_voices_of(observer_id)!
-- Delete what somebody said of others' sightings.
delete from community_identification where observer_id = :observer_id

-- name: remove_flags_on(occurrence_ids)!
-- Delete what others found wrong with sightings.
delete from flag where occurrence_id = any(cast(:occurrence_ids as uuid[]))

-- name: remove_flags_of(observer_id)!
-- Delete what somebody found wrong with others' sightings.
delete from flag where observer_id = :observer_id

-- name: remove_answers_to(observer_id)!
-- Delete the answers to somebody's appeals.
delete from appeal_answer
where appeal_id in (select appeal_id from appeal where observer_id = :observer_id)

-- name: remove_appeals_of(observer_id)!
-- Delete somebody's appeals.
delete from appeal where observer_id = :observer_id

-- name: remove_suspensions_of(observer_id)!
-- Delete somebody's suspensions.
delete from suspension where observer_id = :observer_id

-- name: remove_members_set_aside(observer_id)!
-- Remove what ties somebody's records to what was set aside together.
update decision set batch_id = null where batch_id in (
    select set_aside_id from set_aside where observer_id = :observer_id
)

-- name: remove_sets_aside_of(observer_id)!
-- Delete what of somebody was set aside together.
delete from set_aside where observer_id = :observer_id

-- name: remove_events(occurrence_ids)!
-- Delete the events of sightings.
delete from event where event_id in (
    select event_id from occurrence where occurrence_id = any(cast(:occurrence_ids as uuid[]))
)

-- name: remove_earlier_events(occurrence_ids)!
-- Delete the times and places that sightings had before they were corrected.
delete from event where event_id in (
    select event_id from earlier_event where occurrence_id = any(cast(:occurrence_ids as uuid[]))
)

-- name: forget_earlier_events(occurrence_ids)!
-- Delete the list of them.
delete from earlier_event where occurrence_id = any(cast(:occurrence_ids as uuid[]))

-- name: remove_occurrences(occurrence_ids)!
-- Delete the sightings themselves.
delete from occurrence where occurrence_id = any(cast(:occurrence_ids as uuid[]))

-- name: remove_shown_photos(occurrence_ids)!
-- Delete the photos of sightings.
delete from occurrence_media where occurrence_id = any(cast(:occurrence_ids as uuid[]))

-- name: remove_uploads(observer_id, sha256s)!
-- Delete an observer's uploads, and all uploads of these photos, except of photos that a remaining
-- sighting or action shows.
delete from media
where upload_id in (
        select u.upload_id from media as u join device as d on d.device_id = u.device_id
        where d.observer_id = :observer_id
        union all
        select upload_id from media where sha256 = any(cast(:sha256s as text[]))
    )
    and not exists (select 1 from occurrence_media as m where m.sha256 = media.sha256)
    and not exists (select 1 from action_entry as e where e.photo_sha256 = media.sha256)

-- name: remove_second_uploads(observer_id)!
-- Delete an observer's uploads of photos that somebody else sent too.
delete from media
where device_id in (select device_id from device where observer_id = :observer_id)
    and sha256 in (
        select other.sha256 from media as other
        where other.device_id not in (
            select device_id from device where observer_id = :observer_id
        )
    )

-- name: anonymise_occurrences(occurrence_ids)!
-- Remove the person and their words from sightings that stay.
update occurrence set observer_id = null, note = ''
where occurrence_id = any(cast(:occurrence_ids as uuid[]))

-- name: anonymise_events(occurrence_ids)!
-- Remove the typed name of a place; the place itself stays.
update event set place_name = '' where event_id in (
    select event_id from occurrence where occurrence_id = any(cast(:occurrence_ids as uuid[]))
)

-- name: anonymise_names(observer_id)!
-- Remove the person from names that stay, and the words typed outside the checklist.
update identification set identified_by_observer = null, verbatim_name = ''
where identified_by_observer = :observer_id

-- name: anonymise_reviews(occurrence_ids)!
-- Remove the person from the reviews of sightings that stay.
update review set observer_id = null where subject_id = any(cast(:occurrence_ids as uuid[]))

-- name: anonymise_decisions(occurrence_ids)!
-- Remove the messages from decisions on sightings that stay; the verdicts stay.
update decision set decided_by_observer = null, message = ''
where subject_id = any(cast(:occurrence_ids as uuid[]))

-- name: anonymise_released(occurrence_ids)!
-- Remove the person from the public projection of sightings that stay.
update released_occurrence set observer_id = null, photo_sha256 = null, photo_count = 0
where occurrence_id = any(cast(:occurrence_ids as uuid[]))

-- name: entries_of(observer_id)
-- The log's entries by an observer or about them.
select entry_id from log_entry where observer_id = :observer_id
union
select entry_id from log_entry where subject_id = :observer_id

-- name: empty_seals(entry_ids)!
-- Take the salt from the seals of these entries: nobody can try any more whom they were about.
update log_seal set salt = null where entry_id = any(cast(:entry_ids as uuid[]))

-- name: anonymise_log(observer_id)!
-- Remove an observer from the log's entries by them or about them.
update log_entry set
    observer_id = null,
    personal = null,
    subject_id = case when subject_id = :observer_id then null else subject_id end
where observer_id = :observer_id or subject_id = :observer_id

-- name: forget_mail_of(observer_id)!
-- Delete where the member of staff who an observer is wants to be written to.
delete from staff_mail where staff_id in (
    select staff_id from staff_observer where observer_id = :observer_id
)

-- name: anonymise_staff(observer_id)!
-- Delete which member of staff an observer is.
delete from staff_observer where observer_id = :observer_id
