-- The SHA-256 of each stored size of every photo that a row names, to tell a damaged file by. Null:
-- nobody has looked at the files yet, as with those of before. The day (Asia/Shanghai) on which they
-- were compared last; a missing file is damaged too.
create table photo_digest (
    sha256 text primary key,
    thumb_sha256 text,
    large_sha256 text,
    compared_on date,
    is_damaged boolean not null
);

insert into photo_digest
select sha256, null, null, null, false from (
    select sha256 from media
    union select sha256 from occurrence_media
    union select photo_sha256 from action_entry where photo_sha256 is not null
    union select photo_sha256 from concern where photo_sha256 is not null
) as named;

-- only postgresql
create index photo_digest_compared on photo_digest (compared_on nulls first, sha256);
create index photo_digest_damaged on photo_digest (sha256) where is_damaged;
-- end only
