-- name: observer(observer_id)^
-- One observer.
select observer_id, nickname, home_district, on_boards, joined_at, erased_at, is_demo
from observer where observer_id = :observer_id

-- name: observer_of_device(device_id)^
-- The observer who contributed from this browser.
select o.observer_id, o.nickname, o.home_district, o.on_boards, o.joined_at, o.erased_at, o.is_demo
from device as d join observer as o on o.observer_id = d.observer_id
where d.device_id = :device_id

-- name: suspended_until(device_id, now)^
-- Until when the observer of this browser is suspended.
select max(s.until_at)
from device as d join standing_suspension as s on s.observer_id = d.observer_id
where d.device_id = :device_id and s.until_at > :now

-- name: add_observer(observer_id, nickname, skeleton, home_district, joined_at, is_demo)!
-- Add an observer, with the first contribution.
insert into observer (observer_id, nickname, skeleton, home_district, joined_at, is_demo)
values (:observer_id, :nickname, :skeleton, :home_district, :joined_at, :is_demo)

-- name: unlink_device(device_id)!
-- Delete the link of this browser.
delete from device where device_id = :device_id

-- name: unlink_devices_of(observer_id)!
-- Delete the links of an observer's browsers.
delete from device where observer_id = :observer_id

-- name: link_device(device_id, observer_id, linked_at)!
-- Link this browser to the observer.
insert into device (device_id, observer_id, linked_at) values (:device_id, :observer_id, :linked_at)

-- name: nickname_is_taken(nickname, skeleton)^
-- Whether an observer already has this nickname or one that looks like it, or staff took it away.
select 1 from observer where nickname = :nickname
union all
select 1 from observer where skeleton = :skeleton
union all
select 1 from name_change as c
where c.kind = 'nickname' and c.skeleton_before = :skeleton and c.undoes is null
    and not exists (select 1 from name_change as back where back.undoes = c.name_change_id)
limit 1

-- name: choose_nickname(observer_id, nickname, skeleton)!
-- Replace the nickname.
update observer set nickname = :nickname, skeleton = :skeleton where observer_id = :observer_id

-- name: lacks_skeletons()^
-- Whether a nickname or a team's name has not been compared with others.
select 1 from observer where skeleton is null and erased_at is null
union all
select 1 from team where skeleton is null
limit 1

-- name: without_skeleton(maximum)
-- Observers whose nickname has not been compared with others'.
select observer_id, nickname from observer
where skeleton is null and erased_at is null limit :maximum

-- name: put_skeletons(observer_ids, skeletons)!
-- What their nicknames have in common with names like them.
update observer set skeleton = given.skeleton
from (
    select unnest(cast(:observer_ids as uuid[])) as observer_id,
        unnest(cast(:skeletons as text[])) as skeleton
) as given
where observer.observer_id = given.observer_id

-- name: forget_name_changes(observer_id)!
-- Delete what nicknames an observer had before staff replaced them.
delete from name_change where subject_id = :observer_id

-- name: choose_home_district(observer_id, home_district)!
-- Set the home district.
update observer set home_district = :home_district where observer_id = :observer_id

-- name: choose_boards(observer_id, on_boards)!
-- Set whether the boards may show the nickname.
update observer set on_boards = :on_boards where observer_id = :observer_id

-- name: erase_observer(observer_id, nickname, erased_at)!
-- Remove what the row says about the person; records that stay still refer to it.
update observer set nickname = :nickname, home_district = null, on_boards = false,
    skeleton = null, erased_at = :erased_at
where observer_id = :observer_id

-- name: consent_of(device_id)^
-- The latest consent from this browser.
select consent_id, device_id, version, allows_place, photo_licence, consented_at
from consent where device_id = :device_id order by consented_at desc nulls last limit 1

-- name: presence(device_id, token_hash, now)^
-- The observer, the latest consent and the signed-in staff of a browser, in one row.
select o.observer_id, o.nickname, o.home_district, o.on_boards, o.joined_at, o.erased_at, o.is_demo,
    c.consent_id, c.device_id, c.version, c.allows_place, c.photo_licence, c.consented_at,
    f.staff_id, f.username, f.password_hash, f.role, f.is_disabled, f.is_demo, f.added_at,
    f.staff_id in (select staff_id from staff_second_step)
from (select cast(:device_id as uuid) as device_id) as b
left join device as d on d.device_id = b.device_id
left join observer as o on o.observer_id = d.observer_id
left join (
    select consent_id, device_id, version, allows_place, photo_licence, consented_at
    from consent where device_id = cast(:device_id as uuid)
    order by consented_at desc nulls last limit 1
) as c on c.device_id = b.device_id
left join (
    select s.staff_id from staff_session as s
    where s.token_hash = cast(:token_hash as text) and s.ended_at is null
        and s.expires_at > cast(:now as timestamptz)
        and coalesce(s.idle_until, s.expires_at) > cast(:now as timestamptz)
    limit 1
) as s on true
left join staff as f on f.staff_id = s.staff_id and not f.is_disabled

