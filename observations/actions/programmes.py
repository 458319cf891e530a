"""Making codes of programmes, and using them."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from observations.actions.allowance import count_of
from observations.actions.catalogue import Action
from observations.actions.codes import (
    LETTERS,
    MOST_SLIPS,
    MOST_USES,
    TITLE_LENGTH,
    TOKEN_LENGTH,
    CodeKind,
    ProgrammeCode,
)
from observations.actions.entries import ActionEntry
from observations.actions.odd_patterns import flags_of_code
from observations.actions.recording import Logged, settle_points
from observations.actions.store import Store, Transaction
from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.base.text import clean_text
from observations.log.entries import LogEntry
from observations.people.consenting import require_consent
from observations.people.joining import ensure_observer
from observations.people.observer import Observer
from observations.people.standing import require_standing

MOST_POINTS = 50


@dataclass(frozen=True)
class Programme:
    """What codes are made for: `count` slips, or one poster with `count` uses."""

    title: str
    kind: CodeKind
    action_code: str
    quantity: Decimal
    points: int
    opens_at: datetime
    closes_at: datetime
    count: int


@retried
def make_codes(
    store: Store, person: Person, programme: Programme, now: datetime
) -> list[ProgrammeCode]:
    """Add a batch of codes.

    Raises `Refused`: `role.may_not`, `action.unknown`, `code.no_title`, `code.hours` (the end is
    not after the beginning, or is past), `code.numbers`, `text.…`.
    """
    require(person, "make_codes")
    title = clean_text(programme.title, "title", TITLE_LENGTH)
    if not title:
        raise Refused("code.no_title", "title")
    _check(programme, now)
    is_slip = programme.kind is CodeKind.SLIP
    batch_id, staff_id = new_id(now), person.staff_id
    assert staff_id is not None  # only staff may make codes
    codes = [
        ProgrammeCode(
            code_id=new_id(now),
            token=new_token(),
            kind=programme.kind,
            batch_id=batch_id,
            title=title,
            action_code=programme.action_code,
            quantity=programme.quantity,
            points=programme.points,
            opens_at=programme.opens_at,
            closes_at=programme.closes_at,
            max_uses=1 if is_slip else programme.count,
            made_by=staff_id,
            made_at=now,
        )
        for _number in range(programme.count if is_slip else 1)
    ]
    with store.transaction() as tx:
        if tx.actions.current(programme.action_code, day_of(now)) is None:
            raise Refused("action.unknown", "action_code")
        tx.actions.add_codes(codes)
        details: dict[str, object] = {"kind": programme.kind, "count": programme.count}
        tx.log.add(LogEntry("codes.made", batch_id, person, now, details))
    return codes


@retried
def cancel_codes(store: Store, person: Person, batch_id: UUID, now: datetime) -> None:
    """Cancel the codes of a batch; what they paid stays. Raises `Refused("role.may_not")`."""
    require(person, "make_codes")
    with store.transaction() as tx:
        tx.actions.cancel_codes(batch_id, now)
        tx.log.add(LogEntry("codes.cancelled", batch_id, person, now))


@retried
def use_code(store: Store, token: str, entry_id: UUID, device_id: UUID, now: datetime) -> Logged:
    """Log the action of a code and pay it at once, unless it looks odd.

    The same `entry_id` again changes nothing.

    Raises `Refused`: `consent.missing`, `code.unknown`, `code.not_yet`, `code.over`, `code.used`,
    `code.used_by_you`, `code.used_up`, `action.id_taken`.
    """
    with store.transaction() as tx:
        require_consent(tx, device_id)
        require_standing(tx, device_id, now)
        code = find_code(tx, token)
        observer = ensure_observer(tx, device_id, now)
        earlier = tx.actions.entry(entry_id)
        if earlier:
            return _again(earlier, observer)
        _require_open(code, now)
        _require_free(tx, code, observer)
        return _log(tx, code, entry_id, observer, now)


def find_code(tx: Store | Transaction, token: str) -> ProgrammeCode:
    """The code of a typed or scanned token. Raises `Refused("code.unknown")`."""
    code = tx.actions.programme_code(token.strip().upper())
    if code is None:
        raise Refused("code.unknown", "code")
    return code


def new_token() -> str:
    """A new random token."""
    return "".join(secrets.choice(LETTERS) for _number in range(TOKEN_LENGTH))


def _check(programme: Programme, now: datetime) -> None:
    if not programme.opens_at < programme.closes_at or programme.closes_at <= now:
        raise Refused("code.hours", "closes_at")
    most = MOST_SLIPS if programme.kind is CodeKind.SLIP else MOST_USES
    is_sane = 0 < programme.count <= most and 0 < programme.points <= MOST_POINTS
    if not is_sane or not programme.quantity > 0:
        raise Refused("code.numbers", "count", slips=MOST_SLIPS, uses=MOST_USES, points=MOST_POINTS)


def _require_open(code: ProgrammeCode, now: datetime) -> None:
    if code.cancelled_at is not None or now > code.closes_at:
        raise Refused("code.over", "code")
    if now < code.opens_at:
        raise Refused("code.not_yet", "code")


def _require_free(tx: Transaction, code: ProgrammeCode, observer: Observer) -> None:
    use = tx.actions.code_use(code.use_key(observer.observer_id))
    if use:
        is_own = use[1] == observer.observer_id
        raise Refused("code.used_by_you" if is_own else "code.used", "code")
    if code.kind is CodeKind.POSTER and tx.actions.uses_of(code.code_id) >= code.max_uses:
        raise Refused("code.used_up", "code")


def _log(
    tx: Transaction, code: ProgrammeCode, entry_id: UUID, observer: Observer, now: datetime
) -> Logged:
    action = tx.actions.current(code.action_code, day_of(now))
    if action is None:
        raise Refused("action.unknown", "action_code")
    entry = _entry(tx, code, action, entry_id, observer, now)
    tx.actions.add([entry])
    tx.actions.use_code(
        code.use_key(observer.observer_id), code.code_id, observer.observer_id, entry_id, now
    )
    settle_points(tx, entry, now)
    person = Person(observer_id=observer.observer_id)
    tx.log.add(LogEntry("code.used", entry_id, person, now, {"code_id": str(code.code_id)}))
    return Logged(entry, observer, None, is_new=True)


def _entry(
    tx: Transaction,
    code: ProgrammeCode,
    action: Action,
    entry_id: UUID,
    observer: Observer,
    now: datetime,
) -> ActionEntry:
    me, today = observer.observer_id, day_of(now)
    counted = count_of(tx, action, code.quantity, me, today, has_evidence=True)
    return ActionEntry(
        action_entry_id=entry_id,
        observer_id=me,
        action_code=action.code,
        action_version=action.version,
        activity_data=code.quantity,
        unit=action.unit,
        saving_factor=action.factor.saving if action.factor else None,
        avoided_kg_co2e=counted.avoided_kg_co2e,
        full_points=code.points,
        points=code.points,
        done_on=today,
        upload_id=None,
        photo_sha256=None,
        logged_at=now,
        is_demo=observer.is_demo,
        flags=flags_of_code(tx, action, code, me, today),
        code_id=code.code_id,
    )


def _again(known: ActionEntry, observer: Observer) -> Logged:
    if known.observer_id != observer.observer_id:
        raise Refused("action.id_taken")
    return Logged(known, observer, None, is_new=False)
