"""Staff put another name in the place of an unsuitable one, or a neutral one, and back."""

import random
from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.names import clean_name
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.base.wording import N_
from observations.log.entries import AFTER, BEFORE, LogEntry
from observations.moderation.public_name import LENGTHS, NameChange, NameKind, PublicName
from observations.moderation.store import Store, Transaction

ACTION = "keep_names"
LISTED = 30
_choice = random.SystemRandom()


def look_for(store: Store, person: Person, words: str) -> list[PublicName]:
    """Names with these letters, the shortest first. Raises `Refused("role.may_not")`."""
    require(person, ACTION)
    return store.moderation.named(words.strip(), LISTED) if words.strip() else []


@retried
def rename(
    store: Store, person: Person, kind: NameKind, subject_id: UUID, name: str, now: datetime
) -> str:
    """Put a name in the place of another; gives the new one. Staff may name an office.

    Raises `Refused`: `role.may_not`, `name.empty`, `name.taken`, `name.unknown`, `text.…`.
    """
    require(person, ACTION)
    chosen = clean_name(name, "name", LENGTHS[kind], may_claim=True)
    if not chosen:
        raise Refused("name.empty", "name")
    with store.transaction() as tx:
        _replace(tx, person, PublicName(kind, subject_id, chosen), None, now)
    return chosen


@retried
def hide(store: Store, person: Person, kind: NameKind, subject_id: UUID, now: datetime) -> str:
    """Put a neutral name in the place of one; gives it. Raises as `rename` does."""
    require(person, ACTION)
    with store.transaction() as tx:
        neutral = _neutral(tx, kind, subject_id)
        _replace(tx, person, PublicName(kind, subject_id, neutral), None, now)
    return neutral


@retried
def undo(store: Store, person: Person, name_change_id: UUID, now: datetime) -> str:
    """Put the name before a change back; gives it.

    Raises `Refused`: `role.may_not`, `name.unknown` (changed again meanwhile, or its bearer was
    erased), `name.taken` (by somebody else since).
    """
    require(person, ACTION)
    with store.transaction() as tx:
        changes = {one.name_change_id: one for one in tx.moderation.changes(LISTED)}
        change = changes.get(name_change_id)
        if change is None or not change.can_undo:
            raise Refused("name.unknown")
        name = PublicName(change.kind, change.subject_id, change.name_before)
        _replace(tx, person, name, name_change_id, now)
    return change.name_before


def _replace(
    tx: Transaction, person: Person, name: PublicName, undoes: UUID | None, now: datetime
) -> None:
    before = tx.moderation.name_of(name.kind, name.subject_id)
    if before is None:
        raise Refused("name.unknown")
    if tx.moderation.is_taken(name):
        raise Refused("name.taken", "name")
    assert person.staff_id is not None  # only staff may keep names
    tx.moderation.rename(name)
    change = NameChange(
        new_id(now), name.kind, name.subject_id, before, name.name, now, None, undoes is None
    )
    tx.moderation.add_change(change, undoes, person.staff_id)
    action = "name.put_back" if undoes else "name.replaced"
    names = {BEFORE: before, AFTER: name.name}
    tx.log.add(LogEntry(action, name.subject_id, person, now, personal=names))


def _neutral(tx: Transaction, kind: NameKind, subject_id: UUID) -> str:
    """A name that says nothing, which nobody has."""
    word = N_("观察者") if kind is NameKind.NICKNAME else N_("队伍")
    while True:
        name = f"{word} {_choice.randrange(10_000, 100_000)}"
        if not tx.moderation.is_taken(PublicName(kind, subject_id, name)):
            return name
