"""Staff sign in at a provider of the bureau's: a real one, on loopback."""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from joserfc.jwk import RSAKey

from observations.base.clock import now_utc
from observations.base.roles import OPERATOR, Role
from observations.people.accounts import account_named, disable_account
from pages.parts import runtime
from pages.parts.session import STAFF_COOKIE
from pages.shell import oidc
from tests.pages.api.test_guards import Browser
from tests.support.provider import CLIENT, SECRET, Provider
from tests.support.site import Site

LIN_XIA = {"sub": "7", "preferred_username": "林夏", "groups": ["green-desk", "others"]}


@pytest.fixture
def provider(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """The provider, and a site that knows it."""
    provider = Provider(dict(LIN_XIA)).start()
    settings = {
        "LUJI_OIDC_ISSUER": provider.issuer,
        "LUJI_OIDC_CLIENT_ID": CLIENT,
        "LUJI_OIDC_CLIENT_SECRET": SECRET,
        "LUJI_OIDC_ROLES": "green-desk=verifier green-admins=admin",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    runtime.close()
    yield provider
    provider.stop()


def leave(browser: Browser, way_back: str = "") -> str:
    """Go to the provider; the path and query with which it sends the browser back."""
    away = browser.client.get("/staff/oidc", params={"next": way_back})
    assert away.status_code == 303, away.text
    back = requests.get(away.headers["Location"], allow_redirects=False, timeout=10)
    parts = urlsplit(back.headers["Location"])
    return f"{parts.path}?{parts.query}"


def come_back(browser: Browser, path: str) -> Any:
    answer = browser.client.get(path)
    is_in = STAFF_COOKIE in answer.headers.get("set-cookie", "")
    assert is_in == (answer.status_code == 303), answer.text
    return answer


def test_the_first_sign_in_makes_the_account_and_leads_back(provider: Provider) -> None:
    browser = Browser()
    answer = come_back(browser, leave(browser, "/admin-names"))
    assert answer.headers["Location"] == "/admin-names"
    first = account_named(runtime.store(), "林夏")
    assert first.role is Role.VERIFIER
    assert "单位的账号" in Browser().client.get("/staff/login").text
    provider.claims["groups"] = "green-desk green-admins"
    again = Browser()
    come_back(again, leave(again))
    now_admin = account_named(runtime.store(), "林夏")
    assert (now_admin.staff_id, now_admin.role) == (first.staff_id, Role.ADMIN)


def test_an_account_of_the_provider_has_no_password(provider: Provider) -> None:
    browser = Browser()
    come_back(browser, leave(browser))
    for password in ("", "x" * 12):
        answer = Browser().post("/staff/login", username="林夏", password=password)
        assert answer.status_code == 401


SPOILED: dict[str, dict[str, Any]] = {
    "wrong audience": {"aud": "another-program"},
    "among other audiences, for another": {"aud": [CLIENT, "other"], "azp": "other"},
    "expired": {"exp": int(time.time()) - 3600},
    "without an end": {"exp": None},
    "another nonce": {"nonce": "of-somebody-else"},
    "no nonce": {"nonce": None},
    "another issuer": {"iss": "https://evil.example"},
    "nobody": {"sub": None},
}


@pytest.mark.parametrize("name", list(SPOILED))
def test_a_spoiled_token_is_refused(provider: Provider, name: str) -> None:
    provider.spoiled = SPOILED[name]
    browser = Browser()
    assert come_back(browser, leave(browser)).status_code == 401
    assert runtime.store().people.staff_list() == []


def test_a_token_signed_by_another_key_is_refused(provider: Provider) -> None:
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    browser = Browser()
    assert come_back(browser, leave(browser)).status_code == 401


def test_a_state_is_good_once_and_for_one_browser(provider: Provider) -> None:
    browser, thief = Browser(), Browser()
    path = leave(browser)
    assert come_back(thief, path).status_code == 401
    ticket = browser.client.cookies.get(oidc.COOKIE)
    assert come_back(browser, path).status_code == 303
    browser.client.cookies.set(oidc.COOKIE, ticket or "", path="/staff/oidc")
    assert come_back(browser, path).status_code == 401
    other = leave(browser)
    assert come_back(browser, other.replace("state=", "state=x")).status_code == 401


def test_who_has_no_role_there_or_was_disabled_here_stays_outside(provider: Provider) -> None:
    provider.claims["groups"] = ["others"]
    browser = Browser()
    assert "没有" in come_back(browser, leave(browser)).text
    provider.claims["groups"] = ["green-desk"]
    come_back(browser, leave(browser))
    account = account_named(runtime.store(), "林夏")
    disable_account(runtime.store(), OPERATOR, account.staff_id, now_utc())
    assert come_back(browser, leave(browser)).status_code == 401


def test_a_provider_that_is_away_is_told_calmly(provider: Provider) -> None:
    browser = Browser()
    path = leave(browser)
    provider.stop()
    answer = come_back(browser, path)
    assert answer.status_code == 503
    assert 'name="password"' in answer.text
    provider._server.server_close()
