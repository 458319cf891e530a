"""Canonical names, groups and care."""

import pytest

from observations.taxa.classification import canonical, category_after, genus_of, group_of_lineage
from observations.taxa.taxon import Group
from tests.support.checklist import seed_taxa


@pytest.mark.parametrize(
    ("text", "name", "author"),
    [
        ("Pica serica Gould, 1845", "Pica serica", "Gould, 1845"),
        ("Pica serica", "Pica serica", ""),
        ("Parus (Parus) minor Temminck", "Parus minor", "Temminck"),
        (
            "Paris polyphylla var. chinensis (Franch.) H.Hara",
            "Paris polyphylla var. chinensis",
            "(Franch.) H.Hara",
        ),
        ("Trachemys scripta elegans", "Trachemys scripta elegans", ""),
        ("Platanus ×acerifolia (Aiton) Willd.", "Platanus × acerifolia", "(Aiton) Willd."),
        ("Corbicula fluminea von Martens", "Corbicula fluminea", "von Martens"),
        ("Bubulcus ibis de Vries", "Bubulcus ibis", "de Vries"),
    ],
)
def test_the_author_is_taken_off_the_name(text: str, name: str, author: str) -> None:
    assert canonical(text) == (name, author)


def test_an_author_that_is_given_is_believed() -> None:
    assert canonical("Pica serica Gould, 1845", "Gould, 1845") == ("Pica serica", "Gould, 1845")


@pytest.mark.parametrize("text", ["Pica", "pica serica", "喜鹊", "", "Pica sp.", "<b>Pica serica"])
def test_what_names_no_species_is_none(text: str) -> None:
    found = canonical(text)

    assert found is None or "." in text and found[0] == "Pica sp"


def test_every_name_of_the_checklist_is_canonical_and_of_its_group() -> None:
    for taxon in seed_taxa():
        assert canonical(taxon.scientific_name) == (taxon.scientific_name, "")
        assert genus_of(taxon.scientific_name) == taxon.genus
        lineage = {"kingdom": taxon.kingdom, "phylum": taxon.phylum, "class": taxon.taxon_class}
        assert group_of_lineage(lineage) is taxon.group


@pytest.mark.parametrize(
    "lineage",
    [
        {},
        {"kingdom": "Chromista"},
        {"kingdom": "Animalia"},
        {"kingdom": "Animalia", "phylum": "Chordata"},
        {"kingdom": "Animalia", "phylum": "Arthropoda"},
    ],
)
def test_a_group_that_is_not_told_is_not_guessed(lineage: dict[str, str]) -> None:
    assert group_of_lineage(lineage) is None


def test_protection_brings_care() -> None:
    assert category_after(None, Group.BIRD) is None
    assert category_after(1, Group.BIRD) == 2
    assert category_after(2, Group.BIRD) == 3
    assert category_after(2, Group.PLANT) == 2
