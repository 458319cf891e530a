"""Signing in by the form: back to where one was, and by a second step."""

import re
from datetime import timedelta

import pyotp
import pytest

from observations.base.clock import now_utc
from observations.base.roles import OPERATOR, Role
from observations.people.accounts import account_named, add_account, reset_password
from observations.people.second_step import secret_of, start_second_step
from pages.parts import runtime
from pages.parts.session import STAFF_COOKIE
from pages.parts.tries import FREE, Tries
from pages.shell import staff
from tests.pages.api.test_guards import Browser
from tests.support.site import PASSWORD, Site

PAIR = {"username": "周衡", "password": PASSWORD}
HALF_MINUTE = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def _fresh(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of this test's own, with one admin; nobody has tried anything."""
    monkeypatch.setattr(staff, "tries", Tries())
    add_account(runtime.store(), OPERATOR, "周衡", PASSWORD, Role.VERIFIER, now_utc())


def set_up() -> pyotp.TOTP:
    """The phone of the account's second step."""
    account, server = account_named(runtime.store(), "周衡"), runtime.settings().secret
    phone = pyotp.TOTP(secret_of(server, account.staff_id, "seed"))
    began = now_utc() - 4 * HALF_MINUTE
    start_second_step(runtime.store(), server, account.staff_id, "seed", phone.at(began), began)
    return phone


@pytest.mark.parametrize(
    ("way_back", "leads_to"),
    [
        ("", "/verify"),
        ("/verify?id=%E5%A4%9C", "/verify?id=%E5%A4%9C"),
        ("/admin-names", "/admin-names"),
        ("/", "/"),
        ("/admin-people", "/verify"),  # of admins
        ("//evil.example", "/verify"),
        ("/\\evil.example", "/verify"),
        ("https://evil.example/verify", "/verify"),
        ("/verify\r\nSet-Cookie: a=b", "/verify"),
        ("javascript:alert(1)", "/verify"),
        ("/staff/logout", "/verify"),
        ("/verify?id=" + "x" * 600, "/verify"),
    ],
)
def test_signing_in_leads_back_to_a_page_of_ours_alone(way_back: str, leads_to: str) -> None:
    answer = Browser().post("/staff/login", next=way_back, **PAIR)
    assert (answer.status_code, answer.headers["Location"]) == (303, leads_to)


def test_the_form_keeps_where_one_was_and_is_no_place_for_markup() -> None:
    page = Browser().client.get("/staff/login", params={"next": '/verify?a="><script>'}).text
    assert 'name="next" value="/verify?a=&quot;&gt;&lt;script&gt;"' in page
    wrong = Browser().post("/staff/login", next="/verify?id=7", username="周衡", password="wrong")
    assert 'value="/verify?id=7"' in wrong.text


def ticket_of(browser: Browser) -> str:
    answer = browser.post("/staff/login", next="/admin-names", **PAIR)
    assert answer.status_code == 200
    assert STAFF_COOKIE not in answer.headers.get("set-cookie", "")
    assert 'name="password"' not in answer.text
    return re.search(r'name="ticket" value="([^"]+)"', answer.text)[1]


def test_a_second_step_is_asked_for_and_its_code_lets_in_once() -> None:
    phone, browser = set_up(), Browser()
    ticket = ticket_of(browser)
    wrong = browser.post("/staff/login", ticket=ticket, code="000000", next="/admin-names")
    assert (wrong.status_code, 'name="code"' in wrong.text) == (401, True)
    code = phone.at(now_utc())
    right = browser.post("/staff/login", ticket=ticket, code=code, next="/admin-names")
    assert (right.status_code, right.headers["Location"]) == (303, "/admin-names")
    assert STAFF_COOKIE in right.headers["set-cookie"]
    assert browser.post("/staff/login", ticket=ticket, code=code).status_code == 401


def test_a_ticket_is_good_for_five_minutes_and_for_one_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    phone, browser = set_up(), Browser()
    ticket = ticket_of(browser)
    for forged in ("x", ticket[:-2] + "zz", ticket + "x"):
        answer = browser.post("/staff/login", ticket=forged, code=phone.at(now_utc()))
        assert answer.status_code == 401
        assert 'name="password"' in answer.text
    monkeypatch.setattr(staff, "TICKET_S", -1)
    assert browser.post("/staff/login", ticket=ticket, code=phone.now()).status_code == 401
    monkeypatch.undo()
    account = account_named(runtime.store(), "周衡")
    reset_password(runtime.store(), OPERATOR, account.staff_id, "a new long one", now_utc())
    assert browser.post("/staff/login", ticket=ticket, code=phone.now()).status_code == 401


def test_guessing_codes_has_to_wait() -> None:
    set_up()
    browser = Browser()
    ticket = ticket_of(browser)
    codes = [
        browser.post("/staff/login", ticket=ticket, code=f"{n:06}").status_code
        for n in range(FREE + 1)
    ]
    assert codes == [401] * FREE + [429]
