"""Signing in, on both engines, with names that nobody has."""

import pytest

from db.store import Store
from observations.base.clock import now_utc
from observations.base.errors import Refused
from observations.base.roles import OPERATOR, Role
from observations.people.accounts import add_account
from observations.people.signing_in import sign_in, staff_of

PASSWORD = "lake-ferry-osmanthus-42"


@pytest.mark.parametrize(
    "name", ["", "\x00", "周衡\x00", "\ud800", " 周衡", "周衡 ", "周" * 3000, "周%", "' or 1=1 --"]
)
def test_a_name_that_nobody_has_is_a_wrong_password(store: Store, name: str) -> None:
    add_account(store, OPERATOR, "周衡", PASSWORD, Role.VERIFIER, now_utc())
    with pytest.raises(Refused, match="staff.wrong_password"):
        sign_in(store, name, PASSWORD, None, now_utc())


def test_the_very_name_and_password_sign_in(store: Store) -> None:
    added = add_account(store, OPERATOR, "周衡", PASSWORD, Role.VERIFIER, now_utc())
    token = sign_in(store, "周衡", PASSWORD, None, now_utc())
    signed_in = staff_of(store, token, now_utc())
    assert signed_in is not None
    assert signed_in.staff_id == added.staff_id