-- name: add_consent(consent_id, device_id, version, allows_place, photo_licence, consented_at)!
-- Add a consent, with its version and time.
insert into consent (consent_id, device_id, version, allows_place, photo_licence, consented_at)
values (:consent_id, :device_id, :version, :allows_place, :photo_licence, :consented_at)

-- name: forget_festivals_of(observer_id)!
-- Delete the festival teams of an erased observer's browsers.
delete from festival_join where device_id in (
    select device_id from device where observer_id = :observer_id
)

-- name: forget_consents_of(observer_id)!
-- Delete the consents of an erased observer's browsers.
delete from consent where device_id in (
    select device_id from device where observer_id = :observer_id
)

-- name: has_recovery_code(observer_id)^
-- When the observer's code was made.
select made_at from recovery_code where observer_id = :observer_id

-- name: forget_recovery_codes(observer_id)!
-- Delete the old code.
delete from recovery_code where observer_id = :observer_id

-- name: add_recovery_code(code_id, observer_id, code_hash, made_at)!
-- Add a code's hash; the code itself is not stored.
insert into recovery_code (code_id, observer_id, code_hash, made_at)
values (:code_id, :observer_id, :code_hash, :made_at)

-- name: observer_of_recovery_code(code_hash)^
-- The observer of this code.
select observer_id from recovery_code where code_hash = :code_hash

-- name: staff_named(username)^
-- A member of staff by name, to sign in.
select staff_id, username, password_hash, role, is_disabled, is_demo, added_at,
    staff_id in (select staff_id from staff_second_step)
from staff where username = :username

-- name: staff_member(staff_id)^
-- One member of staff.
select staff_id, username, password_hash, role, is_disabled, is_demo, added_at,
    staff_id in (select staff_id from staff_second_step)
from staff where staff_id = :staff_id

-- name: accounts(words, after, maximum)
-- A page of accounts by name, each with its latest sign-in.
select f.staff_id, f.username, f.role, f.is_disabled, f.is_demo, f.added_at, (
    select max(s.started_at) from staff_session as s where s.staff_id = f.staff_id
), f.staff_id in (select staff_id from staff_second_step)
from staff as f
where f.username > :after and strpos(lower(f.username), lower(:words)) > 0
order by f.username limit :maximum

-- name: count_admins(role)$
-- The number of admins who can sign in.
select cast(count(*) as bigint) from staff where role = :role and not is_disabled

-- name: sessions_of(staff_id, now)
-- The open sessions of an account.
select session_id, started_at, expires_at from staff_session
where staff_id = :staff_id and ended_at is null and expires_at > cast(:now as timestamptz)
    and coalesce(idle_until, expires_at) > cast(:now as timestamptz)
order by started_at desc, session_id

-- name: staff_list()
-- All members of staff.
select staff_id, username, password_hash, role, is_disabled, is_demo, added_at,
    staff_id in (select staff_id from staff_second_step)
from staff order by username

-- name: add_staff(staff_id, username, password_hash, role, is_demo, added_at)!
-- Add a member of staff.
insert into staff (staff_id, username, password_hash, role, is_disabled, is_demo, added_at)
values (:staff_id, :username, :password_hash, :role, false, :is_demo, :added_at)

-- name: set_password(staff_id, password_hash)!
-- Replace the password's hash.
update staff set password_hash = :password_hash where staff_id = :staff_id

-- name: staff_of_identity(issuer, subject)^
-- Whose account this is.
select staff_id from staff_identity where issuer = :issuer and subject = :subject

-- name: add_identity(issuer, subject, staff_id, added_at)!
-- An account of a provider is this member of staff's.
insert into staff_identity (issuer, subject, staff_id, added_at)
values (:issuer, :subject, :staff_id, :added_at)

-- name: set_role(staff_id, role)!
-- Replace the role.
update staff set role = :role where staff_id = :staff_id

-- name: rename_staff(staff_id, username)!
-- Replace the user name.
update staff set username = :username where staff_id = :staff_id

-- name: set_disabled(staff_id, is_disabled)!
-- Disable or enable an account.
update staff set is_disabled = :is_disabled where staff_id = :staff_id

-- name: end_session_of(staff_id, session_id, ended_at)!
-- End one session of an account.
update staff_session set ended_at = :ended_at
where staff_id = :staff_id and session_id = :session_id and ended_at is null

-- name: end_sessions_of(staff_id, ended_at)!
-- End every session of an account.
update staff_session set ended_at = :ended_at where staff_id = :staff_id and ended_at is null

-- name: start_session(session_id, token_hash, staff_id, started_at, expires_at, idle_until)!
-- Add a session; only the token's hash is stored.
insert into staff_session (session_id, token_hash, staff_id, started_at, expires_at, idle_until)
values (:session_id, :token_hash, :staff_id, :started_at, :expires_at, :idle_until)

