-- One picture on two sightings must not tell the hidden place of one. A photo of a public sighting
-- whose place is generalised has a name of its own, under which it is served in bytes of its own;
-- no name: it is not shown, because another public sighting has a like picture. Names are random.
create table generalised_photo (
    occurrence_id uuid not null,
    position integer not null,
    sha256 text not null,
    name text,
    quarter_1 integer,
    quarter_2 integer,
    quarter_3 integer,
    quarter_4 integer
);

-- Photos that look like one of those: they share a quarter of the picture hash, and at most 8 of its
-- 64 bits differ (a mistake hides a picture, no more). The bits of a ^ b are counted by halves; a
-- photo is not in it as its own.
create view like_photo as
select occurrence_id, position, sha256, like_sha256
from (
    select occurrence_id, position, sha256, like_sha256,
        (b1 + (b1 >> 4) & 3855) + (b2 + (b2 >> 4) & 3855) + (b3 + (b3 >> 4) & 3855)
            + (b4 + (b4 >> 4) & 3855) as sums
    from (
        select occurrence_id, position, sha256, like_sha256,
            (a1 & 13107) + ((a1 >> 2) & 13107) as b1, (a2 & 13107) + ((a2 >> 2) & 13107) as b2,
            (a3 & 13107) + ((a3 >> 2) & 13107) as b3, (a4 & 13107) + ((a4 >> 2) & 13107) as b4
        from (
            select occurrence_id, position, sha256, like_sha256,
                x1 - ((x1 >> 1) & 21845) as a1, x2 - ((x2 >> 1) & 21845) as a2,
                x3 - ((x3 >> 1) & 21845) as a3, x4 - ((x4 >> 1) & 21845) as a4
            from (
                select g.occurrence_id, g.position, g.sha256, u.sha256 as like_sha256,
                    g.quarter_1 + u.quarter_1 - 2 * (g.quarter_1 & u.quarter_1) as x1,
                    g.quarter_2 + u.quarter_2 - 2 * (g.quarter_2 & u.quarter_2) as x2,
                    g.quarter_3 + u.quarter_3 - 2 * (g.quarter_3 & u.quarter_3) as x3,
                    g.quarter_4 + u.quarter_4 - 2 * (g.quarter_4 & u.quarter_4) as x4
                from generalised_photo as g join media as u on u.quarter_1 = g.quarter_1
                union all
                select g.occurrence_id, g.position, g.sha256, u.sha256,
                    g.quarter_1 + u.quarter_1 - 2 * (g.quarter_1 & u.quarter_1),
                    0,
                    g.quarter_3 + u.quarter_3 - 2 * (g.quarter_3 & u.quarter_3),
                    g.quarter_4 + u.quarter_4 - 2 * (g.quarter_4 & u.quarter_4)
                from generalised_photo as g join media as u on u.quarter_2 = g.quarter_2
                union all
                select g.occurrence_id, g.position, g.sha256, u.sha256,
                    g.quarter_1 + u.quarter_1 - 2 * (g.quarter_1 & u.quarter_1),
                    g.quarter_2 + u.quarter_2 - 2 * (g.quarter_2 & u.quarter_2),
                    0,
                    g.quarter_4 + u.quarter_4 - 2 * (g.quarter_4 & u.quarter_4)
                from generalised_photo as g join media as u on u.quarter_3 = g.quarter_3
                union all
                select g.occurrence_id, g.position, g.sha256, u.sha256,
                    g.quarter_1 + u.quarter_1 - 2 * (g.quarter_1 & u.quarter_1),
                    g.quarter_2 + u.quarter_2 - 2 * (g.quarter_2 & u.quarter_2),
                    g.quarter_3 + u.quarter_3 - 2 * (g.quarter_3 & u.quarter_3),
                    0
                from generalised_photo as g join media as u on u.quarter_4 = g.quarter_4
            ) as xors
        ) as pairs
    ) as nibbles
) as counted
where sha256 <> like_sha256 and (sums & 255) + (sums >> 8) <= 8;

