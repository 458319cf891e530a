-- Names that look alike (observations/base/names.py): what they have in common. Null until the next
-- start has computed it, and for whoever was erased.
alter table observer add column skeleton text;
alter table team add column skeleton text;

-- Staff put another name in the place of one that everyone reads: a nickname, a team of the boards, a
-- team of a festival. Taking that back is another row, which says which one it undoes.
create table name_change (
    name_change_id uuid primary key,
    kind text not null,
    subject_id uuid not null,
    name_before text not null,
    skeleton_before text not null,
    name_after text not null,
    undoes uuid,
    changed_by uuid not null,
    changed_at timestamptz not null
);

-- only postgresql
create index observer_skeleton on observer (skeleton);
create index observer_without_skeleton on observer (observer_id)
    where skeleton is null and erased_at is null;
create index team_skeleton on team (skeleton);
create index name_change_skeleton on name_change (skeleton_before);
create index name_change_subject on name_change (subject_id, changed_at desc);
create index name_change_latest on name_change (changed_at desc, name_change_id desc);
create index name_change_undone on name_change (undoes);
-- end only
