"""Nicknames that give nothing away."""

import random

from observations.people.joining import NICKNAME_LENGTH
from observations.people.observer import nicknames, suggest_nickname


def test_nicknames_are_many_different_and_short() -> None:
    names = nicknames()
    assert len(names) == len(set(names)) >= 100
    assert all(0 < len(name) <= NICKNAME_LENGTH for name in names)


def test_a_suggestion_comes_from_the_list() -> None:
    assert suggest_nickname(random.Random(1)) in nicknames()
