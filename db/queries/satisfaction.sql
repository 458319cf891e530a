-- name: open_wave(wave_id, first_day, last_day)!
-- Add the row of a wave when it is first needed.
insert into wave (wave_id, first_day, last_day)
values (:wave_id, :first_day, :last_day)
on conflict (wave_id) do nothing

-- name: has_wave(wave_id)^
-- Whether the wave has its row.
select wave_id from wave where wave_id = :wave_id

-- name: waves()
-- Waves that have answers, the latest first.
select wave_id from wave
where exists (select 1 from response where response.wave_id = wave.wave_id)
order by wave_id desc

-- name: current_of(wave_id, person_token)^
-- A person's current answer in a wave.
select response_id, wave_id, person_token, turn, district,
    air, water, drain, supply, noise, waste, recycle, green, voice, overall, reason,
    questionnaire, tier, age_group, sex, network, answered_on, is_demo
from response
where wave_id = :wave_id and person_token = :person_token
order by turn desc nulls last
limit 1

-- name: turns_of(person_tokens)
-- All answers under these tokens, in the order they were given.
select response_id, wave_id, person_token, turn, district,
    air, water, drain, supply, noise, waste, recycle, green, voice, overall, reason,
    questionnaire, tier, age_group, sex, network, answered_on, is_demo
from response
where person_token = any(cast(:person_tokens as text[]))
order by wave_id, turn

-- name: counts(wave_id)
-- The number of people of each district with each answer to each question.
select district, dimension, answer, cast(count(*) as bigint) as people
from (
    select district,
        unnest(array['air', 'water', 'drain', 'supply', 'noise', 'waste', 'recycle', 'green',
            'voice', 'overall']) as dimension,
        unnest(array[air, water, drain, supply, noise, waste, recycle, green,
            voice, overall]) as answer
    from current_response
    where wave_id = :wave_id
) as answers
where answer is not null
group by district, dimension, answer
order by district, dimension, answer

-- name: has_demo(wave_id)$
-- Whether any answer of the wave is from the demo.
select exists (select 1 from response where wave_id = :wave_id and is_demo)

-- name: profiles(wave_id)
-- The current answers of a wave, one row for all who answered alike on one day, without token.
select district, tier, age_group, sex, network, answered_on,
    air, water, drain, supply, noise, waste, recycle, green, voice, overall,
    cast(count(*) as bigint) as people
from current_response
where wave_id = :wave_id
group by district, tier, age_group, sex, network, answered_on,
    air, water, drain, supply, noise, waste, recycle, green, voice, overall
order by district, tier, age_group, sex, network, answered_on,
    air, water, drain, supply, noise, waste, recycle, green, voice, overall

-- name: edition(wave_id)^
-- The state of a wave's answers: their number, and the last of them.
select cast(count(*) as bigint), max(cast(response_id as text)), cast(sum(turn) as bigint)
from response where wave_id = :wave_id

-- name: add_many(response_ids, wave_ids, person_tokens, turns, districts, airs, waters, drains, supplys, noises, wastes, recycles, greens, voices, overalls, reasons, questionnaires, tiers, age_groups, sexes, networks, days, demos)!
-- Append answers: a list for each column.
insert into response (response_id, wave_id, person_token, turn, district,
    air, water, drain, supply, noise, waste, recycle, green, voice, overall, reason,
    questionnaire, tier, age_group, sex, network, answered_on, is_demo)
select unnest(cast(:response_ids as uuid[])), unnest(cast(:wave_ids as text[])),
    unnest(cast(:person_tokens as text[])), unnest(cast(:turns as integer[])),
    unnest(cast(:districts as text[])), unnest(cast(:airs as smallint[])),
    unnest(cast(:waters as smallint[])), unnest(cast(:drains as smallint[])),
    unnest(cast(:supplys as smallint[])), unnest(cast(:noises as smallint[])),
    unnest(cast(:wastes as smallint[])), unnest(cast(:recycles as smallint[])),
    unnest(cast(:greens as smallint[])), unnest(cast(:voices as smallint[])),
    unnest(cast(:overalls as smallint[])), unnest(cast(:reasons as text[])),
    unnest(cast(:questionnaires as integer[])), unnest(cast(:tiers as text[])),
    unnest(cast(:age_groups as text[])), unnest(cast(:sexes as text[])),
    unnest(cast(:networks as text[])), unnest(cast(:days as date[])),
    unnest(cast(:demos as boolean[]))

-- name: forget_reasons(person_tokens)!
-- Erase what a person wrote; their scores stay, without a person.
update response set reason = null
where person_token = any(cast(:person_tokens as text[])) and reason is not null

