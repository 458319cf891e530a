-- A festival that does not take place is not shown or joined; its code still says so.
alter table festival add column is_cancelled boolean;
