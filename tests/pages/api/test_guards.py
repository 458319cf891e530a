"""What keeps strangers out, one guard a test: taken out of the code, each makes its test fail."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from itsdangerous import URLSafeSerializer
from limits import parse
from starlette.applications import Starlette
from starlette.testclient import TestClient

from observations.base.clock import now_utc
from observations.base.ids import new_id
from observations.base.roles import OPERATOR, Role
from observations.people.accounts import account_named, add_account, disable_account
from observations.people.signing_in import sign_in, staff_of
from observations.people.staff import SESSION_LENGTH
from observations.verification.decisions import Verdict
from pages.api.bodies import JSON_BYTES
from pages.parts import limits, runtime
from pages.parts.runtime import settings
from pages.parts.session import (
    CSRF_COOKIE,
    DESK_COOKIE,
    DEVICE_COOKIE,
    STAFF_COOKIE,
    cookies_for,
    csrf_token,
    desk_token,
)
from pages.parts.tries import FREE, Tries
from pages.shell import staff
from pages.shell.middleware import middleware
from pages.shell.routes import routes
from tests.pages.api.phone import noise_jpeg
from tests.support.sightings import phone, record, said
from tests.support.sightings import photo as upload
from tests.support.site import PASSWORD, Site

PROXY, STRANGER, NEIGHBOUR = "10.0.0.1", "203.0.113.7", "198.51.100.9"
WIDE, ONCE = parse("1000000/minute"), parse("1/minute")
WRITES = {
    "/api/v1/consent": "consent",
    "/api/v1/media": "media",
    "/api/v1/records": "records",
    "/api/v1/records/check": "check",
    "/api/v1/me": "me",
    "/api/v1/identifications": "identifications",
}
FORMS = {
    "/api/v1/download": "download",
    "/recover": "recover",
    "/api/v1/erase": "me",
    "/staff/login": "sign_in",
}
LIMITED = WRITES | FORMS
TOO_MANY = "limit.too_many"


class Browser:
    """A browser at an address, with the cookies of a page of ours; it may name hops before it."""

    def __init__(self, address: str = STRANGER, device_id: UUID | None = None) -> None:
        self.device_id = device_id or new_id()
        app = Starlette(routes=routes(), middleware=middleware())
        self.client = TestClient(app, client=(address, 50_000), follow_redirects=False)
        self.client.headers["Origin"] = settings().public_url or str(self.client.base_url)
        self.csrf = ""
        for name, value, _ in cookies_for(self.device_id):
            self.client.cookies.set(name, value)
            self.csrf = value if name == CSRF_COOKIE else self.csrf

    def post(self, path: str, forwarded: str = "", **form: str) -> Any:
        """Send a route or a form, with the token, and with what a proxy would add."""
        hops = {"X-Forwarded-For": forwarded} if forwarded else {}
        if path in FORMS or form:
            return self.client.post(path, data={"csrf": self.csrf} | form, headers=hops)
        return self.client.post(path, json={}, headers=hops | {"X-CSRF-Token": self.csrf})

    def is_stopped(self, path: str, forwarded: str = "") -> bool:
        """Whether one more of these is too many."""
        answer = self.post(path, forwarded)
        return answer.status_code == 429 or TOO_MANY in answer.headers.get("location", "")


@pytest.fixture(autouse=True)
def _open(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    limits._limiter.storage.reset()
    monkeypatch.setattr(staff, "tries", Tries())
    yield
    limits._limiter.storage.reset()


def only_one(monkeypatch: pytest.MonkeyPatch, what: str, *, of: str) -> None:
    """One such write a minute, of a browser or of a network."""
    pair = (ONCE, WIDE) if of == "browser" else (WIDE, ONCE)
    monkeypatch.setitem(limits.LIMITS, what, pair)


def test_a_network_that_writes_too_much_has_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    for path, what in LIMITED.items():
        limits._limiter.storage.reset()
        only_one(monkeypatch, what, of="network")
        assert not Browser().is_stopped(path), path
        assert Browser().is_stopped(path), path
        assert not Browser(NEIGHBOUR).is_stopped(path), path


def test_a_browser_that_writes_too_much_has_to_wait_on_any_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for path, what in LIMITED.items():
        limits._limiter.storage.reset()
        only_one(monkeypatch, what, of="browser")
        device_id = new_id()
        assert not Browser(device_id=device_id).is_stopped(path), path
        assert Browser(NEIGHBOUR, device_id).is_stopped(path), path


@pytest.mark.parametrize("proxies", ["", PROXY])
def test_a_stranger_who_names_other_addresses_is_still_one_network(
    monkeypatch: pytest.MonkeyPatch, proxies: str
) -> None:
    monkeypatch.setenv("LUJI_TRUSTED_PROXIES", proxies)
    runtime.close()
    only_one(monkeypatch, "recover", of="network")
    assert not Browser().is_stopped("/recover", forwarded="192.0.2.1")
    assert Browser().is_stopped("/recover", forwarded="192.0.2.2")


def test_visitors_behind_our_own_proxy_are_told_apart_by_its_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LUJI_TRUSTED_PROXIES", PROXY)
    runtime.close()
    only_one(monkeypatch, "recover", of="network")
    assert not Browser(PROXY).is_stopped("/recover", forwarded=STRANGER)
    assert not Browser(PROXY).is_stopped("/recover", forwarded=NEIGHBOUR)
    assert Browser(PROXY).is_stopped("/recover", forwarded=f"192.0.2.3, {STRANGER}")


def test_one_phone_s_many_ipv6_addresses_are_one_network(monkeypatch: pytest.MonkeyPatch) -> None:
    only_one(monkeypatch, "recover", of="network")
    assert not Browser("2001:db8:1:2::1").is_stopped("/recover")
    assert Browser("2001:db8:1:2:ffff::9").is_stopped("/recover")
    assert not Browser("2001:db8:1:3::1").is_stopped("/recover")


def guess(browser: Browser, password: str = "a wrong password") -> int:
    """A try of the password of 周衡; the status of the answer."""
    return int(browser.post("/staff/login", username="周衡", password=password).status_code)


def test_a_name_is_no_lock_for_who_knows_the_password() -> None:
    """Strangers at a dozen addresses, and one at the same address as the real one."""
    _signed_in(Role.ADMIN)
    mine = Browser(NEIGHBOUR)
    assert guess(mine, PASSWORD) == 303
    for n in range(12):
        assert guess(Browser(f"203.0.113.{n}")) == 401
    for _ in range(FREE):
        guess(Browser(NEIGHBOUR))
    assert guess(Browser(NEIGHBOUR)) == 429
    assert guess(Browser("192.0.2.1"), PASSWORD) == 303  # new here, and nobody else's network
    assert guess(mine, PASSWORD) == 303  # known here, whatever a stranger beside them does


def test_a_known_browser_has_no_more_guesses_than_another() -> None:
    _signed_in(Role.ADMIN)
    laptop = Browser()
    assert guess(laptop, PASSWORD) == 303
    assert [guess(laptop) for _ in range(FREE + 1)] == [401] * FREE + [429]
    assert guess(laptop, PASSWORD) == 429
    other = laptop.post("/staff/login", username="沈一舟", password="a wrong password")
    assert other.status_code == 401


def test_a_browser_says_by_itself_of_no_account_that_it_is_known() -> None:
    _signed_in(Role.ADMIN)
    for _ in range(FREE):
        guess(Browser())
    forged = Browser()
    for token in (desk_token(new_id(), "周衡"), desk_token(forged.device_id, "沈一舟"), ""):
        forged.client.cookies.set(DESK_COOKIE, token)
        assert guess(forged) == 429
    forged.client.cookies.set(DESK_COOKIE, desk_token(forged.device_id, "周衡"))
    assert guess(forged) == 401


def test_another_browser_s_token_is_worth_nothing() -> None:
    browser = Browser()
    browser.csrf = csrf_token(new_id())
    for path in LIMITED:
        answer = browser.post(path)
        if path in ("/recover", "/api/v1/erase", "/api/v1/download"):
            assert answer.headers["location"] == "/me?refused=csrf.missing"
        else:
            assert answer.status_code == 403, path
            assert path in FORMS or answer.json()["error"]["code"] == "csrf.missing", path


def test_a_token_of_other_letters_is_no_token() -> None:
    """`hmac.compare_digest` takes no text but ASCII."""
    browser = Browser()
    for path in (*WRITES, *FORMS):
        headers = {b"X-CSRF-Token": "é".encode("latin-1")}
        form = {"csrf": "校验"} if path in FORMS else None
        answer = browser.client.post(path, data=form, headers=headers)
        is_refused = answer.status_code == 403 or "csrf.missing" in answer.headers["location"]
        assert is_refused, path


def test_signing_out_needs_the_page_s_token() -> None:
    token, browser = _signed_in(Role.VERIFIER), Browser()
    browser.client.cookies.set(STAFF_COOKIE, token)
    browser.client.post("/staff/logout", data={"csrf": csrf_token(new_id())})
    assert staff_of(runtime.store(), token, now_utc()) is not None


def test_a_device_cookie_signed_by_somebody_else_is_nobody() -> None:
    device_id = phone(runtime.store(), now_utc())
    sent = upload(runtime.store(), runtime.photos(), device_id, noise_jpeg(81), now_utc())
    sha256 = runtime.store().occurrences.uploads([sent])[0].sha256
    address = f"/photos/{sha256}/thumb.webp"
    browser = Browser(device_id=device_id)
    assert browser.client.get(address).status_code == 200
    forged = URLSafeSerializer("a secret of my own", salt="device").dumps(device_id.hex)
    browser.client.cookies.set(DEVICE_COOKIE, str(forged))
    assert browser.client.get(address).status_code == 404


def test_a_photo_is_everybody_s_only_while_its_record_is_released() -> None:
    store, now = runtime.store(), now_utc()
    device_id = phone(store, now)
    sent = upload(store, runtime.photos(), device_id, noise_jpeg(82), now)
    sha256 = store.occurrences.uploads([sent])[0].sha256
    subject = record(store, device_id, now, photos=[str(sent)])
    address, stranger = f"/photos/{sha256}/thumb.webp", Browser().client
    assert stranger.get(address).status_code == 404
    said(store, subject, Verdict.ACCEPT, now=now + timedelta(minutes=1))
    shown = stranger.get(address)
    assert (shown.status_code, shown.headers["cache-control"]) == (200, "public, max-age=3600")
    said(store, subject, Verdict.WITHHOLD, now=now + timedelta(minutes=2))
    gone = stranger.get(address)
    assert (gone.status_code, gone.headers["cache-control"]) == (404, "no-store")
    own = Browser(device_id=device_id).client.get(address)
    assert (own.status_code, own.headers["cache-control"]) == (200, "private, no-store")


def test_a_body_over_64_kb_is_not_read_though_it_is_json() -> None:
    browser = Browser(device_id=phone(runtime.store(), now_utc()))
    body = json.dumps({"padding": "x" * JSON_BYTES})
    for path in ("/api/v1/consent", "/api/v1/records", "/api/v1/records/check", "/api/v1/me"):
        answer = browser.client.post(path, content=body, headers={"X-CSRF-Token": browser.csrf})
        assert answer.status_code == 422, path
        error = answer.json()["error"]
        assert (error["code"], error["field"]) == ("record.unreadable", None)


def test_sheets_are_printed_for_those_who_make_them_alone() -> None:
    browser = Browser()
    sheets = {
        "/staff/codes": "code.unknown",
        "/staff/festivals": "festival.unknown_code",
        "/staff/residence": "satisfaction.code_unknown",
    }
    papers = [f"/staff/festivals/{new_id()}/{name}.pdf" for name in ("poster", "report", "x")]
    for role in (None, Role.VERIFIER, Role.ORGANISER):
        if role:
            browser.client.cookies.set(STAFF_COOKIE, _signed_in(role, f"{role}"))
        for paper in papers:
            code = browser.client.get(paper).json()["error"]["code"]
            is_let_in = role is Role.ORGANISER
            assert code == ("festival.unknown_code" if is_let_in else "role.may_not")
        for sheet, missing in sheets.items():
            error = browser.client.get(f"{sheet}/{new_id()}").json()["error"]
            assert error["code"] == (missing if role is Role.ORGANISER else "role.may_not")
        poster = browser.client.get("/staff/rating")
        assert poster.status_code == (200 if role is Role.ORGANISER else 403)


def test_a_session_ends_with_the_working_day(monkeypatch: pytest.MonkeyPatch) -> None:
    token, browser = _signed_in(Role.ORGANISER), Browser()
    browser.client.cookies.set(STAFF_COOKIE, token)
    assert _code_of_a_sheet(browser) == "code.unknown"
    later = now_utc() + SESSION_LENGTH
    monkeypatch.setattr("pages.parts.session.now_utc", lambda: later)
    assert _code_of_a_sheet(browser) == "role.may_not"


def test_who_is_disabled_is_out_at_once() -> None:
    """Twice guarded: their sessions end, and an open one of theirs would count for nothing."""
    store, token, browser = runtime.store(), _signed_in(Role.ORGANISER), Browser()
    browser.client.cookies.set(STAFF_COOKIE, token)
    account = staff_of(store, token, now_utc())
    assert account is not None
    with store.transaction() as tx:
        tx.people.set_disabled(account.staff_id, True)
    assert _code_of_a_sheet(browser) == "role.may_not"
    assert staff_of(store, token, now_utc()) is None
    disable_account(store, OPERATOR, account_named(store, "周衡").staff_id, now_utc())
    with store.transaction() as tx:
        tx.people.set_disabled(account.staff_id, False)
    assert _code_of_a_sheet(browser) == "role.may_not"


def _code_of_a_sheet(browser: Browser) -> str:
    """What a sheet that does not exist is answered with: `code.unknown` to who may print one."""
    answer = browser.client.get(f"/staff/codes/{new_id()}")
    return str(answer.json()["error"]["code"])


@pytest.mark.parametrize("public_url", ["", "https://luji.example"])
def test_over_https_the_cookies_never_go_out_in_the_clear(
    monkeypatch: pytest.MonkeyPatch, public_url: str
) -> None:
    monkeypatch.setenv("LUJI_PUBLIC_URL", public_url)
    runtime.close()
    _signed_in(Role.VERIFIER)
    form = {"username": "周衡", "password": PASSWORD}
    answer = Browser().post("/staff/login", **form)
    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 303
    assert "HttpOnly" in cookie and "samesite=lax" in cookie.lower()
    assert ("Secure" in cookie) == bool(public_url)


def _signed_in(role: Role, username: str = "周衡") -> str:
    """The token of somebody's session."""
    now = now_utc()
    add_account(runtime.store(), OPERATOR, username, PASSWORD, role, now)
    return sign_in(runtime.store(), username, PASSWORD, None, now)