-- name: official_scores()
-- The official survey's published scores, the latest year first; an imported score replaces that of
-- the seed file.
select scope, survey_year, dimension, score, note, source, confidence
from (
    select scope, survey_year, dimension, score, note, source, confidence from imported_score
    union all
    select scope, survey_year, dimension, score, note, source, confidence from official_score
    where not exists (
        select 1 from imported_score as other
        where other.scope = official_score.scope
            and other.survey_year = official_score.survey_year
            and other.dimension = official_score.dimension
    )
) as published
order by survey_year desc, score desc, scope, dimension

-- name: forget_official_scores()!
-- Delete the seed file's rows, before they are added again.
delete from official_score

-- name: add_official_score(scope, survey_year, dimension, score, note, source, confidence)!
-- Add one published score of the seed file.
insert into official_score (scope, survey_year, dimension, score, note, source, confidence)
values (:scope, :survey_year, :dimension, :score, :note, :source, :confidence)

-- name: forget_imported_score(scope, survey_year, dimension)!
-- Delete a score, before it is added corrected.
delete from imported_score
where scope = :scope and survey_year = :survey_year and dimension = :dimension

-- name: add_imported_score(scope, survey_year, dimension, score, note, source, confidence, staff_id, imported_at)!
-- Add a published score that staff imported.
insert into imported_score (scope, survey_year, dimension, score, note, source, confidence,
    imported_by_staff, imported_at)
values (:scope, :survey_year, :dimension, :score, :note, :source, :confidence, :staff_id,
    :imported_at)

-- name: add_step(step_id, wave_id, step, questionnaire, staff_id, stepped_at)!
-- Record that a wave is opened or closed.
insert into wave_step (step_id, wave_id, step, questionnaire, stepped_by_staff, stepped_at)
values (:step_id, :wave_id, :step, :questionnaire, :staff_id, :stepped_at)

-- name: steps()
-- Every opening and closing, the latest first.
select wave_id, step, questionnaire, stepped_by_staff, stepped_at
from wave_step order by stepped_at desc, step_id desc

-- name: add_margins(set_id, positions, scopes, variables, categories, peoples, sources, source_years, staff_id, imported_at)!
-- Add one set of margins.
insert into margin (set_id, position, scope, variable, category, people, source, source_year,
    imported_by_staff, imported_at)
select :set_id, unnest(cast(:positions as integer[])), unnest(cast(:scopes as text[])),
    unnest(cast(:variables as text[])), unnest(cast(:categories as text[])),
    unnest(cast(:peoples as double precision[])), unnest(cast(:sources as text[])),
    unnest(cast(:source_years as integer[])), :staff_id, :imported_at

-- name: margins(at)
-- The set of margins in force at a time, in the order of its file.
select scope, variable, category, people, source, source_year
from margin
where set_id = (
    select set_id from margin where imported_at <= :at
    order by imported_at desc, set_id desc limit 1
)
order by position

-- name: add_codes(code_ids, hashes, batch_id, tiers, districts, first_days, last_days, uses, staff_id, made_at)!
-- Add residence codes by their hashes: a list for each column.
insert into residence_code (code_id, code_hash, tier, district, first_day, last_day, most_uses,
    made_by_staff, made_at, batch_id)
select unnest(cast(:code_ids as uuid[])), unnest(cast(:hashes as text[])),
    unnest(cast(:tiers as text[])), unnest(cast(:districts as text[])),
    unnest(cast(:first_days as date[])), unnest(cast(:last_days as date[])),
    unnest(cast(:uses as integer[])), :staff_id, :made_at, cast(:batch_id as uuid)

-- name: code(code_hash)^
-- A code, and the number of its uses.
select code_id, tier, district, first_day, last_day, most_uses,
    (select cast(count(*) as integer) from residence_proof
        where residence_proof.code_id = residence_code.code_id) as used
from residence_code where code_hash = :code_hash

-- name: codes_of(batch_id)
-- The codes of a sheet, with the number of their uses.
select code_id, tier, district, first_day, last_day, most_uses,
    (select cast(count(*) as integer) from residence_proof
        where residence_proof.code_id = residence_code.code_id) as used
from residence_code where batch_id = :batch_id
order by code_id

-- name: handouts()
-- Sheets of codes and single ones, the latest first, with how many codes are used.
select c.batch_id, c.tier, c.district, c.last_day,
    cast(count(distinct c.code_id) as integer) as codes,
    cast(count(distinct p.code_id) as integer) as used
from residence_code as c
left join residence_proof as p on p.code_id = c.code_id
group by coalesce(c.batch_id, c.code_id), c.batch_id, c.tier, c.district, c.last_day
order by max(c.made_at) desc, coalesce(c.batch_id, c.code_id)
limit 12

-- name: add_proof(person_token, code_id, tier, district, last_day)!
-- Record that a person used a code; the same one again changes nothing.
insert into residence_proof (person_token, code_id, tier, district, last_day)
values (:person_token, :code_id, :tier, :district, :last_day)
on conflict (person_token, code_id) do nothing

