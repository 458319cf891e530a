"""Where and when the demo's taxa are met."""

import csv
from pathlib import Path

import pytest

from db.taxa import taxon_of_seed
from observations.demo import album, habits
from observations.demo.habits import habit_of, likelihood, months_of
from observations.taxa.taxon import Taxon

SEED = Path(__file__).parents[3] / "db" / "seed" / "taxa.csv"
LAKE, STREET = frozenset({"lake"}), frozenset({"street"})


@pytest.fixture(scope="module")
def taxa() -> dict[str, Taxon]:
    with SEED.open(encoding="utf-8", newline="") as rows:
        found = [taxon_of_seed(row) for row in csv.DictReader(rows)]
    return {taxon.scientific_name: taxon for taxon in found}


@pytest.mark.parametrize(
    ("span", "months"),
    [("4", [4]), ("4-6", [4, 5, 6]), ("11-3", [11, 12, 1, 2, 3]), ("1-12", list(range(1, 13)))],
)
def test_a_span_of_months_may_reach_over_the_new_year(span: str, months: list[int]) -> None:
    assert months_of(span) == months


def test_the_narrowest_row_holds(taxa: dict[str, Taxon]) -> None:
    spot_billed, teal = taxa["Anas zonorhyncha"], taxa["Anas crecca"]

    assert 7 in habit_of(spot_billed).months
    assert 7 not in habit_of(teal).months


def test_a_winter_duck_is_met_on_a_lake_in_winter_alone(taxa: dict[str, Taxon]) -> None:
    teal = taxa["Anas crecca"]

    assert likelihood(teal, LAKE, 1) > 0
    assert likelihood(teal, LAKE, 7) == likelihood(teal, STREET, 1) == 0


def test_the_salamander_is_hardly_ever_met(taxa: dict[str, Taxon]) -> None:
    stream = frozenset({"stream"})

    assert 0 < likelihood(taxa["Hynobius amjiensis"], stream, 1) < 0.01


@pytest.mark.parametrize("table", [habits.TABLE, album.TABLE])
def test_every_name_of_the_tables_is_one_of_the_checklist(
    table: Path, taxa: dict[str, Taxon]
) -> None:
    actions = {"travel", "food", "use", "clothing", "nature"}
    checklist = {
        name
        for t in taxa.values()
        for name in (t.scientific_name, t.genus, t.family, t.taxon_order, t.taxon_class, t.phylum)
    }
    groups = {str(taxon.group) for taxon in taxa.values()}
    with table.open(encoding="utf-8", newline="") as rows:
        names = {row["name"] for row in csv.DictReader(rows)}

    assert names <= checklist | groups | actions


def test_every_month_and_habitat_has_something_to_meet(taxa: dict[str, Taxon]) -> None:
    for month in range(1, 13):
        for habitat in ("lake", "wetland", "park", "street", "forest", "river", "estuary"):
            met = [t for t in taxa.values() if likelihood(t, frozenset({habitat}), month) > 0]
            assert len(met) >= 2, (habitat, month)
