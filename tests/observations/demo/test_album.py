"""The demo's photographs: drawings, never anyone's picture."""

import csv
from pathlib import Path

from observations.demo.album import ART, MOST_DRAWINGS, OWN, TABLE, drawings

SEED = Path(__file__).parents[3] / "db" / "seed" / "taxa.csv"


def test_at_most_60_drawings_are_used() -> None:
    assert 0 < len(drawings()) <= MOST_DRAWINGS


def test_every_drawing_that_serves_kin_is_there() -> None:
    named = {row["drawing"] for row in rows_of(TABLE)}

    assert named <= {path.name for path in drawings()}
    assert {path.name for path in OWN.glob("*.webp")} <= named


def test_the_checklist_names_the_drawings_that_the_art_says_are_of_its_taxa() -> None:
    art = {row["scientific_name"]: row["file"] for row in rows_of(ART / "art.csv")}
    seed = {row["scientific_name"]: row["picture"] for row in rows_of(SEED)}
    del art[""]  # the silhouettes of groups

    assert {name: picture for name, picture in seed.items() if picture} == art


def rows_of(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))