-- name: proofs_of(person_token)
-- A person's proofs of where they live.
select code_id, tier, district, last_day from residence_proof
where person_token = :person_token

-- name: forget_proofs(person_token)!
-- Delete a person's proofs.
delete from residence_proof where person_token = :person_token

-- name: photo_of_device(upload_id, device_id)$
-- A photo that this browser sent.
select sha256 from media where upload_id = :upload_id and device_id = :device_id

-- name: cut_photo_loose(sha256, device_id)!
-- Unlink a concern's photo from the browser that sent it.
delete from media
where device_id = :device_id and sha256 = :sha256
    and not exists (select 1 from occurrence_media as m where m.sha256 = media.sha256)
    and not exists (select 1 from action_entry as e where e.photo_sha256 = media.sha256)

-- name: forget_concern(wave_id, person_token)$
-- Make room for the concern as it is now; the photo of the one that goes.
delete from concern where wave_id = :wave_id and person_token = :person_token
returning photo_sha256

-- name: add_concern(wave_id, person_token, dimension, place_name, latitude, longitude, photo)!
-- Add a person's reason for a low score.
insert into concern (wave_id, person_token, dimension, place_name, decimal_latitude,
    decimal_longitude, photo_sha256)
values (:wave_id, :person_token, :dimension, :place_name, :latitude, :longitude, :photo)

-- name: concern_of(wave_id, person_token)^
-- A person's reason for a low score.
select dimension, place_name, decimal_latitude, decimal_longitude, photo_sha256
from concern where wave_id = :wave_id and person_token = :person_token

-- name: photos_of_concerns(person_tokens)
-- The photos of a person's concerns.
select distinct photo_sha256 from concern
where person_token = any(cast(:person_tokens as text[])) and photo_sha256 is not null

-- name: forget_concerns(person_tokens)!
-- Delete a person's concerns.
delete from concern where person_token = any(cast(:person_tokens as text[]))

-- name: raised(wave_id)
-- All reasons for low scores in a wave, and when each was first answered.
select r.person_token, r.district, c.dimension, r.reason, c.place_name, c.decimal_latitude,
    c.decimal_longitude, c.photo_sha256, r.answered_on,
    r.air, r.water, r.drain, r.supply, r.noise, r.waste, r.recycle, r.green, r.voice, r.overall,
    a.first_answered, a.last_status, r.is_demo
from current_response as r
left join concern as c on c.wave_id = r.wave_id and c.person_token = r.person_token
left join (
    select ca.wave_id, ca.person_token, min(t.answered_at) as first_answered,
        max(case when t.status = 'done' then 'done' else t.status end) as last_status
    from concern_answer as ca join theme_answer as t on t.answer_id = ca.answer_id
    group by ca.wave_id, ca.person_token
) as a on a.wave_id = r.wave_id and a.person_token = r.person_token
where r.wave_id = :wave_id and (r.reason is not null or c.person_token is not null)
order by r.answered_on desc, r.response_id

-- name: add_answer(answer_id, wave_id, district, dimension, status, words, staff_id, answered_at, is_demo)!
-- Add an answer of staff to a theme.
insert into theme_answer (answer_id, wave_id, district, dimension, status, words,
    answered_by_staff, answered_at, is_demo)
values (:answer_id, :wave_id, :district, :dimension, :status, :words, :staff_id, :answered_at,
    :is_demo)

-- name: add_answered(wave_id, person_tokens, answer_id)!
-- Add the people whom an answer answers.
insert into concern_answer (wave_id, person_token, answer_id)
select :wave_id, unnest(cast(:person_tokens as text[])), :answer_id

-- name: answers(wave_id)
-- The answers of staff in a wave, the latest first.
select district, dimension, status, words, answered_at, is_demo, answer_id
from theme_answer where wave_id = :wave_id
order by answered_at desc, answer_id

-- name: answers_to(wave_id, person_token)
-- The answers of staff to one person, the latest first.
select t.district, t.dimension, t.status, t.words, t.answered_at, t.is_demo, t.answer_id
from concern_answer as ca join theme_answer as t on t.answer_id = ca.answer_id
where ca.wave_id = :wave_id and ca.person_token = :person_token
order by t.answered_at desc, t.answer_id

-- name: restored(wave_id)
-- The patterns of a wave that staff restored.
select pattern, restored_at from pattern_restored where wave_id = :wave_id

-- name: restore(wave_id, pattern, staff_id, restored_at)!
-- Record that staff restored a pattern; the same one again changes nothing.
insert into pattern_restored (wave_id, pattern, restored_by_staff, restored_at)
values (:wave_id, :pattern, :staff_id, :restored_at)
on conflict (wave_id, pattern) do nothing
