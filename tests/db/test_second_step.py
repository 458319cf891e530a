"""The second step of a sign-in, and how long one lasts, on both engines."""

import threading
from datetime import datetime, timedelta

import pyotp
import pytest

from db.store import Store
from observations.base.clock import now_utc
from observations.base.errors import Refused
from observations.base.roles import OPERATOR, Role
from observations.people import second_step
from observations.people.accounts import account_named, add_account, drop_second_step
from observations.people.second_step import secret_of, start_second_step
from observations.people.signing_in import (
    SecondStep,
    change_own_password,
    keep_session,
    sign_in,
    sign_in_with_code,
    staff_of,
)
from observations.people.staff import Lasting, Staff

PASSWORD = "lake-ferry-osmanthus-42"
SERVER = b"a secret of the server, at least 32 long"
HALF_MINUTE = timedelta(seconds=30)


def set_up(store: Store, now: datetime) -> tuple[Staff, pyotp.TOTP, list[str]]:
    """An account with a second step that began a minute before `now`, its phone, spare codes."""
    staff = add_account(store, OPERATOR, "周衡", PASSWORD, Role.ADMIN, now)
    phone = pyotp.TOTP(secret_of(SERVER, staff.staff_id, "seed"))
    began = now - 4 * HALF_MINUTE
    spare = start_second_step(store, SERVER, staff.staff_id, "seed", phone.at(began), began)
    return account_named(store, "周衡"), phone, spare


def enters(store: Store, staff: Staff, code: str, now: datetime) -> bool:
    try:
        sign_in_with_code(store, staff, SecondStep(SERVER, code), None, now)
    except Refused as refused:
        assert refused.code == "staff.wrong_code"
        return False
    return True


def test_the_password_alone_is_not_enough_and_a_code_works_once(store: Store) -> None:
    now = now_utc()
    staff, phone, _ = set_up(store, now)
    with pytest.raises(Refused, match=r"staff\.code_needed"):
        sign_in(store, "周衡", PASSWORD, None, now)
    code = phone.at(now)
    assert enters(store, staff, f"{code[:3]} {code[3:]}", now)
    assert not enters(store, staff, code, now)
    assert not enters(store, staff, phone.at(now - HALF_MINUTE), now)  # one before the used one
    later = now + HALF_MINUTE
    assert enters(store, staff, phone.at(later), later)


@pytest.mark.parametrize(
    "code", ["", "000", "abcdef", "１２３４５６", "0" * 5000, "\x00", "' or 1=1 --", "-12345"]
)
def test_what_is_no_code_is_refused(store: Store, code: str) -> None:
    now = now_utc()
    staff, _, _ = set_up(store, now)
    assert not enters(store, staff, code, now)


def test_a_code_of_another_time_is_refused(store: Store) -> None:
    now = now_utc()
    staff, phone, _ = set_up(store, now)
    for minutes in (-5, -1.1, 1.1, 60):
        moment = now + timedelta(minutes=minutes)
        assert not enters(store, staff, phone.at(moment), now)


def test_one_code_sent_by_two_at_once_lets_in_one(store: Store) -> None:
    now = now_utc()
    staff, phone, spare = set_up(store, now)
    for code in (phone.at(now), spare[0]):
        start, let_in = threading.Barrier(2), []

        def enter(code: str = code, start=start, let_in=let_in) -> None:
            start.wait()
            let_in.append(enters(store, staff, code, now))

        threads = [threading.Thread(target=enter) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(let_in) == [False, True]


def test_a_spare_code_works_once_however_it_is_typed(store: Store) -> None:
    now = now_utc()
    staff, _, spare = set_up(store, now)
    assert len(spare) == second_step.SPARE_CODES
    assert enters(store, staff, spare[0].lower().replace("-", " "), now)
    assert not enters(store, staff, spare[0], now)
    assert store.people.count_spare_codes(staff.staff_id) == second_step.SPARE_CODES - 1


def test_an_admin_takes_the_second_step_away(store: Store) -> None:
    now = now_utc()
    staff, phone, spare = set_up(store, now)
    drop_second_step(store, OPERATOR, staff.staff_id, now)
    assert sign_in(store, "周衡", PASSWORD, None, now)
    assert not enters(store, staff, phone.at(now), now)
    assert not enters(store, staff, spare[0], now)


def test_the_store_alone_shows_no_code(store: Store) -> None:
    now = now_utc()
    staff, phone, _ = set_up(store, now)
    seed, _ = store.people.second_step(staff.staff_id)
    guesses = [secret_of(other, staff.staff_id, seed) for other in (b"", b"x" * 32)]
    assert phone.secret not in guesses


def test_a_session_ends_when_nobody_uses_it_and_at_the_latest(store: Store) -> None:
    now, lasting = now_utc(), Lasting(timedelta(hours=3), timedelta(minutes=60))
    add_account(store, OPERATOR, "周衡", PASSWORD, Role.ADMIN, now)
    token = sign_in(store, "周衡", PASSWORD, None, now, lasting)
    assert staff_of(store, token, now + timedelta(minutes=59))
    assert not staff_of(store, token, now + timedelta(minutes=61))
    for minutes in (50, 100, 150):
        keep_session(store, token, now + timedelta(minutes=minutes), lasting)
    assert staff_of(store, token, now + timedelta(minutes=179))
    assert not staff_of(store, token, now + timedelta(minutes=181))


def test_a_password_is_changed_by_who_knows_it(store: Store) -> None:
    now = now_utc()
    staff = add_account(store, OPERATOR, "周衡", PASSWORD, Role.ADMIN, now)
    token = sign_in(store, "周衡", PASSWORD, None, now)
    with pytest.raises(Refused, match=r"staff\.wrong_password"):
        change_own_password(store, staff, "another", "a new long one", now)
    with pytest.raises(Refused, match=r"staff\.password_short"):
        change_own_password(store, staff, PASSWORD, "short", now)
    change_own_password(store, staff, PASSWORD, "a new long one", now)
    assert staff_of(store, token, now) is None
    assert sign_in(store, "周衡", "a new long one", None, now)
