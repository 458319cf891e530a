"""Files that a publisher might send, broken by chance: the same dice give the same file."""

import csv
import io
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from tests.support.survey_files import EML, PHOTOS, meta

FIRST = (30.20, 120.05)  # latitude and longitude of row 0; each row has a place of its own
STEP = 0.0017
SPECIES = (
    "Nycticorax nycticorax",
    "Ardea alba Linnaeus, 1758",
    "Passer montanus",
    "Syrmaticus ellioti",
    "Nicrophorus concolor",
    "Isoëtes sinensis",
    "夜鹭",
    "Anas sp.",
)
DAYS = ("2023-05-09", "2022", "2023-04", "2023-05-01/2023-05-03", "9.5.2023", "2023-02-30", "")
ODD_CELLS = (
    '"',
    '""',
    "'",
    "\n",
    "\r",
    "\r\n",
    "\t",
    ",",
    ";",
    "|",
    "\0",
    "\ufeff",
    "\u202e",
    "\u3000",
    "=1+1",
    "@SUM(1)",
    "NaN",
    "inf",
    "1e400",
    "-",
    "０.５",
    "absent",
    "无",
    "0",
    "<b>",
    "\ud7ff",
    "x" * 9000,
)
COLUMNS = ("occurrenceID", "scientificName", "decimalLatitude", "decimalLongitude", "eventDate")
MORE = ("occurrenceStatus", "individualCount", "vernacularName", "basisOfRecord", "locality")
OWN = re.compile(r"FZ-(\d+)")


@dataclass(frozen=True)
class Made:
    """A file; `is_legible`: its cells are as they were written, whatever their order."""

    name: str
    data: bytes
    is_legible: bool


def place_of(number: int) -> tuple[float, float]:
    """The place of the row with this number; no two are alike."""
    return round(FIRST[0] + STEP * (number % 50), 4), round(FIRST[1] + STEP * number, 4)


def survey(dice: random.Random) -> Made:
    """A CSV or an archive of survey rows."""
    columns, rows = _rows(dice)
    text, is_legible = _table(dice, columns, rows), True
    encoding = dice.choice(("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "latin-1"))
    data = text.encode(encoding, "replace")
    if dice.random() < 0.3:
        data, is_legible = damaged(data, dice), False
    if dice.random() < 0.5:
        return Made(dice.choice(("fuzz.csv", "fuzz.txt", "fuzz.tsv")), data, is_legible)
    return Made("fuzz.zip", _archive(dice, data), False)


def _rows(dice: random.Random) -> tuple[list[str], list[list[str]]]:
    columns = [*COLUMNS, *dice.sample(MORE, dice.randrange(len(MORE)))]
    dice.shuffle(columns)
    return columns, [
        [_cell(dice, column, number) for column in columns] for number in range(dice.randrange(40))
    ]


def _cell(dice: random.Random, column: str, number: int) -> str:
    latitude, longitude = place_of(number)
    own: dict[str, Callable[[], object]] = {
        "occurrenceID": lambda: f"FZ-{number}",
        "scientificName": lambda: dice.choice(SPECIES),
        "decimalLatitude": lambda: latitude,
        "decimalLongitude": lambda: longitude,
        "eventDate": lambda: dice.choice(DAYS),
        "occurrenceStatus": lambda: dice.choice(("present", "absent", "", "ausente")),
        "individualCount": lambda: dice.choice((1, 3, 0, "", "3只")),
    }
    cell = str(own.get(column, lambda: "")())
    if dice.random() < 0.01:
        at = dice.randrange(len(cell) + 1)
        is_own = column in ("occurrenceID", "decimalLatitude", "decimalLongitude")
        odd = dice.choice(ODD_CELLS)
        # beside a number or an id nothing that makes another of it
        return odd + cell if is_own and not odd.isdecimal() else cell[:at] + odd + cell[at:]
    return cell


def _table(dice: random.Random, columns: list[str], rows: list[list[str]]) -> str:
    comma = dice.choice((",", ",", "\t", ";", "|"))
    end = dice.choice(("\n", "\r\n"))
    if dice.random() < 0.5:
        text = io.StringIO()
        csv.writer(text, delimiter=comma, lineterminator=end).writerows([columns, *rows])
        lines = text.getvalue()
    else:  # by somebody who has not heard of quotes
        lines = end.join(comma.join(row) for row in [columns, *rows]) + end
    before = ("", "", "", "sep=;\n", "杭州湿地 2023 年调查\n", "\n\n")
    after = ("", "", "\n\n", comma * 12, "合计,12\n")
    return dice.choice(before) + lines + dice.choice(after)


def _archive(dice: random.Random, table: bytes) -> bytes:
    """With a meta.xml that tells columns by their place, though these stand in any order."""
    members = {
        "meta.xml": meta(dice.choice(("", PHOTOS))).encode(),
        "eml.xml": EML.encode(),
        "occurrence.csv": table,
        "multimedia.csv": b"FZ-1,https://a.example/1.jpg\n",
    }
    if dice.random() < 0.4:
        hit = dice.choice(("meta.xml", "eml.xml", "multimedia.csv"))
        members[hit] = damaged(members[hit], dice)
    if dice.random() < 0.1:
        members.pop(dice.choice(list(members)))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(dice.choice(("", "", "", "./", "a/")) + name, data)
    if dice.random() < 0.2:
        return damaged(packed.getvalue(), dice)
    return packed.getvalue()


def places(dice: random.Random) -> Made:
    """A CSV of named places."""
    columns = ["name_zh", "latitude", "longitude", "uncertainty_m", "source", "datum"]
    rows = [
        [f"样地{n}", *map(str, place_of(n)), "50", "fuzz", dice.choice(("", "GCJ-02", "x"))]
        for n in range(dice.randrange(20))
    ]
    return _broken("places.csv", dice, columns, rows)


def taxa(dice: random.Random) -> Made:
    """A CSV of taxa."""
    columns = ["taxonID", "scientificName", "taxonRank", "kingdom", "class", "vernacularName"]
    rows = [
        [str(n), f"Exempla fuzz{'abcdefghij'[n % 10]}", "species", "Animalia", "Aves", "样例鹊"]
        for n in range(dice.randrange(20))
    ]
    return _broken("taxa.csv", dice, columns, rows)


def _broken(name: str, dice: random.Random, columns: list[str], rows: list[list[str]]) -> Made:
    for row in rows:
        if dice.random() < 0.1:
            row[dice.randrange(len(row))] += dice.choice(ODD_CELLS)
    data = _table(dice, columns, rows).encode(dice.choice(("utf-8", "gb18030")), "replace")
    return Made(name, damaged(data, dice) if dice.random() < 0.4 else data, False)


def damaged(data: bytes, dice: random.Random) -> bytes:
    """The bytes with some parts changed, cut out or said twice."""
    for _ in range(dice.choice((1, 1, 3, 12))):
        at = dice.randrange(len(data) + 1)
        end = min(len(data), at + dice.choice((1, 2, 8, 64)))
        own = (b"", dice.randbytes(end - at), data[at:end] * 2, b"\0", b'"', b"\n", b"\xff\xfe")
        data = data[:at] + dice.choice(own) + data[end:]
    return data
