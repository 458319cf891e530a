"""Accounts in the hands of admins, on both engines: one admin always stays, names differ."""

import threading

import pytest

from db.store import Store
from observations.base.clock import now_utc
from observations.base.errors import Refused
from observations.base.roles import OPERATOR, Person, Role
from observations.people import accounts
from observations.people.accounts import add_account
from observations.people.signing_in import sign_in, staff_of
from observations.people.staff import Staff

PASSWORD = "lake-ferry-osmanthus-42"


def added(store: Store, name: str, role: Role = Role.ADMIN) -> tuple[Staff, Person]:
    """An account, and who uses it."""
    staff = add_account(store, OPERATOR, name, PASSWORD, role, now_utc())
    return staff, Person(staff_id=staff.staff_id, role=role)


def names(store: Store, words: str = "", after: str = "", most: int = 99) -> list[str]:
    return [one.username for one in accounts.look_for(store, OPERATOR, words, after, most)]


@pytest.mark.parametrize("name", ["VER1", "verl", "ｖｅｒ１", "ver1 ", "v\u200ber1", "vеr1"])
def test_a_name_that_looks_like_another_is_refused(store: Store, name: str) -> None:
    added(store, "ver1", Role.VERIFIER)
    with pytest.raises(Refused, match=r"staff\.name_taken"):
        add_account(store, OPERATOR, name, PASSWORD, Role.VERIFIER, now_utc())
    other, _ = added(store, "ver2", Role.VERIFIER)
    with pytest.raises(Refused, match=r"staff\.name_taken"):
        accounts.rename_account(store, OPERATOR, other.staff_id, name, now_utc())


def test_an_account_may_change_the_case_of_its_own_name(store: Store) -> None:
    staff, _ = added(store, "ver1")
    assert accounts.rename_account(store, OPERATOR, staff.staff_id, " VER1 ", now_utc()) == "VER1"
    assert names(store) == ["VER1"]


@pytest.mark.parametrize("name", ["", "  ", "\x00", "\ud800", "\u200b", "周" * 61])
def test_a_name_that_nobody_can_read_is_refused(store: Store, name: str) -> None:
    with pytest.raises(Refused):
        add_account(store, OPERATOR, name, PASSWORD, Role.VERIFIER, now_utc())


def test_the_last_admin_stays(store: Store) -> None:
    now = now_utc()
    first, person = added(store, "周衡")
    for change in (
        lambda: accounts.disable_account(store, person, first.staff_id, now),
        lambda: accounts.change_role(store, person, first.staff_id, Role.VERIFIER, now),
    ):
        with pytest.raises(Refused, match=r"staff\.last_admin"):
            change()
    second, _ = added(store, "林夏")
    accounts.disable_account(store, person, second.staff_id, now)
    with pytest.raises(Refused, match=r"staff\.last_admin"):
        accounts.change_role(store, OPERATOR, first.staff_id, Role.ORGANISER, now)
    accounts.enable_account(store, person, second.staff_id, now)
    accounts.change_role(store, OPERATOR, first.staff_id, Role.ORGANISER, now)


def test_two_admins_who_demote_each_other_at_once_leave_one(store: Store) -> None:
    for turn in range(3):
        (one, as_one), (other, as_other) = added(store, f"甲{turn}"), added(store, f"乙{turn}")
        for staff in store.people.staff_list():
            if staff.staff_id not in (one.staff_id, other.staff_id):
                accounts.change_role(store, OPERATOR, staff.staff_id, Role.VERIFIER, now_utc())
        start, refusals = threading.Barrier(2), []

        def demote(
            person: Person, staff: Staff, start: threading.Barrier = start, refusals=refusals
        ) -> None:
            start.wait()
            try:
                accounts.change_role(store, person, staff.staff_id, Role.VERIFIER, now_utc())
            except Refused as refused:
                refusals.append(refused.code)

        threads = [
            threading.Thread(target=demote, args=pair)
            for pair in ((as_one, other), (as_other, one))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(refusals) == 1
        assert refusals[0] in ("role.may_not", "staff.last_admin")
        assert store.people.count_admins() == 1


def test_who_is_no_admin_any_more_changes_nothing(store: Store) -> None:
    first, person = added(store, "周衡")
    other, _ = added(store, "林夏")
    accounts.change_role(store, OPERATOR, first.staff_id, Role.VERIFIER, now_utc())
    with pytest.raises(Refused, match=r"role\.may_not"):
        accounts.disable_account(store, person, other.staff_id, now_utc())
    with pytest.raises(Refused, match=r"role\.may_not"):
        accounts.look_for(store, Person(staff_id=first.staff_id, role=Role.VERIFIER), "", "", 9)


def test_one_session_ends_and_a_new_password_ends_them_all(store: Store) -> None:
    now = now_utc()
    staff, person = added(store, "周衡")
    tokens = [sign_in(store, "周衡", PASSWORD, None, now) for _ in range(3)]
    sessions = accounts.sessions_of(store, person, staff.staff_id, now)
    assert len(sessions) == 3
    accounts.end_sessions(store, person, staff.staff_id, now, sessions[0].session_id)
    assert len(accounts.sessions_of(store, person, staff.staff_id, now)) == 2
    assert sum(staff_of(store, token, now) is not None for token in tokens) == 2
    fresh = accounts.make_password()
    accounts.reset_password(store, person, staff.staff_id, fresh, now)
    assert accounts.sessions_of(store, person, staff.staff_id, now) == []
    with pytest.raises(Refused, match=r"staff\.wrong_password"):
        sign_in(store, "周衡", PASSWORD, None, now)
    assert sign_in(store, "周衡", fresh, None, now)


def test_accounts_are_found_by_letters_and_read_by_the_page(store: Store) -> None:
    for number in range(7):
        added(store, f"核实{number}号", Role.VERIFIER)
    assert names(store, "实3") == ["核实3号"]
    assert names(store, "%") == names(store, "' or 1=1 --") == []
    pages, after = [], ""
    while page := names(store, "核实", after, 3):
        pages.append(len(page))
        after = page[-1]
    assert pages == [3, 3, 1]