-- A photo of a generalised sighting that another public sighting has too, the same or one like it.
create view like_elsewhere as
select g.occurrence_id, g.position
from generalised_photo as g
join occurrence_media as m on m.sha256 = g.sha256 and m.occurrence_id <> g.occurrence_id
join released_occurrence as r on r.occurrence_id = m.occurrence_id
union all
select l.occurrence_id, l.position
from like_photo as l
join occurrence_media as m on m.sha256 = l.like_sha256 and m.occurrence_id <> l.occurrence_id
join released_occurrence as r on r.occurrence_id = m.occurrence_id;

insert into generalised_photo
select r.occurrence_id, m.position, m.sha256, null, u.quarter_1, u.quarter_2, u.quarter_3,
    u.quarter_4
from released_occurrence as r
join occurrence_media as m on m.occurrence_id = r.occurrence_id
left join (
    select sha256, max(quarter_1) as quarter_1, max(quarter_2) as quarter_2,
        max(quarter_3) as quarter_3, max(quarter_4) as quarter_4
    from media group by sha256
) as u on u.sha256 = m.sha256
where r.grid is not null;

update generalised_photo
set name = md5(cast(gen_random_uuid() as text)) || md5(cast(gen_random_uuid() as text))
where not exists (
    select 1 from like_elsewhere as l
    where l.occurrence_id = generalised_photo.occurrence_id
        and l.position = generalised_photo.position
);

update released_occurrence
set photo_sha256 = nullif(substr(shown.names, 1, 64), ''), photo_count = shown.photos
from (
    select r.occurrence_id, coalesce(string_agg(g.name, '' order by g.position), '') as names,
        cast(count(g.name) as integer) as photos
    from released_occurrence as r
    left join generalised_photo as g on g.occurrence_id = r.occurrence_id
    where r.grid is not null
    group by r.occurrence_id
) as shown
where released_occurrence.occurrence_id = shown.occurrence_id;

insert into publication (changes) values (1);

-- Where this is not as it should be: a photo that has no row, or whose sighting is not public or not
-- generalised any more; one that is shown though there is a like one, or not shown though there is
-- none; another first photo, or another number of photos, in the projection.
create view wrong_generalised_photo as
select coalesce(g.occurrence_id, due.occurrence_id) as occurrence_id
from generalised_photo as g
full join (
    select r.occurrence_id, m.position, m.sha256
    from released_occurrence as r join occurrence_media as m on m.occurrence_id = r.occurrence_id
    where r.grid is not null
) as due on due.occurrence_id = g.occurrence_id and due.position = g.position
    and due.sha256 = g.sha256
where g.occurrence_id is null or due.occurrence_id is null
union all
select g.occurrence_id
from generalised_photo as g
left join (select distinct occurrence_id, position from like_elsewhere) as l
    on l.occurrence_id = g.occurrence_id and l.position = g.position
where (g.name is null) <> (l.occurrence_id is not null)
union all
select r.occurrence_id
from released_occurrence as r
left join (
    select occurrence_id, string_agg(name, '' order by position) as names,
        count(name) as photos
    from generalised_photo group by occurrence_id
) as shown on shown.occurrence_id = r.occurrence_id
where r.grid is not null and (
    r.photo_sha256 is distinct from substr(shown.names, 1, 64)
    or r.photo_count <> coalesce(shown.photos, 0)
);

-- only postgresql
create index generalised_photo_occurrence on generalised_photo (occurrence_id);
create index generalised_photo_sha256 on generalised_photo (sha256);
create index generalised_photo_name on generalised_photo (name);
create index generalised_photo_quarter_1 on generalised_photo (quarter_1);
create index generalised_photo_quarter_2 on generalised_photo (quarter_2);
create index generalised_photo_quarter_3 on generalised_photo (quarter_3);
create index generalised_photo_quarter_4 on generalised_photo (quarter_4);
-- end only