-- name: keep_session(token_hash, idle_until)!
-- Somebody uses a session.
update staff_session set idle_until = :idle_until
where token_hash = :token_hash and ended_at is null

-- name: second_step(staff_id)^
-- The second step of an account.
select seed, last_step from staff_second_step where staff_id = :staff_id

-- name: add_second_step(staff_id, seed, last_step, confirmed_at)!
-- Add the second step of an account.
insert into staff_second_step (staff_id, seed, last_step, confirmed_at)
values (:staff_id, :seed, :last_step, :confirmed_at)

-- name: drop_second_step(staff_id)!
-- Delete the second step of an account.
delete from staff_second_step where staff_id = :staff_id

-- name: use_step(staff_id, last_step)!
-- The code of this half minute was used.
update staff_second_step set last_step = :last_step where staff_id = :staff_id

-- name: add_spare_codes(staff_id, code_hashes)!
-- Add codes for a lost phone.
insert into staff_spare_code (code_hash, staff_id)
select unnest(cast(:code_hashes as text[])), cast(:staff_id as uuid)

-- name: has_spare_code(staff_id, code_hash)^
-- Whether this is one of an account's spare codes.
select 1 from staff_spare_code where code_hash = :code_hash and staff_id = :staff_id

-- name: drop_spare_code(code_hash)!
-- A spare code was used.
delete from staff_spare_code where code_hash = :code_hash

-- name: drop_spare_codes(staff_id)!
-- Delete the spare codes of an account.
delete from staff_spare_code where staff_id = :staff_id

-- name: count_spare_codes(staff_id)$
-- How many spare codes an account has left.
select cast(count(*) as bigint) from staff_spare_code where staff_id = :staff_id

-- name: staff_of_session(token_hash, now)^
-- The member of staff signed in with this token.
select f.staff_id, f.username, f.password_hash, f.role, f.is_disabled, f.is_demo, f.added_at,
    f.staff_id in (select staff_id from staff_second_step)
from staff_session as s join staff as f on f.staff_id = s.staff_id
where s.token_hash = :token_hash and s.ended_at is null
    and s.expires_at > cast(:now as timestamptz) and not f.is_disabled
    and coalesce(s.idle_until, s.expires_at) > cast(:now as timestamptz)

-- name: end_session(token_hash, ended_at)!
-- End a session.
update staff_session set ended_at = :ended_at where token_hash = :token_hash and ended_at is null

-- name: tie_staff_to_observer(staff_id, observer_id, tied_at)!
-- Record that a member of staff signed in from this observer's browser.
insert into staff_observer (staff_id, observer_id, tied_at)
values (:staff_id, :observer_id, :tied_at) on conflict (staff_id, observer_id) do nothing

-- name: observers_of_staff(staff_id)
-- The observers whose browsers a member of staff signed in from.
select observer_id from staff_observer where staff_id = :staff_id

-- name: count_demo_staff()$
-- The number of staff accounts that the demo made.
select cast(count(*) as bigint) from staff where is_demo

-- name: count_demo_observers()$
-- The number of observers that the demo made.
select cast(count(*) as bigint) from observer where is_demo

-- name: mail_wish(staff_id)^
-- What a member of staff wants to be written of.
select staff_id, address, wants_digest, wants_alerts, digest_on, alerted_until
from staff_mail where staff_id = :staff_id

-- name: mail_wishes(roles)
-- Who wants to be written to, with what was written last; no closed accounts, and these roles alone.
select m.staff_id, m.address, m.wants_digest, m.wants_alerts, m.digest_on, m.alerted_until
from staff_mail as m join staff as f on f.staff_id = m.staff_id and not f.is_disabled
where f.role = any(cast(:roles as text[])) order by m.staff_id

-- name: add_mail_wish(staff_id, address, wants_digest, wants_alerts, digest_on, alerted_until)!
-- Somebody wants to be written to.
insert into staff_mail (staff_id, address, wants_digest, wants_alerts, digest_on, alerted_until)
values (:staff_id, :address, :wants_digest, :wants_alerts, :digest_on, :alerted_until)

-- name: drop_mail_wish(staff_id)!
-- Somebody does not want to be written to, or is gone.
delete from staff_mail where staff_id = :staff_id

-- name: mark_digest(staff_id, day)^
-- Note the day of the latest digest; a row where it was another.
update staff_mail set digest_on = cast(:day as date)
where staff_id = :staff_id and digest_on is distinct from cast(:day as date)
returning staff_id

-- name: mark_alerts(staff_id, until)^
-- Note up to when they were told; a row where it was less.
update staff_mail set alerted_until = :until
where staff_id = :staff_id and alerted_until < :until
returning staff_id

-- name: unmark_alerts(staff_id, until)!
-- They were told up to then only.
update staff_mail set alerted_until = :until where staff_id = :staff_id
