-- name: traces()$
-- The number of rows that anybody left here.
select cast(
    (select count(*) from observer) + (select count(*) from consent) + (select count(*) from media)
    + (select count(*) from response) + (select count(*) from review)
    + (select count(*) from survey_dataset where not is_demo) as bigint)

-- name: add_observers(observer_ids, nicknames, skeletons, homes, on_boards, joined_ats)!
-- Add observers.
insert into observer (observer_id, nickname, skeleton, home_district, on_boards, joined_at,
    is_demo)
select unnest(cast(:observer_ids as uuid[])), unnest(cast(:nicknames as text[])),
    unnest(cast(:skeletons as text[])), unnest(cast(:homes as text[])), unnest(cast(:on_boards as boolean[])),
    unnest(cast(:joined_ats as timestamptz[])), true

-- name: link_devices(device_ids, observer_ids, linked_ats)!
-- Add their browsers.
insert into device (device_id, observer_id, linked_at)
select unnest(cast(:device_ids as uuid[])), unnest(cast(:observer_ids as uuid[])),
    unnest(cast(:linked_ats as timestamptz[]))

-- name: add_consents(consent_ids, device_ids, versions, licences, consented_ats)!
-- Add their consents.
insert into consent (consent_id, device_id, version, allows_place, photo_licence, consented_at)
select unnest(cast(:consent_ids as uuid[])), unnest(cast(:device_ids as uuid[])),
    unnest(cast(:versions as text[])), true, unnest(cast(:licences as text[])),
    unnest(cast(:consented_ats as timestamptz[]))

-- name: add_uploads(upload_ids, device_ids, hashes, picture_hashes, media_types, widths, heights, byte_counts, uploaded_ats, quarters_1, quarters_2, quarters_3, quarters_4)!
-- Add uploads.
insert into media (upload_id, device_id, sha256, perceptual_hash, media_type, width, height,
    byte_count, uploaded_at, quarter_1, quarter_2, quarter_3, quarter_4)
select unnest(cast(:upload_ids as uuid[])), unnest(cast(:device_ids as uuid[])),
    unnest(cast(:hashes as text[])), unnest(cast(:picture_hashes as text[])),
    unnest(cast(:media_types as text[])), unnest(cast(:widths as integer[])),
    unnest(cast(:heights as integer[])), unnest(cast(:byte_counts as bigint[])),
    unnest(cast(:uploaded_ats as timestamptz[])),
    unnest(cast(:quarters_1 as integer[])), unnest(cast(:quarters_2 as integer[])),
    unnest(cast(:quarters_3 as integer[])), unnest(cast(:quarters_4 as integer[]))

-- name: add_events(event_ids, event_dates, times_known, latitudes, longitudes, uncertainties, place_sources, place_names, datums, districts, hides)!
-- Add events: when and where.
insert into event (event_id, event_date, is_time_known, decimal_latitude, decimal_longitude,
    coordinate_uncertainty_in_meters, place_source, place_name, datum_as_given, district,
    hides_exact_place)
select unnest(cast(:event_ids as uuid[])), unnest(cast(:event_dates as timestamptz[])),
    unnest(cast(:times_known as boolean[])), unnest(cast(:latitudes as double precision[])),
    unnest(cast(:longitudes as double precision[])),
    unnest(cast(:uncertainties as double precision[])), unnest(cast(:place_sources as text[])),
    unnest(cast(:place_names as text[])), unnest(cast(:datums as text[])),
    unnest(cast(:districts as text[])), unnest(cast(:hides as boolean[]))

-- name: add_occurrences(occurrence_ids, event_ids, observer_ids, public_ids, counts, means, notes, submitted_ats)!
-- Add occurrences: what was seen.
insert into occurrence (occurrence_id, event_id, observer_id, public_id, individual_count,
    establishment_means, note, submitted_at, is_demo)
select unnest(cast(:occurrence_ids as uuid[])), unnest(cast(:event_ids as uuid[])),
    unnest(cast(:observer_ids as uuid[])), unnest(cast(:public_ids as uuid[])),
    unnest(cast(:counts as integer[])), unnest(cast(:means as text[])),
    unnest(cast(:notes as text[])), unnest(cast(:submitted_ats as timestamptz[])), true

