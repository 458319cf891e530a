"""Who may do what: the whole table."""

import pytest

from observations.base.errors import Refused
from observations.base.roles import NOBODY, Person, Role, may, require
from tests.support.cast import CHEN_MO, HE_QING, ZHOU_HENG

ORGANISER = Person(role=Role.ORGANISER)


@pytest.mark.parametrize(
    ("action", "allowed"),
    [
        ("visit", {"nobody", "observer", "verifier", "organiser", "admin"}),
        ("verify", {"verifier", "admin"}),
        ("see_exact_place", {"verifier", "admin"}),
        ("see_unreleased", {"verifier", "admin"}),
        ("run_festival", {"organiser", "admin"}),
        ("manage_taxa", {"organiser", "admin"}),
        ("make_codes", {"organiser", "admin"}),
        ("edit_catalogue", {"admin"}),
        ("manage_staff", {"admin"}),
    ],
)
def test_the_table(action: str, allowed: set[str]) -> None:
    people = {
        "nobody": NOBODY,
        "observer": CHEN_MO,
        "verifier": ZHOU_HENG,
        "organiser": ORGANISER,
        "admin": HE_QING,
    }
    assert {name for name, person in people.items() if may(person, action)} == allowed


def test_require_refuses() -> None:
    with pytest.raises(Refused, match="role.may_not"):
        require(CHEN_MO, "verify")


def test_an_action_nobody_wrote_down_is_a_mistake_in_the_code() -> None:
    with pytest.raises(KeyError):
        may(HE_QING, "fly")
