"""The community's name: the vectors of the published rule, the weights, and odd cases."""

from itertools import permutations

import pytest

from observations.occurrences.community.agreement import (
    HEAVIEST,
    Agreement,
    Voice,
    agreement_of,
    weight_of,
)

GENUS = ("Biota", "Animalia", "Aves", "Ardeidae", "Egretta")
LITTLE, REEF = (*GENUS, "Egretta garzetta"), (*GENUS, "Egretta sacra")
HERON = ("Biota", "Animalia", "Aves", "Ardeidae", "Nycticorax", "Nycticorax nycticorax")
MAPLE = ("Biota", "Plantae", "Sapindaceae", "Acer", "Acer buergerianum")


def said(*counts: tuple[int, tuple[str, ...]]) -> Agreement | None:
    """What so many people who say each name agree on."""
    return agreement_of([Voice(lineage) for count, lineage in counts for _ in range(count)])


@pytest.mark.parametrize(
    ("for_it", "against", "name"),
    [
        (2, 0, "Egretta garzetta"),
        (2, 1, "Egretta"),  # exactly two thirds is not enough
        (3, 1, "Egretta garzetta"),
        (4, 2, "Egretta"),
        (5, 2, "Egretta garzetta"),
    ],
)
def test_the_published_vectors(for_it: int, against: int, name: str) -> None:
    agreement = said((for_it, LITTLE), (against, REEF))
    assert agreement is not None
    assert agreement.name == name


def test_one_person_is_no_community() -> None:
    assert said() is None
    assert said((1, LITTLE)) is None
    assert agreement_of([Voice(LITTLE, HEAVIEST)]) is None


def test_no_common_ancestor_but_the_root_falls_to_the_root() -> None:
    agreement = said((2, LITTLE), (1, MAPLE))
    assert agreement is not None
    assert (agreement.name, agreement.people, agreement.others) == ("Biota", 3, 0)


def test_who_is_sure_of_the_genus_alone_speaks_neither_for_nor_against_a_species() -> None:
    agreement = said((2, LITTLE), (5, GENUS))
    assert agreement is not None
    assert (agreement.name, agreement.people, agreement.others) == ("Egretta garzetta", 2, 0)


def test_the_genus_said_against_a_name_counts_while_somebody_holds_that_name() -> None:
    doubt = Voice(GENUS, against=LITTLE)
    held = agreement_of([Voice(LITTLE), Voice(LITTLE), doubt])
    assert held is not None and held.name == "Egretta"
    given_up = agreement_of([Voice(REEF), Voice(REEF), doubt])
    assert given_up is not None and given_up.name == "Egretta sacra"


def test_a_finer_name_supports_the_coarser() -> None:
    race = (*LITTLE, "Egretta garzetta garzetta")
    agreement = said((1, LITTLE), (1, race))
    assert agreement is not None and agreement.name == "Egretta garzetta"


def test_the_order_in_which_people_speak_changes_nothing() -> None:
    voices = [Voice(LITTLE), Voice(REEF), Voice(HERON), Voice(GENUS, against=REEF)]
    found = {agreement_of(order) for order in permutations(voices)}
    assert len(found) == 1


def test_what_somebody_proved_to_know_weighs() -> None:
    assert weight_of(0) == weight_of(1) == 1
    assert 1 < weight_of(2) < weight_of(8) < weight_of(9) <= HEAVIEST == weight_of(10_000)
    newcomers = [Voice(REEF), Voice(REEF)]
    assert agreement_of([*newcomers, Voice(LITTLE)]) == Agreement(GENUS, 3, 0, 1.0)
    proven = agreement_of([Voice(LITTLE, weight_of(30)), Voice(LITTLE, weight_of(8)), *newcomers])
    assert proven is not None and proven.name == "Egretta garzetta"


def test_newcomers_do_not_outvote_somebody_proven_until_they_are_many() -> None:
    expert = Voice(LITTLE, weight_of(40))
    for count, name in ((3, "Egretta"), (6, "Egretta"), (7, "Egretta sacra")):
        agreement = agreement_of([expert, *[Voice(REEF)] * count])
        assert agreement is not None and agreement.name == name
