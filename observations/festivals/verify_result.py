"""Does a festival's result again from the open data, without the program that made it.

    python verify_result.py RESULT.zip --key HEX --export occurrences.csv [more.csv …]

RESULT.zip is what the festival's page hands out, HEX the public key that stands there. The export
is what the sheet's `query` answers, all of its pages. Needs Python 3.10 and `pip install
cryptography`. Ends with 0 where everything holds, else with 1 and a line for each thing that does
not.
"""

import argparse
import csv
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ACCEPTED = ("plausible", "accepted_considered_correct", "accepted_correct")
Row = dict[str, str]


def main(arguments: list[str]) -> int:
    """Check what the arguments name; gives the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("result")
    parser.add_argument("--key", help="public key in hex; else the one in the result is believed")
    parser.add_argument("--export", nargs="+", default=[], help="CSV of the open data")
    options = parser.parse_args(arguments)
    with zipfile.ZipFile(options.result) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    export = {row["occurrenceID"]: row for path in options.export for row in rows_of_file(path)}
    faults = list(faults_of(parts, options.key or parts["key.txt"].strip(), export))
    fine = "The result holds." if export else "The signatures hold; no export was compared."
    lines = [f"WRONG: {fault}" for fault in faults] or [fine]
    sys.stdout.write("\n".join([*lines, ""]))
    return 1 if faults else 0


def faults_of(parts: dict[str, str], key: str, export: dict[str, Row]) -> Iterator[str]:
    """What does not hold of the parts of a result."""
    before = None
    numbers = sorted(int(name[6:-5]) for name in parts if name.endswith(".json"))
    for expected, number in enumerate(numbers, 1):
        content = parts[f"sheet-{number}.json"]
        records = parts[f"records-{number}.csv"]
        sheet = json.loads(content)
        if not is_signed(content, parts[f"sheet-{number}.sig"].strip(), key):
            yield f"sheet {number}: the signature is not of this key"
        if number != expected or sheet["number"] != number or sheet["previous"] != before:
            yield f"sheet {number}: it does not follow the one before"
        if digest(records) != sheet["records"]["sha256"]:
            yield f"sheet {number}: the list of records was changed"
        before = digest(content)
        rows = list(csv.DictReader(io.StringIO(records)))
        yield from (f"sheet {number}: {fault}" for fault in miscounted(sheet, rows))
        if export and number == numbers[-1]:
            yield from (f"sheet {number}: {fault}" for fault in not_in_export(sheet, rows, export))
    if not numbers:
        yield "there is no sheet"


def is_signed(content: str, signature: str, key: str) -> bool:
    """Whether the content was signed by the key (hex)."""
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(signature), content.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def miscounted(sheet: dict[str, Any], rows: list[Row]) -> Iterator[str]:
    """The counts of a sheet that its list of records does not give."""
    if sheet["records"]["count"] != len(rows):
        yield f"{len(rows)} records, not {sheet['records']['count']}"
    counts = sheet["counts"]
    for name, numbers, own in (
        ("the whole", counts["whole"], rows),
        *(
            (f"team {team['team']}", team, [row for row in rows if row["team"] == team["team"]])
            for team in counts["teams"]
            if team["in_records"]
        ),
    ):
        counting = [row for row in own if row["counts"] == "1"]
        if numbers["encounters"] != len(counting):
            yield f"{name}: {len(counting)} encounters, not {numbers['encounters']}"
        species = species_count(row["scientificName"] for row in counting)
        if numbers["species"] != species:
            yield f"{name}: {species} species, not {numbers['species']}"


def not_in_export(sheet: dict[str, Any], rows: list[Row], export: dict[str, Row]) -> Iterator[str]:
    """What the open data say otherwise of the records."""
    festival = sheet["festival"]
    for row in rows:
        name = row["occurrenceID"]
        now = export.get(name)
        if now is None:
            yield f"{name} is not in the open data"
            continue
        if now["scientificName"] != row["scientificName"] or now["eventDate"] != row["eventDate"]:
            yield f"{name} has another name or day in the open data"
        if not festival["first_day"] <= now["eventDate"] <= festival["last_day"]:
            yield f"{name} was not seen on the days"
        if now["identificationVerificationStatus"] not in ACCEPTED:
            yield f"{name} is not confirmed"
        if festival["districts"] and now["district"] not in festival["districts"]:
            yield f"{name} lies in another district"
        here = float(now["decimalLongitude"]), float(now["decimalLatitude"])
        if festival["area"] and not is_inside(here, festival["area"]):
            yield f"{name} lies outside the area"


def species_count(names: Iterable[str]) -> int:
    """The leaf rule: subspecies as species; a genus alone only where no species of it is there."""
    genera: dict[str, set[str]] = {}
    for name in names:
        genus, epithet, *_ = [*name.replace("× ", "").split(" "), "", ""]
        own = genera.setdefault(genus, set())
        if epithet not in ("", "sp", "sp.", "spp", "spp."):
            own.add(epithet)
    return sum(max(1, len(epithets)) for epithets in genera.values())


def is_inside(point: tuple[float, float], ring: list[list[float]]) -> bool:
    """Whether a point (longitude, latitude) lies in a ring of corners."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > y) != (by > y):
            inside ^= x < ax + (y - ay) / (by - ay) * (bx - ax)
    return inside


def rows_of_file(path: str) -> list[Row]:
    """The rows of a CSV file."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def digest(text: str) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
