"""Names are found as people type them: queries made by rule from taxa drawn by a seed."""

import sys
from collections import Counter, defaultdict

import pytest

from bench.name_list import as_rows
from observations.taxa.pinyin import spelt
from observations.taxa.search import TaxonIndex
from observations.taxa.taxon import Taxon
from tests.support.checklist import index_of, name_rows, seed_names, seed_taxa
from tests.support.name_queries import drawn, typed_for

COUNT, SHOWN, GOAL = 40, 3, 0.95
TAXA = seed_taxa()


def missed(index: TaxonIndex, seed: int) -> tuple[list[str], int]:
    """The queries whose taxon is not among the first three, and how many were made."""
    queries = list(typed_for(drawn(TAXA, seed, COUNT), seed))
    lost = [
        f"{q.rule}: {q.query} ({q.taxon.vernacular_name})"
        for q in queries
        if q.taxon.taxon_id not in {hit.taxon_id for hit in index.search(q.query, limit=SHOWN)}
    ]
    return lost, len(queries)


def homophones() -> list[str]:
    """Names of the checklist that are spelt alike, with their groups."""
    alike: dict[str, list[Taxon]] = defaultdict(list)
    for taxon in TAXA:
        for spelling in spelt(taxon.vernacular_name):
            alike[spelling.lower()].append(taxon)
    return [
        f"{letters}: " + ", ".join(f"{taxon.vernacular_name} ({taxon.group})" for taxon in taxa)
        for letters, taxa in sorted(alike.items())
        if len(taxa) > 1
    ]


def say(head: str, *lines: str) -> None:
    """Into the test's output (`pytest -rP` shows it)."""
    sys.stdout.write("\n  ".join((head, *lines)) + "\n")


@pytest.mark.parametrize("seed", [4, 40, 404])
def test_what_people_type_finds_the_taxon_among_the_first_three(seed: int) -> None:
    lost, count = missed(index_of(TAXA), seed)
    say(f"seed {seed}: {count - len(lost)} of {count} found", "not among the first three:", *lost)
    say("homophones of the checklist:", *homophones())

    assert count == COUNT * 5
    assert 1 - len(lost) / count >= GOAL, lost


def test_homophones_are_all_found_each_with_its_group() -> None:
    index = index_of(TAXA)
    by_id = {taxon.taxon_id: taxon for taxon in TAXA}
    for line in homophones():
        letters, names = line.split(": ")
        hits = index.search(letters, limit=20)
        shown = Counter(f"{by_id[h.taxon_id].vernacular_name} ({h.group})" for h in hits)

        assert set(names.split(", ")) <= set(shown)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_it_holds_among_a_hundred_thousand_other_names(seed: int, crowd: TaxonIndex) -> None:
    lost, count = missed(crowd, seed)

    assert 1 - len(lost) / count >= GOAL, lost


@pytest.fixture(scope="module")
def crowd() -> TaxonIndex:
    """The checklist and 100,000 synthetic names."""
    return TaxonIndex(name_rows(TAXA, seed_names()) + as_rows(TAXA, 100_000))
