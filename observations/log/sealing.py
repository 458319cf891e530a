"""A chain over the log: each seal holds a digest of its entry and of the seal before.

Seals are made apart from the transactions that write entries, some seconds later: a chain inside
them would make every two writers conflict. What was sealed cannot be changed, removed, inserted or
swapped without `faults` telling; what is not sealed yet is shown as such. Personal values go into
the chain as a salted digest. Erasing somebody empties them together with the salt, and the chain
still holds.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from observations.base.ids import first_id
from observations.base.wording import N_
from observations.log.entries import LogLine, Seal
from observations.log.store import Store

UNDER_WAY = timedelta(seconds=20)  # from making an entry's id to its commit; imports make it last
TOGETHER = 1000
READ_TOGETHER = 5000
MOST_FAULTS = 20
BEGINNING = "0" * 64


def seal_new(store: Store, now: datetime) -> Seal | None:
    """Seal what was written until shortly before `now`; gives the last new seal, or None.

    Raises `Conflict` where another process seals at the moment; it does the same work.
    """
    last = None
    while sealed := _seal_some(store, now):
        last = sealed
    return last


def _seal_some(store: Store, now: datetime) -> Seal | None:
    until = first_id(now - UNDER_WAY)
    head = store.log.last_seal()
    if not store.log.lines_after(head.entry_id if head else None, until, 1):
        return None
    with store.transaction() as tx:
        head = tx.log.last_seal()
        lines = tx.log.lines_after(head.entry_id if head else None, until, TOGETHER)
        seals = []
        for line in lines:
            head = _next(head, line, now)
            seals.append(head)
        tx.log.add_seals(seals)
    return head if seals else None


def _next(head: Seal | None, line: LogLine, now: datetime) -> Seal:
    position = head.position + 1 if head else 1
    salt = secrets.token_hex(16)
    digest = personal_digest(salt, line)
    link = link_of(head.link if head else BEGINNING, position, line, digest, now)
    return Seal(position, line.entry_id, salt, digest, link, now)


def personal_digest(salt: str, line: LogLine) -> str:
    """SHA-256 of the salt and of what says who it is about."""
    return _digest([salt, line.observer_id, line.subject_id, line.personal])


def link_of(before: str, position: int, line: LogLine, digest: str, sealed_at: datetime) -> str:
    """SHA-256 of the link before and of everything in the entry; of a person the digest alone."""
    facts = [line.entry_id, line.action, line.staff_id, line.system_user, line.details]
    moments = [_moment(line.logged_at), _moment(sealed_at)]
    return _digest([before, position, *facts, *moments, digest])


def _digest(values: list[object]) -> str:
    text = json.dumps(values, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True)
class LogFault:
    """What of the sealed log is not as it was: words, and what fills them."""

    words: str
    values: Mapping[str, object] = field(default_factory=dict)


def faults(store: Store) -> Iterator[LogFault]:
    """What of the sealed log is not as it was; at most `MOST_FAULTS`, and one that says so."""
    for number, fault in enumerate(_faults(store)):
        if number == MOST_FAULTS:
            yield LogFault(N_("记录：不对的还有更多"))
            return
        yield fault


def _faults(store: Store) -> Iterator[LogFault]:
    before: Seal | None = None
    for seal, line in _sealed(store):
        values = {"position": seal.position, "entry_id": seal.entry_id}
        yield from (LogFault(words, values) for words in _wrong(before, seal, line))
        before = seal
    if before:
        for entry_id in store.log.unsealed_before(before.entry_id, MOST_FAULTS):
            yield LogFault(N_("记录：{entry_id} 是后来插进封好的当中的"), {"entry_id": entry_id})


def _sealed(store: Store) -> Iterator[tuple[Seal, LogLine | None]]:
    position = 0
    while rows := store.log.sealed_after(position, READ_TOGETHER):
        yield from rows
        position = rows[-1][0].position


def _wrong(before: Seal | None, seal: Seal, line: LogLine | None) -> Iterator[str]:
    if seal.position != (before.position + 1 if before else 1):
        yield N_("记录：第 {position} 条封之前少了几条封")
    elif before and seal.entry_id <= before.entry_id:
        yield N_("记录：第 {position} 条封的比前一条还早")
    if line is None:
        yield N_("记录：第 {position} 条封的 {entry_id} 不见了")
        return
    link = before.link if before else BEGINNING
    expected = link_of(link, seal.position, line, seal.personal_digest, seal.sealed_at)
    if expected != seal.link:
        yield N_("记录：第 {position} 条封对不上 {entry_id}：它或前一条被改过")
    elif seal.salt is None and (line.observer_id or line.personal):
        yield N_("记录：第 {position} 条已经抹除，{entry_id} 里却又有了人")
    elif seal.salt is not None and personal_digest(seal.salt, line) != seal.personal_digest:
        yield N_("记录：第 {position} 条对不上 {entry_id} 说的是谁")
