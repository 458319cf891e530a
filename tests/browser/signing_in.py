"""Signing in as staff, in a demo and in production; filling a home with the demo's half-year."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from observations.people.demo_sign_in import DEMO_PASSWORD, DEMO_USERNAME
from tests.browser.server import Server, command

VERIFIER = "zhouheng"
PASSWORD = "lake-ferry-osmanthus-42"


def sign_in(
    context: BrowserContext, username: str = DEMO_USERNAME, password: str = DEMO_PASSWORD
) -> None:
    """Sign this browser in at /staff/login; the demo's verifier unless told otherwise."""
    page = context.new_page()
    page.goto("/staff/login")
    fill_in(page, username, password)
    page.wait_for_url(lambda url: "/staff/login" not in url)
    page.close()


def fill_in(page: Page, username: str, password: str) -> None:
    """Fill in the form of /staff/login and send it."""
    form = page.locator("form:has(input[type=password])")
    form.locator("input[name=username]").fill(username)
    form.locator("input[type=password]").fill(password)
    form.locator("[type=submit], button").click()


def add_verifier(server: Server) -> None:
    """Make a verifier on a running server, as its operator would."""
    command(*(server.home, "staff", "add", VERIFIER, "--role", "admin"), typed=f"{PASSWORD}\n")


def fill_with_demo(home: Path, moment: str | None = None) -> bool:
    """The demo's half-year in the store of that home; whether the command is there already.

    It ends at `moment`, or now.
    """
    try:
        command(home, "demo", "--help")
    except RuntimeError:
        return False
    command(home, "demo", moment=moment, LUJI_DEMO="1")
    return True
