-- The quarters of a picture's hash as numbers: among a million photos DuckDB looks through four
-- columns of numbers in a tenth of the time that it takes to cut up a million texts, and makes no
-- use of an index on an expression, which it would keep at every upload.
drop index media_picture_1;
drop index media_picture_2;
drop index media_picture_3;
drop index media_picture_4;
alter table media add column quarter_1 integer;
alter table media add column quarter_2 integer;
alter table media add column quarter_3 integer;
alter table media add column quarter_4 integer;

-- only duckdb
update media set
    quarter_1 = cast('0x' || substr(perceptual_hash, 1, 4) as integer),
    quarter_2 = cast('0x' || substr(perceptual_hash, 5, 4) as integer),
    quarter_3 = cast('0x' || substr(perceptual_hash, 9, 4) as integer),
    quarter_4 = cast('0x' || substr(perceptual_hash, 13, 4) as integer)
where length(perceptual_hash) = 16;
-- end only
-- only postgresql
update media set
    quarter_1 = cast(cast(('x' || substr(perceptual_hash, 1, 4)) as bit(16)) as integer),
    quarter_2 = cast(cast(('x' || substr(perceptual_hash, 5, 4)) as bit(16)) as integer),
    quarter_3 = cast(cast(('x' || substr(perceptual_hash, 9, 4)) as bit(16)) as integer),
    quarter_4 = cast(cast(('x' || substr(perceptual_hash, 13, 4)) as bit(16)) as integer)
where length(perceptual_hash) = 16;
create index media_quarter_1 on media (quarter_1);
create index media_quarter_2 on media (quarter_2);
create index media_quarter_3 on media (quarter_3);
create index media_quarter_4 on media (quarter_4);
-- end only
