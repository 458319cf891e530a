"""Names and ids of taxa."""

import csv
from itertools import pairwise
from pathlib import Path
from uuid import UUID

from db.taxa import taxon_of_seed
from observations.base.wording import translate
from observations.taxa.names import fits_script
from observations.taxa.taxon import ROOT, Group, group_of, taxon_id_of
from tests.support.checklist import seed_names, seed_taxa

SEED = Path(__file__).parents[3] / "db" / "seed" / "taxa.csv"


def test_an_id_never_changes() -> None:
    assert taxon_id_of("Phasianus colchicus") == UUID("eed6dcec-c830-5b0f-9a51-bb060cceef04")


def test_english_falls_back_to_the_scientific_name() -> None:
    with SEED.open(encoding="utf-8", newline="") as rows:
        taxa = [taxon_of_seed(row) for row in csv.DictReader(rows)]
    [beetle] = [taxon for taxon in taxa if taxon.scientific_name == "Carabus davidis"]

    assert beetle.name("zh") == "硕步甲"
    assert beetle.name("en") == "Carabus davidis"


def test_every_group_has_a_word_in_both_languages_and_an_icon() -> None:
    words = {translate(group.word, "en") for group in Group}

    assert len(words) == len({group.icon for group in Group}) == len(Group) == 9
    assert all(word.isascii() for word in words)


def test_an_unknown_group_is_none() -> None:
    assert group_of("bird") is Group.BIRD
    assert group_of("dragon") is group_of(None) is None


def test_the_classification_is_a_tree_with_one_root() -> None:
    parents: dict[str, set[str]] = {}
    for taxon in seed_taxa():
        assert taxon.lineage[0] == ROOT
        for parent, child in pairwise(taxon.lineage):
            parents.setdefault(child, set()).add(parent)

    assert {child: above for child, above in parents.items() if len(above) > 1} == {}


def test_further_names_are_of_the_checklist_in_their_script_and_have_a_source() -> None:
    taxa = {taxon.taxon_id: taxon for taxon in seed_taxa()}
    for name in seed_names():
        taxon = taxa[name.taxon_id]
        shown = (taxon.scientific_name, taxon.vernacular_name, taxon.english_name)
        assert name.name not in shown
        assert fits_script(name.name, name.language)
        assert name.source
