-- How many people, in tens, had no answer to a question of the city's figure (说不清, or left out). It
-- is told once a wave, when it closes.
alter table published_figure add column unsure integer;
