-- name: open_wave(wave_id, first_day, last_day)!
-- Make the row of a quarter when it is first needed.
insert into wave (wave_id, first_day, last_day)
values (:wave_id, :first_day, :last_day)
on conflict (wave_id) do nothing

-- name: has_wave(wave_id)^
-- Whether the quarter already has its row.
select wave_id from wave where wave_id = :wave_id

-- name: waves()
-- Quarters that have answers, the latest first.
select wave_id from wave
where exists (select 1 from response where response.wave_id = wave.wave_id)
order by wave_id desc

-- name: current_of(wave_id, person_token)^
-- A person's answer as it stands in a wave.
select response_id, wave_id, person_token, turn, district,
    air, water, noise, waste, green, voice, overall, reason, answered_on, is_demo
from response
where wave_id = :wave_id and person_token = :person_token
order by turn desc nulls last
limit 1

-- name: turns_of(person_tokens)
-- Everything kept under these tokens, in the order it was answered.
select response_id, wave_id, person_token, turn, district,
    air, water, noise, waste, green, voice, overall, reason, answered_on, is_demo
from response
where person_token = any(cast(:person_tokens as text[]))
order by wave_id, turn

-- name: counts(wave_id)
-- How many people of each district gave each answer to each question.
select district, dimension, answer, cast(count(*) as bigint) as people
from (
    select district,
        unnest(array['air', 'water', 'noise', 'waste', 'green', 'voice', 'overall']) as dimension,
        unnest(array[air, water, noise, waste, green, voice, overall]) as answer
    from current_response
    where wave_id = :wave_id
) as answers
where answer is not null
group by district, dimension, answer
order by district, dimension, answer

-- name: has_demo(wave_id)$
-- Whether any answer of the wave is made up for demonstration.
select exists (select 1 from response where wave_id = :wave_id and is_demo)

-- name: add_many(response_ids, wave_ids, person_tokens, turns, districts, airs, waters, noises, wastes, greens, voices, overalls, reasons, days, demos)!
-- Append answers, one or many in one statement.
insert into response (response_id, wave_id, person_token, turn, district,
    air, water, noise, waste, green, voice, overall, reason, answered_on, is_demo)
select unnest(cast(:response_ids as uuid[])), unnest(cast(:wave_ids as text[])),
    unnest(cast(:person_tokens as text[])), unnest(cast(:turns as integer[])),
    unnest(cast(:districts as text[])), unnest(cast(:airs as smallint[])),
    unnest(cast(:waters as smallint[])), unnest(cast(:noises as smallint[])),
    unnest(cast(:wastes as smallint[])), unnest(cast(:greens as smallint[])),
    unnest(cast(:voices as smallint[])), unnest(cast(:overalls as smallint[])),
    unnest(cast(:reasons as text[])), unnest(cast(:days as date[])),
    unnest(cast(:demos as boolean[]))

-- name: forget_reasons(person_tokens)!
-- Erase what a person wrote; the ratings stay, without a person.
update response set reason = null
where person_token = any(cast(:person_tokens as text[])) and reason is not null

-- name: official_scores()
-- The province's published scores, the latest year first.
select scope, survey_year, dimension, score, note, source, confidence
from official_score
order by survey_year desc, score desc, scope, dimension

-- name: forget_official_scores()!
-- Make room for the seed file's rows.
delete from official_score

-- name: add_official_score(scope, survey_year, dimension, score, note, source, confidence)!
-- Keep one published score.
insert into official_score (scope, survey_year, dimension, score, note, source, confidence)
values (:scope, :survey_year, :dimension, :score, :note, :source, :confidence)
