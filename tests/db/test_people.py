"""People kept: joining, consent, recovery, staff, on both engines."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from db.store import Store
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import OPERATOR
from observations.people.accounts import account_named, add_account, disable_account, reset_password
from observations.people.consent import CONSENT_VERSION
from observations.people.consenting import give_consent, require_consent
from observations.people.demo_sign_in import DEMO_PASSWORD, DEMO_USERNAME, offer_demo_sign_in
from observations.people.joining import (
    choose_boards,
    choose_home_district,
    choose_nickname,
    ensure_observer,
)
from observations.people.observer import ELSEWHERE, Observer
from observations.people.presence import Presence, presence_of
from observations.people.recovery import recover, replace_code
from observations.people.signing_in import sign_in, sign_out, staff_of
from observations.people.staff import SESSION_LENGTH
from observations.places.districts import DISTRICTS

NOW = datetime(2026, 5, 9, 6, 0, tzinfo=UTC)
PASSWORD = "十个字符以上的密码呀"


def joined(store: Store, device_id: UUID) -> Observer:
    with store.transaction() as tx:
        return ensure_observer(tx, device_id, NOW)


def test_the_first_contribution_makes_the_observer_and_the_second_finds_them(store: Store) -> None:
    device_id = new_id()
    first, second = joined(store, device_id), joined(store, device_id)
    assert first == second == store.people.observer_of_device(device_id)
    assert first.home_district is None
    assert first.on_boards is None


def test_observers_choose_home_nickname_and_boards(store: Store) -> None:
    device_id = new_id()
    joined(store, device_id)
    choose_home_district(store, device_id, "330106", DISTRICTS, NOW)
    choose_nickname(store, device_id, " 白堤慢走 ", NOW)
    choose_boards(store, device_id, True, NOW)
    observer = store.people.observer_of_device(device_id)
    assert observer is not None
    assert (observer.home_district, observer.nickname) == ("330106", "白堤慢走")
    assert observer.on_boards is True
    choose_home_district(store, device_id, ELSEWHERE, DISTRICTS, NOW)
    choose_boards(store, device_id, False, NOW)


def test_a_district_of_before_2021_is_refused(store: Store) -> None:
    device_id = new_id()
    joined(store, device_id)
    with pytest.raises(Refused, match="district.unknown"):
        choose_home_district(store, device_id, "330104", DISTRICTS, NOW)


def test_a_nickname_belongs_to_one_person(store: Store) -> None:
    mine, other = new_id(), new_id()
    joined(store, mine)
    taken = joined(store, other).nickname
    with pytest.raises(Refused, match="nickname.taken"):
        choose_nickname(store, mine, taken, NOW)
    choose_nickname(store, other, taken, NOW)  # one's own name may be chosen again


def test_a_stranger_has_nothing_to_choose(store: Store) -> None:
    with pytest.raises(Refused, match="observer.unknown"):
        choose_boards(store, new_id(), True, NOW)


def test_consent_is_kept_with_its_version_and_time(store: Store) -> None:
    device_id = new_id()
    assert presence_of(store, device_id, None, NOW) == Presence()
    give_consent(store, device_id, CONSENT_VERSION, True, "all rights reserved", NOW)
    consent = presence_of(store, device_id, None, NOW).consent
    assert consent is not None
    assert (consent.version, consent.consented_at) == (CONSENT_VERSION, NOW)
    assert consent.photo_licence == "all rights reserved"


@pytest.mark.parametrize(
    ("version", "licence", "code"),
    [("2019-01", "CC BY 4.0", "consent.outdated"), (CONSENT_VERSION, "any", "consent.licence")],
)
def test_consent_to_other_words_is_refused(
    store: Store, version: str, licence: str, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        give_consent(store, new_id(), version, True, licence, NOW)


def test_a_recovery_code_brings_the_records_to_another_browser(store: Store) -> None:
    phone, other = new_id(), new_id()
    observer = joined(store, phone)
    code = replace_code(store, phone, NOW)
    assert recover(store, other, code.lower(), NOW) == observer.observer_id
    assert store.people.observer_of_device(other) == observer


def test_a_new_code_ends_the_old_one(store: Store) -> None:
    phone = new_id()
    joined(store, phone)
    old = replace_code(store, phone, NOW)
    replace_code(store, phone, NOW + timedelta(minutes=1))
    with pytest.raises(Refused, match="recovery.wrong_code"):
        recover(store, new_id(), old, NOW)


def test_staff_sign_in_and_out(store: Store) -> None:
    add_account(store, OPERATOR, "zhouheng", PASSWORD, "verifier", NOW)
    token = sign_in(store, "zhouheng", PASSWORD, None, NOW)
    staff = staff_of(store, token, NOW)
    assert staff is not None
    assert staff.username == "zhouheng"
    sign_out(store, token, NOW)
    assert staff_of(store, token, NOW) is None


def test_a_password_is_kept_as_argon2id(store: Store) -> None:
    add_account(store, OPERATOR, "zhouheng", PASSWORD, "verifier", NOW)
    staff = store.people.staff_named("zhouheng")
    assert staff is not None
    assert staff.password_hash.startswith("$argon2id$")


@pytest.mark.parametrize("username", ["zhouheng", "nobody"])
def test_a_wrong_name_and_a_wrong_password_sound_the_same(store: Store, username: str) -> None:
    add_account(store, OPERATOR, "zhouheng", PASSWORD, "verifier", NOW)
    with pytest.raises(Refused, match="staff.wrong_password"):
        sign_in(store, username, "another password", None, NOW)


def test_a_session_ends_with_the_working_day_a_new_password_and_the_account(store: Store) -> None:
    add_account(store, OPERATOR, "zhouheng", PASSWORD, "verifier", NOW)
    token = sign_in(store, "zhouheng", PASSWORD, None, NOW)
    assert staff_of(store, token, NOW + SESSION_LENGTH) is None
    reset_password(store, OPERATOR, account_named(store, "zhouheng").staff_id, PASSWORD * 2, NOW)
    assert staff_of(store, token, NOW) is None
    again = sign_in(store, "zhouheng", PASSWORD * 2, None, NOW)
    disable_account(store, OPERATOR, account_named(store, "zhouheng").staff_id, NOW)
    assert staff_of(store, again, NOW) is None
    with pytest.raises(Refused, match="staff.wrong_password"):
        sign_in(store, "zhouheng", PASSWORD * 2, None, NOW)


def test_signing_in_ties_the_browsers_observer_to_the_account(store: Store) -> None:
    device_id = new_id()
    observer = joined(store, device_id)
    staff = add_account(store, OPERATOR, "zhouheng", PASSWORD, "verifier", NOW)
    sign_in(store, "zhouheng", PASSWORD, device_id, NOW)
    assert store.people.observers_of_staff(staff.staff_id) == {observer.observer_id}


@pytest.mark.parametrize(
    ("username", "password", "role", "code"),
    [
        ("", PASSWORD, "verifier", "staff.name_empty"),
        ("a", "short", "verifier", "staff.password_short"),
        ("a", PASSWORD, "king", "staff.role"),
    ],
)
def test_an_account_that_makes_no_sense_is_refused(
    store: Store, username: str, password: str, role: str, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        add_account(store, OPERATOR, username, password, role, NOW)


def test_the_demo_sign_in_is_made_once_and_marked(store: Store) -> None:
    offer_demo_sign_in(store, NOW)
    offer_demo_sign_in(store, NOW)
    assert store.people.count_demo_staff() == 1
    assert sign_in(store, DEMO_USERNAME, DEMO_PASSWORD, None, NOW)


def test_one_statement_says_who_uses_a_browser(store: Store) -> None:
    device_id = new_id()
    consent = give_consent(store, device_id, CONSENT_VERSION, True, "CC BY 4.0", NOW)
    observer = joined(store, device_id)
    staff = add_account(store, OPERATOR, "周衡", PASSWORD, "verifier", NOW)
    token = sign_in(store, "周衡", PASSWORD, None, NOW)

    here = presence_of(store, device_id, token, NOW)

    assert here == Presence(observer, consent, staff)
    assert presence_of(store, None, token, NOW) == Presence(staff=staff)
    assert presence_of(store, new_id(), "another token", NOW) == Presence()
    disable_account(store, OPERATOR, account_named(store, "周衡").staff_id, NOW)
    assert presence_of(store, device_id, token, NOW).staff is None


def test_a_consent_to_older_words_counts_no_longer(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    device_id = new_id()
    give_consent(store, device_id, CONSENT_VERSION, True, "CC BY 4.0", NOW)

    monkeypatch.setattr("observations.people.consent.CONSENT_VERSION", "2999-01")

    assert presence_of(store, device_id, None, NOW).consent is None
    with pytest.raises(Refused, match="consent.missing"):
        require_consent(store, device_id)
