"""Names that people really use, measured by sets that were kept aside before the rules."""

import csv
from pathlib import Path

import pytest

from observations.taxa.names import NameLanguage, NameStatus
from tests.support.checklist import index_of, seed_names, seed_taxa
from tests.support.held_out_names import HeldOut, held_out, missed

GOAL = 0.9
SETS = held_out()
TAXA = seed_taxa()


def test_the_sets_are_as_large_as_they_were_kept() -> None:
    assert {name: len(names) for name, names in SETS.items()} == {
        "folk_names": 35,
        "everyday_names": 150,
        "everyday_taxa": 122,
    }


@pytest.mark.parametrize("name", SETS)
def test_an_everyday_name_reaches_its_taxon_among_the_first_three(name: str) -> None:
    lost = missed(index_of(TAXA), TAXA, SETS[name])

    assert 1 - len(lost) / len(SETS[name]) >= GOAL, lost


def test_what_is_searched_only_is_never_a_name_that_is_shown() -> None:
    shown = {taxon.vernacular_name for taxon in TAXA}
    everyday = [name for name in seed_names() if name.status is NameStatus.EVERYDAY]

    assert len(everyday) > 500
    assert {name.language for name in everyday} == {NameLanguage.CHINESE}
    assert [name.name for name in everyday if name.name in shown] == []


def test_a_name_that_is_in_no_list_is_missed() -> None:
    assert missed(index_of(TAXA), TAXA, [HeldOut("独角兽", "夜鹭")]) == ["独角兽 (夜鹭)"]


def test_authors_follow_their_code() -> None:
    """Botanical authors (plants, fungi) carry no year, zoological ones carry one."""
    for taxon in TAXA:
        author = taxon.scientific_name_authorship
        has_year = author[-4:].isdigit()
        assert not author or has_year == (taxon.kingdom == "Animalia"), taxon.scientific_name


@pytest.mark.needs_shared
def test_key_invasive_species_are_those_of_the_national_list(shared: Path) -> None:
    with (shared / "data" / "invasive_2022_hangzhou.csv").open(encoding="utf-8") as file:
        listed = {row["official_name_zh"] for row in csv.DictReader(file)}
    invasive = {taxon.vernacular_name for taxon in TAXA if taxon.is_invasive}

    assert invasive == listed
