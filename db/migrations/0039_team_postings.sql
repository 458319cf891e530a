-- `rebuild` computes the tallies of one team at a time from its postings.

-- only postgresql
create index posting_team on posting (team_id) where team_id is not null;
-- end only
