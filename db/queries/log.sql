-- name: add(entry_id, action, subject_id, observer_id, staff_id, details, logged_at)!
-- Append one line to the log.
insert into log_entry (entry_id, action, subject_id, observer_id, staff_id, details, logged_at)
values (:entry_id, :action, :subject_id, :observer_id, :staff_id, :details, :logged_at)

-- name: last_moment()^
-- When the last line was written.
select max(logged_at) from log_entry

-- name: checksum_of(name)^
-- The checksum of the reference data loaded last under this name.
select checksum from reference_data where name = :name

-- name: forget_checksum(name)!
-- Make room for a new checksum.
delete from reference_data where name = :name

-- name: remember_checksum(name, checksum)!
-- Note which reference data is loaded.
insert into reference_data (name, checksum) values (:name, :checksum)
