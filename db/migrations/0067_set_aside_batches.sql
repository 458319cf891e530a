-- What is set aside together is a batch of decisions, as a wall's are.
update decision
set batch_id = (
    select a.set_aside_id from set_aside_decision as a where a.decision_id = decision.decision_id)
where decision_id in (select decision_id from set_aside_decision);

drop table set_aside_decision;
