-- Whoever recorded a sighting can correct its time and its place. What was written first stays: the
-- corrected time and place are an event of their own, and the sighting's former events are listed.
-- `corrected_at` is null for what was recorded at first, by a camera or a phone or by hand.
alter table event add column corrected_at timestamptz;

create table earlier_event (
    event_id uuid primary key,
    occurrence_id uuid not null
);
create index earlier_event_occurrence on earlier_event (occurrence_id);
