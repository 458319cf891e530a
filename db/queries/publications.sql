-- name: sheets(wave_id)
-- Every turn of a wave, in the order that each person took them.
select response_id, person_token, district, tier, age_group, sex, network, answered_on,
    air, water, drain, supply, noise, waste, recycle, green, voice, overall
from response
where wave_id = :wave_id
order by person_token, turn

-- name: last()
-- The time of the last publication of each wave.
select wave_id, max(published_at) from wave_publication group by wave_id

-- name: outlines(wave_id)
-- The publications of a wave, the earliest first.
select publication_id, kind, published_at, until_day, is_demo, raised, answered, median_days
from wave_publication where wave_id = :wave_id
order by published_at

-- name: figures(publication_id)
-- The figures of one publication.
select scope, question, basis, as_of, people, mean, low, high, best_rank, worst_rank,
    change, change_low, change_high, change_without, unsure
from published_figure where publication_id = :publication_id
order by scope, question, basis

-- name: apart(publication_id)
-- The answers set apart when a publication was made.
select response_id, rule from publication_apart where publication_id = :publication_id
order by response_id

-- name: answers(publication_id)
-- The answers of staff that a publication shows, the latest first.
select t.district, t.dimension, t.status, t.words, t.answered_at, t.is_demo, t.answer_id
from published_answer as p join theme_answer as t on t.answer_id = p.answer_id
where p.publication_id = :publication_id
order by t.answered_at desc, t.answer_id

-- name: add(publication_id, wave_id, kind, published_at, until_day, is_demo, raised, answered, median_days)!
-- Add a publication; a second one of the same wave and time is refused.
insert into wave_publication (publication_id, wave_id, kind, published_at, until_day, is_demo, raised,
    answered, median_days)
values (:publication_id, :wave_id, :kind, :published_at, :until_day, :is_demo, :raised,
    :answered, :median_days)

-- name: add_figures(publication_id, scopes, questions, bases, as_ofs, peoples, means, lows, highs, bests, worsts, changes, change_lows, change_highs, change_withouts, unsures)!
-- Add the figures of a publication: a list for each column.
insert into published_figure (publication_id, scope, question, basis, as_of, people, mean, low,
    high, best_rank, worst_rank, change, change_low, change_high, change_without, unsure)
select :publication_id, unnest(cast(:scopes as text[])), unnest(cast(:questions as text[])),
    unnest(cast(:bases as text[])), unnest(cast(:as_ofs as timestamptz[])),
    unnest(cast(:peoples as integer[])), unnest(cast(:means as double precision[])),
    unnest(cast(:lows as double precision[])), unnest(cast(:highs as double precision[])),
    unnest(cast(:bests as integer[])), unnest(cast(:worsts as integer[])),
    unnest(cast(:changes as double precision[])),
    unnest(cast(:change_lows as double precision[])),
    unnest(cast(:change_highs as double precision[])),
    unnest(cast(:change_withouts as text[])),
    unnest(cast(:unsures as integer[]))

-- name: add_apart(publication_id, response_ids, rules)!
-- Add the answers that are set apart.
insert into publication_apart (publication_id, response_id, rule)
select :publication_id, unnest(cast(:response_ids as uuid[])), unnest(cast(:rules as text[]))

-- name: add_answers(publication_id, answer_ids)!
-- Add the answers of staff that are public from now on.
insert into published_answer (publication_id, answer_id)
select :publication_id, unnest(cast(:answer_ids as uuid[]))
