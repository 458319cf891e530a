"""The signed result of a festival: what it says, and how it is signed.

A sheet is JSON with sorted keys and no blanks, so that its bytes are its content. It names the
rules and their version, the request to the open data that holds its records, its counts, and the
SHA-256 of the list of its records. The signature is Ed25519 (RFC 8032) over those bytes, by a key
that follows from the server's secret; the public key is on the festival's page. `verify_result.py`,
in this folder and in every result that is downloaded, does all of it again and imports nothing of
ours.

A team of fewer than three people is not named beside its records: that would tell whose they are.
They count in the whole, and the team's own numbers are signed like the others. Teams have ids here
and no names: a name may be taken away later, a sheet never changes.
"""

import csv
import hashlib
import hmac
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from observations.base.clock import day_of
from observations.festivals.counting import (
    ONCE_WITHIN,
    ONCE_WITHIN_M,
    RULES,
    Count,
    Encounter,
    Tally,
    tally,
)
from observations.festivals.entry import Entry
from observations.festivals.festival import FEWEST_PEOPLE, Festival, Team

Row = tuple[object, ...]
KIND = "festival result"
COLUMNS = ("occurrenceID", "eventDate", "scientificName", "team", "counts")
WORDS = (
    "Confirmed sightings with a public exact place, seen by members of a team on the days "
    "(Asia/Shanghai), in the districts and the area, received by the last day of uploads, teams as "
    f"on the last day. One species by one observer within {ONCE_WITHIN.seconds // 60} minutes and "
    f"{ONCE_WITHIN_M:.0f} m counts once (counts 0: a repeat). Species by the leaf rule: subspecies "
    "as their species, a genus alone only where no species of it is there."
)


@dataclass(frozen=True)
class Sheet:
    """One sheet of a festival: `content` is the signed JSON, `records` the CSV that it names."""

    festival_id: UUID
    number: int
    content: str
    records: str
    signature: str
    made_at: datetime

    @property
    def said(self) -> dict[str, Any]:
        """Its content."""
        said: dict[str, Any] = json.loads(self.content)
        return said

    @property
    def whole(self) -> Tally:
        """The numbers of the whole festival."""
        return _tally_of(self.said["counts"]["whole"])

    @property
    def teams(self) -> dict[UUID, Tally]:
        """The numbers of its teams."""
        return {UUID(team["team"]): _tally_of(team) for team in self.said["counts"]["teams"]}

    @property
    def record_ids(self) -> set[str]:
        """The public ids of its records."""
        return {row["occurrenceID"] for row in csv.DictReader(io.StringIO(self.records))}


def _tally_of(said: Mapping[str, int]) -> Tally:
    encounters, species = said["encounters"], said["species"]
    return Tally(encounters, encounters, species, species, said["people"])


def make_sheet(
    festival: Festival,
    counted: Count,
    teams: Sequence[Team],
    before: Sheet | None,
    secret: bytes,
    now: datetime,
) -> Sheet:
    """The next sheet of a festival, signed; after the first, of the records of the first alone."""
    number = before.number + 1 if before else 1
    first = before.record_ids if before else None
    met = [encounter for encounter in counted.encounters if _lasting(encounter, first)]
    named = {
        team.team_id: tally([one for one in met if one.first.team_id == team.team_id])
        for team in teams
        if not team.is_hidden
    }
    records = list_of(_rows(met, first, {of for of, own in named.items() if _may_tell(own)}))
    content = canonical(
        {
            "kind": KIND,
            "number": number,
            "previous": digest_of(before.content) if before else None,
            "made_at": now.astimezone(UTC).isoformat(timespec="seconds"),
            "festival": _told(festival),
            "rules": {"version": RULES, "words": WORDS},
            "query": _query(festival),
            "counts": {
                "whole": _counts(tally(met)),
                "teams": [
                    {"team": str(of), **_counts(own), "in_records": _may_tell(own)}
                    for of, own in sorted(named.items())
                ],
            },
            "records": {"count": records.count("\n") - 1, "sha256": digest_of(records)},
        }
    )
    signature = key_of(secret).sign(content.encode()).hex()
    return Sheet(festival.festival_id, number, content, records, signature, now)


def is_signed(sheet: Sheet, public_key: str) -> bool:
    """Whether a sheet is as this key (hex) signed it, and its list of records the one it names."""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    try:
        key.verify(bytes.fromhex(sheet.signature), sheet.content.encode())
    except (InvalidSignature, ValueError):
        return False
    named: str = sheet.said["records"]["sha256"]
    return digest_of(sheet.records) == named


def key_of(secret: bytes) -> Ed25519PrivateKey:
    """The key that signs results; it follows from the server's secret and from nothing else."""
    seed = hmac.new(secret, b"festival results 1", hashlib.sha256).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_key(secret: bytes) -> str:
    """The public key of this server's results, in hex."""
    return key_of(secret).public_key().public_bytes_raw().hex()


def digest_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(value: object) -> str:
    """The JSON of a value of which there is only one."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def list_of(rows: Iterable[Row]) -> str:
    """The list of records as CSV, in the order of their public ids."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(sorted(rows, key=_name_of))
    return text.getvalue()


def _lasting(encounter: Encounter, first: set[str] | None) -> bool:
    """Whether an encounter is confirmed, and was when the festival was frozen."""
    return any(_counts_still(entry, first) for entry in encounter.entries)


def _counts_still(entry: Entry, first: set[str] | None) -> bool:
    return entry.is_confirmed and (first is None or str(entry.public_id) in first)


def _rows(met: Iterable[Encounter], first: set[str] | None, told: set[UUID]) -> Iterator[Row]:
    for encounter in met:
        own = [entry for entry in encounter.entries if _counts_still(entry, first)]
        team = encounter.first.team_id if encounter.first.team_id in told else ""
        for number, entry in enumerate(own):
            day = day_of(entry.event_date).isoformat()
            yield entry.public_id, day, entry.scientific_name, team, int(number == 0)


def _may_tell(own: Tally) -> bool:
    return own.people >= FEWEST_PEOPLE


def _counts(own: Tally) -> dict[str, int]:
    return {"encounters": own.confirmed, "species": own.species, "people": own.people}


def _told(festival: Festival) -> dict[str, object]:
    return {
        "id": str(festival.festival_id),
        "name": festival.name,
        "first_day": festival.first_day.isoformat(),
        "last_day": festival.last_day.isoformat(),
        "districts": list(festival.districts),
        "area": [list(corner) for corner in festival.area],
        "last_upload": festival.last_upload.isoformat(),
        "freezes_at": festival.freezes_at.isoformat(),
    }


def _query(festival: Festival) -> str:
    """The request to the open data that gives all of its records, a page after the other."""
    return f"/api/v1/occurrences.csv?from={festival.first_day}&to={festival.last_day}&limit=1000"


def _name_of(row: Iterable[object]) -> str:
    return str(next(iter(row)))
