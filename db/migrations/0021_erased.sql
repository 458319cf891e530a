-- Asked once a minute and at each start: whether what was erased has left the files, and the latest
-- moment that the log knows.

-- only postgresql
create index log_entry_action on log_entry (action, logged_at);
create index log_entry_moment on log_entry (logged_at);
create index observer_erased on observer (erased_at);
-- end only
