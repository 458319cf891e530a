"""Proof of residence: codes that staff hand to people one by one; each works once.

A code is worked out from its id with the installation's secret, so that a sheet can be printed
again while only the hash of each code is stored.
"""

import hashlib
import hmac
from collections.abc import Sequence
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
from observations.satisfaction.store import Reads, Store, Transaction
from observations.satisfaction.tiers import PROVEN, Tier
from observations.satisfaction.tokens import code_token, residence_token
from observations.satisfaction.wave_steps import RUN_WAVES
from observations.satisfaction.waves import wave_of

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 O 1 I L, which people mix up."""
LENGTH = 8
SLIP_DAYS, SLIP_LASTS_DAYS = 30, 365
"""A slip is to be used within a month; what it proves holds for a year."""
SHEET_OF = 24
"""Codes on a printed sheet: three columns of eight slips on a page of A4."""
SHEET_DAYS = 92
"""A sheet's codes are to be used within a quarter; what one proves holds for the wave."""


def make_slip(store: Store, secret: bytes, person: Person, district: str, now: datetime) -> str:
    """A code for one person whose papers staff have seen.

    Raises `Refused`: `role.may_not`, `district.unknown`.
    """
    code = _code(Tier.STAFF_VERIFIED, district, now, SLIP_DAYS)
    _make(store, secret, person, [code], now, None)
    return letters_of(secret, code.code_id)


def make_sheet(store: Store, secret: bytes, person: Person, district: str, now: datetime) -> UUID:
    """A sheet of codes to hand out one by one in `district`; gives its id, under which it prints.

    Raises `Refused`: `role.may_not`, `district.unknown`.
    """
    codes = [_code(Tier.ON_SITE, district, now, SHEET_DAYS) for _ in range(SHEET_OF)]
    batch_id = new_id()
    _make(store, secret, person, codes, now, batch_id)
    return batch_id


def sheet_of(store: Reads, secret: bytes, person: Person, batch_id: UUID) -> list[tuple[Code, str]]:
    """The codes of a sheet that nobody has used yet, each with its letters.

    Raises `Refused`: `role.may_not`, and `satisfaction.code_unknown` where there is no such sheet.
    """
    require(person, RUN_WAVES)
    codes = store.satisfaction.codes_of(batch_id)
    if not codes:
        raise Refused("satisfaction.code_unknown")
    return [(code, letters_of(secret, code.code_id)) for code in codes if not code.used]


def letters_of(secret: bytes, code_id: UUID) -> str:
    """The letters of a code: eight out of 31, from a keyed hash of its id."""
    digest = hmac.new(secret, f"residence code/{code_id}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest)
    letters = ""
    for _ in range(LENGTH):
        number, position = divmod(number, len(ALPHABET))
        letters += ALPHABET[position]
    return letters


def use_code(
    tx: Transaction, secret: bytes, observer_id: UUID, district: str, letters: str, now: datetime
) -> None:
    """Store that this person proved to live in `district`; a repeated code changes nothing.

    A poster's code of former times proves nothing: it is taken, and the answer is their word.
    Raises `Refused`: `satisfaction.code_unknown`, `satisfaction.code_over`,
    `satisfaction.code_elsewhere`.
    """
    code = tx.satisfaction.code(code_token(secret, normalised(letters)))
    if code is None:
        raise Refused("satisfaction.code_unknown", field="code")
    if code.tier not in PROVEN:
        return
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


def _code(tier: Tier, district: str, now: datetime, days: int) -> Code:
    today = day_of(now)
    return Code(new_id(), tier, district, today, today + timedelta(days=days), 1)


@retried
def _make(
    store: Store,
    secret: bytes,
    person: Person,
    codes: Sequence[Code],
    now: datetime,
    batch_id: UUID | None,
) -> None:
    """Store the codes by their hashes, and log who made how many."""
    require(person, RUN_WAVES)
    first = codes[0]
    if first.district not in DISTRICTS or person.staff_id is None:
        raise Refused("district.unknown", field="district")
    hashes = [code_token(secret, letters_of(secret, code.code_id)) for code in codes]
    details: dict[str, object] = {
        "tier": str(first.tier),
        "district": first.district,
        "codes": len(codes),
    }
    with store.transaction() as tx:
        tx.satisfaction.add_codes(codes, hashes, batch_id, person.staff_id, now)
        tx.log.add(LogEntry("residence_code.made", batch_id or first.code_id, person, now, details))
