"""Making rules, switching them on and off, letting them work, taking back what they did."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.retrying import retried
from observations.base.roles import NOBODY, Person, Role, require
from observations.desk.audit import is_audited, is_over
from observations.desk.rehearsal import MOST, Rehearsal, rehearse
from observations.desk.rule import Candidate, Rule, accepts
from observations.desk.seen import Seen
from observations.desk.store import Store, Transaction
from observations.desk.together import undo_together
from observations.log.entries import LogEntry
from observations.occurrences.deciding import record_decision
from observations.places.districts import DISTRICTS
from observations.taxa.taxon import group_of
from observations.verification.decisions import DecisionRequest, Verdict

ACTION = "keep_rules"
AUTOMATON = Person(role=Role.VERIFIER)  # no member of staff: what it decides is nobody's opinion
TOGETHER = 20  # decided in one transaction, while which nobody else can write
AT_ONCE = 200  # of one rule in one round
CANDIDATES = 5_000
SEVEREST, MILDEST = 0.01, 0.2


@dataclass(frozen=True)
class Round:
    """What one round of the rules did."""

    accepted: int = 0
    audited: int = 0
    ended: tuple[UUID, ...] = ()


@retried
def make_rule(store: Store, person: Person, rule: Rule, now: datetime) -> Rule:
    """Add a rule, switched off. It is never changed: another wish is another rule.

    Raises `Refused`: `role.may_not`, `rule.group`, `rule.taxon`, `rule.district`, `rule.numbers`.
    """
    require(person, ACTION)
    if group_of(rule.group_code) is None:
        raise Refused("rule.group", "group_code")
    if rule.district is not None and rule.district not in DISTRICTS:
        raise Refused("rule.district", "district")
    if not 0 <= rule.least_accepted <= 1000 or not SEVEREST <= rule.error_limit <= MILDEST:
        raise Refused("rule.numbers")
    stored = replace(rule, rule_id=new_id(now), is_on=False, made_at=now, ended_at=None)
    with store.transaction() as tx:
        facts = tx.occurrences.taxon_facts(rule.taxon_id) if rule.taxon_id else None
        if rule.taxon_id and (facts is None or facts[0] != rule.group_code):
            raise Refused("rule.taxon", "taxon_id")
        tx.desk.add_rule(stored, person.staff_id)
        tx.log.add(LogEntry("rule.made", stored.rule_id, person, now))
    return stored


@retried
def switch_rule(store: Store, person: Person, rule_id: UUID, is_on: bool, now: datetime) -> None:
    """Switch a rule on or off.

    One that switched itself off stays off: what it asks was not enough. Raises `Refused`:
    `role.may_not`, `rule.unknown`, `rule.ended`.
    """
    require(person, ACTION)
    with store.transaction() as tx:
        rule = _rule(tx, rule_id)
        if is_on and rule.ended_at:
            raise Refused("rule.ended")
        tx.desk.switch_rule(rule_id, is_on, None)
        tx.log.add(LogEntry("rule.on" if is_on else "rule.off", rule_id, person, now))


def rehearse_rule(store: Store, person: Person, rule_id: UUID) -> Rehearsal:
    """What the rule would have accepted of the latest decided sightings of its group.

    Raises `Refused`: `role.may_not`, `rule.unknown`.
    """
    require(person, ACTION)
    rule = _rule(store, rule_id)
    return rehearse(rule, store.desk.past(rule.group_code, MOST))


def undo_rule(store: Store, person: Person, rule_id: UUID, now: datetime) -> int:
    """Switch a rule off and take back all that it accepted and nobody decided again.

    Gives their number. Some at a time, so that others can work meanwhile; broken off, it is
    called again. Raises `Refused`: `role.may_not`, `rule.unknown`.
    """
    require(person, ACTION)
    switch_rule(store, person, rule_id, False, now)
    total = 0
    while count := len(undo_together(store, person, rule_id, now, TOGETHER).done):
        total += count
    return total


def run_rules(store: Store, now: datetime) -> Round:
    """Let every rule that is on look at what waits, and end those that err too often.

    `now` is aware. Raises `StorageError`.
    """
    accepted, audited, ended = 0, 0, []
    for rule in store.desk.rules():
        if not rule.is_on:
            continue
        if is_over(store.desk.outcomes(rule.rule_id), rule.error_limit):
            ended.append(_end(store, rule, now))
            continue
        waiting = [one for one in store.desk.candidates(rule, CANDIDATES) if accepts(rule, one)]
        for start in range(0, min(len(waiting), AT_ONCE), TOGETHER):
            done = _apply(store, rule, waiting[start : start + TOGETHER], now)
            accepted, audited = accepted + done.accepted, audited + done.audited
    return Round(accepted, audited, tuple(ended))


@retried
def _end(store: Store, rule: Rule, now: datetime) -> UUID:
    with store.transaction() as tx:
        tx.desk.switch_rule(rule.rule_id, False, now)
        tx.log.add(LogEntry("rule.ended", rule.rule_id, NOBODY, now))
    return rule.rule_id


@retried
def _apply(store: Store, rule: Rule, some: Sequence[Candidate], now: datetime) -> Round:
    """Accept these, or keep them for the audit; what has changed since is left as it is."""
    accepted = audited = 0
    with store.transaction() as tx:
        if not _rule(tx, rule.rule_id).is_on:
            return Round()
        ids = [one.subject_id for one in some]
        busy = tx.desk.looked_at_by_others(ids, None, now) | tx.desk.audited(ids)
        earlier = tx.desk.met(rule.rule_id)
        for one in some:
            if one.subject_id in busy or tx.occurrences.is_sealed(one.subject_id):
                continue
            if is_audited(rule.rule_id, one.subject_id, earlier + accepted + audited):
                tx.desk.add_audit(one.subject_id, rule.rule_id, one.taxon_id, now)
                audited += 1
            else:
                accepted += _accept(tx, rule, Seen(one.subject_id, None), now)
    return Round(accepted, audited)


def _accept(tx: Transaction, rule: Rule, one: Seen, now: datetime) -> int:
    request = DecisionRequest(
        one.subject_id, Verdict.ACCEPT, AUTOMATON, one.decision_id, batch_id=rule.rule_id
    )
    try:
        record_decision(tx, request, now)
    except Refused:  # decided, or erased, since; nothing was written
        return 0
    return 1


def _rule(reads: Store | Transaction, rule_id: UUID) -> Rule:
    rule = next((one for one in reads.desk.rules() if one.rule_id == rule_id), None)
    if rule is None:
        raise Refused("rule.unknown")
    return rule
