"""A small festival on six phones: two teams of three, a lost connection, and nothing lost."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from observations.base.clock import HANGZHOU, now_utc
from tests.browser.devices import PHONE, wait_app
from tests.browser.recording import Recorder
from tests.browser.server import Server
from tests.support import photographs

XIXI = {"latitude": 30.2694, "longitude": 120.0631, "accuracy": 8}
TEAMS = ("白鹭", "水杉")
A_TEAM = 3


@pytest.fixture
def phones(browser: Browser, server: Server) -> Iterator[list[BrowserContext]]:
    """Six phones in the wetland."""
    opened = [
        browser.new_context(
            **PHONE, base_url=server.url, geolocation=XIXI, permissions=["geolocation"]
        )
        for _ in range(len(TEAMS) * A_TEAM)
    ]
    yield opened
    for context in opened:
        context.close()


def makes_a_festival(page: Page, name: str) -> str:
    """Made on the organiser's phone; its six digits."""
    page.goto("/admin-festivals")
    wait_app(page)
    page.get_by_label("名字").fill(name)
    page.get_by_role("button", name="办起来").tap()
    said = page.get_by_text(re.compile("六位数字是"))
    expect(said).to_be_visible()
    return re.findall(r"\d{6}", said.inner_text())[0]


def agrees(page: Page) -> None:
    page.get_by_role("button", name="看一看，然后开始").tap()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("checkbox").check()
    sheet.get_by_role("button", name="我已满 14 岁，同意").tap()


def joins(context: BrowserContext, code: str, team: str) -> Page:
    page = context.new_page()
    page.goto(f"/festival?code={code}")
    wait_app(page)
    agrees(page)
    name = page.get_by_label(re.compile("队名"))
    expect(name).to_be_visible(timeout=60_000)
    name.fill(team)
    page.get_by_role("button", name="加入", exact=True).tap()
    expect(page.get_by_text(f"你在“{team}”").first).to_be_visible(timeout=60_000)
    return page


def records(context: BrowserContext, page: Page, folder: Path, photo: bytes, is_cut: bool) -> None:
    """One sighting of today; with the connection cut, it waits on the phone and then goes."""
    recorder = Recorder(page, folder).open()
    expect(page.get_by_text("西溪观察节 · ")).to_be_visible()
    recorder.album(photo)
    recorder.ready()
    page.get_by_role("combobox", name="它是谁？").fill("夜鹭")
    page.get_by_role("option", name="夜鹭").first.tap()
    expect(page.locator(".chosen")).to_contain_text("夜鹭")
    if is_cut:
        context.set_offline(True)
    recorder.send()
    if is_cut:
        expect(page.get_by_role("heading", name="存在手机里了")).to_be_visible()
        context.set_offline(False)
        page.evaluate("dispatchEvent(new Event('online'))")
    recorder.receipt()


def test_two_teams_of_three_lose_the_connection_and_nothing_else(
    organiser: Page, phones: list[BrowserContext], tmp_path: Path
) -> None:
    code = makes_a_festival(organiser, "西溪观察节")
    now = (now_utc() - timedelta(minutes=1)).astimezone(HANGZHOU)
    for number, context in enumerate(phones):
        page = joins(context, code, TEAMS[number // A_TEAM])
        photo = photographs.unlike_jpeg(now + timedelta(seconds=number))
        records(context, page, tmp_path, photo, is_cut=number % 2 == 0)

    organiser.goto(f"/festival?code={code}")
    wait_app(organiser)
    board = organiser.locator(".g-board tbody").first  # others tell who met what first
    rows = [" ".join(row.inner_text().split()) for row in board.locator("tr").all()]
    assert [row.split()[0] for row in rows] == [*TEAMS, "合计"]
    for row, people in zip(rows, (A_TEAM, A_TEAM, 2 * A_TEAM), strict=True):
        assert f"{people} 人 · 已确认 0 种 1 种 {people} 次" in row

    organiser.goto("/admin-festivals")
    poster = organiser.get_by_role("link", name="打印海报").first
    festival_id = str(poster.get_attribute("href")).split("/")[-2]
    organiser.goto(f"/verify?kind=occurrence&festival={festival_id}")
    wait_app(organiser)
    expect(organiser.get_by_role("button", name=re.compile("^属实"))).to_be_visible()
    organiser.get_by_role("button", name=re.compile("^属实")).tap()
    expect(organiser.get_by_text("属实，已公开", exact=False).first).to_be_visible()
    expect(organiser.locator(".g-saving")).to_have_count(0)  # it is stored, not only drawn
    organiser.goto(f"/festival?code={code}")
    wait_app(organiser)
    expect(board.locator("tr").last).to_contain_text("已确认 1 种")