-- name: add_photos(occurrence_ids, positions, hashes, licences)!
-- Add the photos of sightings.
insert into occurrence_media (occurrence_id, position, sha256, licence)
select unnest(cast(:occurrence_ids as uuid[])), unnest(cast(:positions as integer[])),
    unnest(cast(:hashes as text[])), unnest(cast(:licences as text[]))

-- name: add_checks(occurrence_ids, codes, flags, details)!
-- Add the findings of the checks.
insert into occurrence_check (occurrence_id, code, is_flag, details)
select unnest(cast(:occurrence_ids as uuid[])), unnest(cast(:codes as text[])),
    unnest(cast(:flags as boolean[])), unnest(cast(:details as text[]))

-- name: add_names(identification_ids, occurrence_ids, taxon_ids, verbatim_names, group_codes, observer_ids, staff_ids, identified_ats)!
-- Add names of sightings.
insert into identification (identification_id, occurrence_id, taxon_id, verbatim_name, group_code,
    identified_by_observer, identified_by_staff, identified_at)
select unnest(cast(:identification_ids as uuid[])), unnest(cast(:occurrence_ids as uuid[])),
    unnest(cast(:taxon_ids as uuid[])), unnest(cast(:verbatim_names as text[])),
    unnest(cast(:group_codes as text[])), unnest(cast(:observer_ids as uuid[])),
    unnest(cast(:staff_ids as uuid[])), unnest(cast(:identified_ats as timestamptz[]))

-- name: add_reviews(subject_ids, kinds, observer_ids, submitted_ats, verification_statuses, release_statuses, decision_ids, waiting, waiting_sinces)!
-- Add the current state of each subject.
insert into review (subject_id, kind, observer_id, submitted_at, verification_status,
    release_status, decision_id, is_waiting, waiting_since, is_demo)
select unnest(cast(:subject_ids as uuid[])), unnest(cast(:kinds as text[])),
    unnest(cast(:observer_ids as uuid[])), unnest(cast(:submitted_ats as timestamptz[])),
    unnest(cast(:verification_statuses as text[])), unnest(cast(:release_statuses as text[])),
    unnest(cast(:decision_ids as uuid[])), unnest(cast(:waiting as boolean[])),
    unnest(cast(:waiting_sinces as timestamptz[])), true

-- name: weigh_reviews()!
-- Add the points that the actions among them are worth.
update review set worth = (
    select points from action_entry where action_entry_id = review.subject_id
) where kind = 'action'

-- name: add_decisions(decision_ids, subject_ids, verdicts, verification_statuses, release_statuses, waiting, reasons, messages, rules_out, staff_ids, observer_ids, previous_ids, decided_ats)!
-- Add decisions.
insert into decision (decision_id, subject_id, verdict, verification_status, release_status,
    is_waiting, reason, message, rules_out_sensitive, decided_by_staff, decided_by_observer,
    previous_decision_id, decided_at)
select unnest(cast(:decision_ids as uuid[])), unnest(cast(:subject_ids as uuid[])),
    unnest(cast(:verdicts as text[])), unnest(cast(:verification_statuses as text[])),
    unnest(cast(:release_statuses as text[])), unnest(cast(:waiting as boolean[])),
    unnest(cast(:reasons as text[])), unnest(cast(:messages as text[])),
    unnest(cast(:rules_out as boolean[])), unnest(cast(:staff_ids as uuid[])),
    unnest(cast(:observer_ids as uuid[])), unnest(cast(:previous_ids as uuid[])),
    unnest(cast(:decided_ats as timestamptz[]))

-- name: forget_seals()!
-- The chain begins anew with what the demo writes, half a year back.
delete from log_seal

-- name: add_log(entry_ids, actions, subject_ids, observer_ids, staff_ids, details, logged_ats)!
-- Add entries of the log.
insert into log_entry (entry_id, action, subject_id, observer_id, staff_id, details, logged_at)
select unnest(cast(:entry_ids as uuid[])), unnest(cast(:actions as text[])),
    unnest(cast(:subject_ids as uuid[])), unnest(cast(:observer_ids as uuid[])),
    unnest(cast(:staff_ids as uuid[])), unnest(cast(:details as text[])),
    unnest(cast(:logged_ats as timestamptz[]))
