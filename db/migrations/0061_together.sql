-- Decisions made together: those of one wall of photos have one batch, and are undone whole.

alter table decision add column batch_id uuid;

-- Nothing asked it any more; DuckDB refuses a view whose table has got another column.
drop view current_decision;

-- only postgresql
create index decision_batch on decision (batch_id) where batch_id is not null;
-- end only
