"""A larger list on the checklist's desk, on a phone: tried, taken, found."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.name_list import as_csv
from tests.browser.devices import PHONE, SMALL_PHONE, wait_app
from tests.browser.server import Server, command
from tests.browser.signing_in import PASSWORD, fill_in, sign_in
from tests.support.checklist import seed_taxa

ROWS = 300
BAD = "9001,Pica,,accepted,genus,Animalia,Chordata,Aves,,,Pica,鹊属,\n"
GOOD = "9002,Exempla caerulea,,accepted,species,Animalia,Chordata,Aves,,,Exempla,样例蓝鹊,\n"


@pytest.fixture(scope="module")
def organiser(server: Server) -> str:
    """An account that may manage the checklist."""
    command(server.home, "staff", "add", "heqing", "--role", "organiser", typed=f"{PASSWORD}\n")
    return "heqing"


@pytest.fixture(params=[PHONE, SMALL_PHONE], ids=["390", "320"])
def page(
    request: pytest.FixtureRequest, browser: Browser, server: Server, organiser: str
) -> Iterator[Page]:
    """The checklist's desk, signed in."""
    context = browser.new_context(base_url=server.url, **request.param)
    sign_in(context, organiser, PASSWORD)
    page = context.new_page()
    page.goto("/admin-taxa")
    wait_app(page)
    yield page
    context.close()


def test_an_organiser_arrives_here_and_finds_the_way_back(
    browser: Browser, server: Server, organiser: str
) -> None:
    context = browser.new_context(base_url=server.url, **SMALL_PHONE)
    page = context.new_page()
    page.goto("/staff/login")
    fill_in(page, organiser, PASSWORD)
    page.wait_for_url("**/admin-taxa")
    page.goto("/")
    wait_app(page)
    expect(page.locator(".g-tools a[href='/verify']")).to_have_count(0)
    page.get_by_role("link", name="工作台", exact=True).click()
    page.wait_for_url("**/admin-taxa")
    context.close()


def test_a_list_is_tried_and_taken_on_a_phone(page: Page, tmp_path: Path) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    new = GOOD.replace("Exempla", f"Exempla{'x' * (width % 7)}")
    (tmp_path / "list.csv").write_bytes(
        as_csv(seed_taxa(), ROWS, seed=width) + (BAD + new).encode()
    )
    expect(page.locator("button", has_text="选文件")).to_be_visible()
    expect(page.get_by_text("per file")).to_be_hidden()

    page.locator("input[type=file]").set_input_files(tmp_path / "list.csv")

    expect(page.get_by_text("什么都还没有写")).to_be_visible()
    expect(page.get_by_text("学名读不出种名")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="收进名录").click()
    expect(page.get_by_role("status").filter(has_text="收好了")).to_be_visible()
    taxa = page.request.get("/api/v1/taxa?q=样例蓝鹊").json()["taxa"]
    assert taxa[0]["vernacular_name"] == "样例蓝鹊"
    assert taxa[0]["group_name"] == "鸟类"


def test_what_is_no_list_is_said_in_words(page: Page, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(b"PK\x03\x04\x00\x00\xff\xff")

    page.locator("input[type=file]").set_input_files(tmp_path / "list.csv")

    expect(page.get_by_role("alert").filter(has_text="另存为 CSV")).to_be_visible()
