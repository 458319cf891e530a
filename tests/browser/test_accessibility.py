"""axe-core finds no violation, of whatever impact, on any page, filled or empty.

Exceptions stand in `docs/accessibility.md`, by rule, selector and upstream issue.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from pages.parts.site import written
from tests.browser import signing_in
from tests.browser.axe import exceptions, violations
from tests.browser.devices import DESKTOP, PHONE, wait_app
from tests.browser.server import Server
from tests.browser.tour import Stop, go, speak, stops

Look = Callable[..., BrowserContext]
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
# The page's ground: light has much of each colour, dark little.
IS_DARK = """() => getComputedStyle(document.body).backgroundColor
    .match(/\\d+/g).every(part => part < 100)"""
# Each page in both languages, at both widths and in both themes, each theme in one of them: the
# colours of a page are the same at every width.
SEEN: dict[str, tuple[dict[str, Any], str, Theme]] = {
    "phone-zh": (PHONE, "zh", "light"),
    "desktop-en": (DESKTOP, "en", "dark"),
}


@pytest.fixture
def look(browser: Browser) -> Iterator[Look]:
    """`look(server, way)`: a browser in one of the ways of SEEN, signed in as the verifier."""
    contexts: list[BrowserContext] = []

    def start(server: Server, way: str, theme: Theme | None = None) -> BrowserContext:
        device, language, usual = SEEN[way]
        theme = theme or usual
        context = browser.new_context(**device, base_url=server.url, color_scheme=theme)
        contexts.append(context)
        speak(context, server, language)
        signing_in.sign_in(context)
        return context

    yield start
    for context in contexts:
        context.close()


@pytest.mark.parametrize("way", SEEN)
def test_no_page_has_a_violation(look: Look, demo_server: Server, way: str) -> None:
    assert_sound(look(demo_server, way), demo_server, SEEN[way][2])


def test_no_empty_page_has_a_violation(look: Look, server: Server) -> None:
    assert_sound(look(server, "phone-zh"), server, "light")


@pytest.mark.parametrize("theme", THEMES)
def test_no_page_of_a_contributor_has_a_violation(look: Look, server: Server, theme: Theme) -> None:
    context = look(server, "phone-zh", theme)
    page = context.new_page()
    page.goto("/action")
    wait_app(page)
    consent = page.get_by_role("button", name="看一看，然后开始")
    consent.tap()
    found = [f"/consent: {line}" for line in violations(page)]
    page.get_by_role("dialog").get_by_role("button", name="我已满 14 岁，同意").tap()
    expect(consent).to_be_hidden()
    wait_app(page)
    page.get_by_role("radio", name=re.compile("公交")).tap()
    page.get_by_role("radiogroup", name="多少趟？").wait_for()
    wait_app(page)
    found += [f"/action: {line}" for line in violations(page)]
    page.locator(".st-key-send").get_by_role("button").tap()
    expect(page.get_by_role("heading", name="已收到")).to_be_visible()
    found += [f"/action, sent: {line}" for line in violations(page)]
    for path in ("/me", "/satisfaction", "/boards"):
        found += examined(context, Stop(path, path), theme)

    assert not found, "\n".join(found)


def assert_sound(context: BrowserContext, server: Server, theme: Theme) -> None:
    """Every stop of the tour opens, and axe-core finds nothing on it."""
    found = [line for stop in stops(server) for line in examined(context, stop, theme)]

    assert not found, "\n".join(found)
    assert server.failures() == []  # a page that did not open has nothing to violate


def test_every_page_is_looked_at(server: Server) -> None:
    assert {f"/{entry.path}" for entry in written()} <= {stop.path for stop in stops(server)}


def test_every_exception_names_its_upstream_issue() -> None:
    assert [each for each in exceptions() if "://" not in each.issue] == []


def test_a_violation_is_found(page: Any) -> None:
    page.set_content("<html lang=zh><title>x</title><main><h1>x</h1><img src=x></main></html>")

    assert list(violations(page))


def examined(context: BrowserContext, stop: Stop, theme: Theme) -> list[str]:
    """The violations at that place, which is in that theme, one line an element."""
    page = context.new_page()
    go(page, stop)
    assert page.evaluate(IS_DARK) == (theme == "dark")
    found = [f"{stop.path}, {theme}: {line}" for line in violations(page)]
    page.close()
    return found
