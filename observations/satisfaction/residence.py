"""Proof of residence: a slip that staff give to one person, or a code on display in a district."""

import secrets
from datetime import date, datetime, timedelta
from uuid import UUID

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.log.entries import LogEntry
from observations.places.districts import DISTRICTS
from observations.satisfaction.residence_code import Code, Proof
from observations.satisfaction.store import Store, Transaction
from observations.satisfaction.tiers import Tier
from observations.satisfaction.tokens import code_token, residence_token
from observations.satisfaction.wave_steps import RUN_WAVES
from observations.satisfaction.waves import wave_of

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 O 1 I L, which people mix up."""
LENGTH = 8
SLIP_DAYS, SLIP_LASTS_DAYS = 30, 365
"""A slip is to be used within a month; what it proves holds for a year."""
MOST_USES, MOST_DAYS = 1000, 92


def make_slip(store: Store, secret: bytes, person: Person, district: str, now: datetime) -> str:
    """A code for one person whose papers staff have seen.

    Raises `Refused`: `role.may_not`, `district.unknown`.
    """
    today = day_of(now)
    code = Code(
        new_id(), Tier.STAFF_VERIFIED, district, today, today + timedelta(days=SLIP_DAYS), 1
    )
    return _make(store, secret, person, code, now)


def make_site_code(
    store: Store,
    secret: bytes,
    person: Person,
    district: str,
    days: int,
    most_uses: int,
    now: datetime,
) -> str:
    """A code to hang up in `district` for some days and so many people.

    Raises `Refused`: `role.may_not`, `district.unknown`, `satisfaction.code_limits`.
    """
    if not (1 <= days <= MOST_DAYS and 1 <= most_uses <= MOST_USES):
        raise Refused("satisfaction.code_limits", days=MOST_DAYS, uses=MOST_USES)
    today = day_of(now)
    last = today + timedelta(days=days - 1)
    return _make(
        store, secret, person, Code(new_id(), Tier.ON_SITE, district, today, last, most_uses), now
    )


def use_code(
    tx: Transaction, secret: bytes, observer_id: UUID, district: str, letters: str, now: datetime
) -> None:
    """Store that this person proved to live in `district`; a repeated code changes nothing.

    Raises `Refused`: `satisfaction.code_unknown`, `satisfaction.code_over`,
    `satisfaction.code_elsewhere`.
    """
    code = tx.satisfaction.code(code_token(secret, normalised(letters)))
    if code is None:
        raise Refused("satisfaction.code_unknown", field="code")
    token = residence_token(secret, observer_id)
    if any(proof.code_id == code.code_id for proof in tx.satisfaction.proofs(token)):
        return
    if not code.is_good(day_of(now)):
        raise Refused("satisfaction.code_over", field="code")
    if code.district != district:
        raise Refused("satisfaction.code_elsewhere", field="code")
    tx.satisfaction.prove(token, Proof(code.code_id, code.tier, district, _lasts(code, now)))


def tier_of(
    tx: Transaction, secret: bytes, observer_id: UUID, district: str, now: datetime
) -> Tier:
    """The tier of this person's residence in `district` today."""
    proofs = tx.satisfaction.proofs(residence_token(secret, observer_id))
    good = {p.tier for p in proofs if p.district == district and p.last_day >= day_of(now)}
    return next((tier for tier in reversed(Tier) if tier in good), Tier.SELF_DECLARED)


def normalised(code: str) -> str:
    """A code as it is stored: in capitals, without characters that are in no code."""
    return "".join(letter for letter in code.upper() if letter in ALPHABET)


def _lasts(code: Code, now: datetime) -> date:
    """The last day of a proof: a year from now for a slip, the wave's end for a code on site."""
    if code.tier is Tier.STAFF_VERIFIED:
        return day_of(now) + timedelta(days=SLIP_LASTS_DAYS)
    return wave_of(now).last_day


@retried
def _make(store: Store, secret: bytes, person: Person, code: Code, now: datetime) -> str:
    require(person, RUN_WAVES)
    if code.district not in DISTRICTS or person.staff_id is None:
        raise Refused("district.unknown", field="district")
    text = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    with store.transaction() as tx:
        tx.satisfaction.add_code(code, code_token(secret, text), person.staff_id, now)
        details: dict[str, object] = {"tier": str(code.tier), "district": code.district}
        tx.log.add(LogEntry("residence_code.made", code.code_id, person, now, details))
    return text
