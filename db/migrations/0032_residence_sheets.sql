-- Codes of residence are handed out one by one, a sheet of them at a time, and work once.
alter table residence_code add column batch_id uuid;

-- A code that hung in a place for many people proves nothing: it opens the form, no more. What was
-- answered with one is the person's word.
delete from residence_proof
where code_id in (select code_id from residence_code where most_uses > 1);
update residence_code set tier = 'self_declared' where most_uses > 1;
update response set tier = 'self_declared' where tier = 'on_site' and not is_demo;

-- only postgresql
create index residence_code_batch on residence_code (batch_id);
-- end only
