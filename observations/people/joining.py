"""Becoming an observer with the first contribution (no account), and changing one's profile."""

import random
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.names import clean_name, skeleton
from observations.base.retrying import retried
from observations.base.roles import Person
from observations.log.entries import LogEntry
from observations.people.observer import ELSEWHERE, Observer, suggest_nickname
from observations.people.standing import require_standing
from observations.people.store import Store, Transaction

NICKNAME_LENGTH = 20
_choice = random.SystemRandom()


def ensure_observer(tx: Transaction, device_id: UUID, now: datetime) -> Observer:
    """The observer of this browser; made now where it contributes for the first time."""
    earlier = tx.people.observer_of_device(device_id)
    if earlier:
        return earlier
    observer = Observer(new_id(now), _free_nickname(tx), None, None, now, None, is_demo=False)
    tx.people.add_observer(observer)
    tx.people.link_device(device_id, observer.observer_id, now)
    tx.log.add(LogEntry("observer.joined", observer.observer_id, _as(observer), now))
    return observer


def _free_nickname(tx: Transaction) -> str:
    for _ in range(8):
        nickname = suggest_nickname(_choice)
        if not tx.people.nickname_is_taken(nickname):
            return nickname
    return f"{nickname} {_choice.randrange(100, 100_000)}"


@retried
def choose_home_district(
    store: Store, device_id: UUID, district: str, city_codes: Collection[str], now: datetime
) -> None:
    """Keep where the observer lives: one of `city_codes`, or `ELSEWHERE`.

    Raises `Refused`: `district.unknown`, `observer.unknown` (nothing contributed yet).
    """
    if district != ELSEWHERE and district not in city_codes:
        raise Refused("district.unknown", "home_district")
    with store.transaction() as tx:
        observer = require_observer(tx, device_id)
        tx.people.choose_home_district(observer.observer_id, district)
        tx.log.add(LogEntry("observer.home_chosen", observer.observer_id, _as(observer), now))


@retried
def choose_nickname(store: Store, device_id: UUID, nickname: str, now: datetime) -> None:
    """Take another nickname.

    Raises `Refused`: `nickname.empty`, `nickname.taken` (or one that looks like it), `name.office`,
    `text.…`.
    """
    chosen = clean_name(nickname, "nickname", NICKNAME_LENGTH)
    if not chosen:
        raise Refused("nickname.empty", "nickname")
    with store.transaction() as tx:
        require_standing(tx, device_id, now)
        observer = require_observer(tx, device_id)
        is_other = skeleton(chosen) != skeleton(observer.nickname)
        if is_other and tx.people.nickname_is_taken(chosen):
            raise Refused("nickname.taken", "nickname")
        tx.people.choose_nickname(observer.observer_id, chosen)
        tx.log.add(LogEntry("observer.renamed", observer.observer_id, _as(observer), now))


@retried
def choose_boards(store: Store, device_id: UUID, on_boards: bool, now: datetime) -> None:
    """Let the boards show the observer's nickname, or not. Raises `Refused("observer.unknown")`."""
    with store.transaction() as tx:
        observer = require_observer(tx, device_id)
        tx.people.choose_boards(observer.observer_id, on_boards)
        action = "observer.joined_boards" if on_boards else "observer.left_boards"
        tx.log.add(LogEntry(action, observer.observer_id, _as(observer), now))


def require_observer(tx: Transaction, device_id: UUID | None) -> Observer:
    """The observer of this browser. Raises `Refused("observer.unknown")`."""
    observer = tx.people.observer_of_device(device_id) if device_id else None
    if observer is None:
        raise Refused("observer.unknown")
    return observer


def _as(observer: Observer) -> Person:
    return Person(observer_id=observer.observer_id)
