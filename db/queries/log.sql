-- name: add(entry_id, action, subject_id, observer_id, staff_id, details, logged_at)!
-- Append one entry.
insert into log_entry (entry_id, action, subject_id, observer_id, staff_id, details, logged_at)
values (:entry_id, :action, :subject_id, :observer_id, :staff_id, :details, :logged_at)

-- name: last_moment()^
-- The time of the last entry.
select max(logged_at) from log_entry

-- name: checksum_of(name)^
-- The checksum of the reference data loaded last under this name.
select checksum from reference_data where name = :name

-- name: forget_checksum(name)!
-- Delete the old checksum.
delete from reference_data where name = :name

-- name: remember_checksum(name, checksum)!
-- Store the checksum of the loaded reference data.
insert into reference_data (name, checksum) values (:name, :checksum)
