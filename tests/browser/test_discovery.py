"""A candidate on a phone: opened and sealed, judged blind by two, announced, and its story read."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from observations.taxa.taxon import taxon_id_of
from tests.browser.axe import violations
from tests.browser.devices import PHONE, wait_app
from tests.browser.server import Server, command
from tests.browser.signing_in import PASSWORD, sign_in
from tests.browser.tour import settle
from tests.pages.api.phone import Phone

OPENER, FIRST, SECOND = "heqing", "zhouheng", "limin"
PATIENCE_MS = 90_000
KNOWN = {
    "学名": "Zacco examplensis",
    "中文名": "示例鱲",
    "文献（刊物、卷期、DOI）": "Example Journal 1: 1–9",
    "标本（机构和编号）": "ZJU-0001",
    "它的故事（中文）": "它在石头底下。",
    "它的故事（英文）": "It was under a stone.",
}


@pytest.fixture
def phones(browser: Browser, server: Server) -> Iterator[dict[str, BrowserContext]]:
    """A phone for each of the three, signed in, and one of a stranger."""
    contexts = {}
    for name in (OPENER, FIRST, SECOND):
        role = "admin" if name == OPENER else "verifier"
        command(server.home, "staff", "add", name, "--role", role, typed=f"{PASSWORD}\n")
        contexts[name] = browser.new_context(**PHONE, base_url=server.url)
        sign_in(contexts[name], name, PASSWORD)
    contexts[""] = browser.new_context(**PHONE, base_url=server.url)
    yield contexts
    for context in contexts.values():
        context.close()


def at_desk(context: BrowserContext) -> Page:
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto("/admin-discoveries")
    wait_app(page)
    return page


def said(page: Page, words: str) -> None:
    expect(page.get_by_role("status").first).to_contain_text(words, timeout=PATIENCE_MS)
    wait_app(page)


def judge(context: BrowserContext, reason: str) -> Page:
    page = at_desk(context)
    page.get_by_label("依据", exact=True).fill(reason)
    page.get_by_role("button", name="交出判断").tap()
    said(page, "已记下你的判断")
    return page


def without_faults(page: Page) -> None:
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert list(violations(page)) == []


def test_a_candidate_goes_from_the_sighting_to_its_story(
    server: Server, phones: dict[str, BrowserContext]
) -> None:
    heron = str(taxon_id_of("Nycticorax nycticorax"))
    record_id = Phone(server.url).record(taxon_id=heron, name=None).json()["id"]

    page = at_desk(phones[OPENER])
    page.get_by_text("立案", exact=True).tap()
    page.get_by_label(re.compile("遇见的编号")).fill(record_id)
    page.get_by_label(re.compile("发现的人")).fill("林夏")
    button = page.get_by_role("button", name="立案并封存")
    button.evaluate("element => element.scrollIntoView({ block: 'center' })")  # off the fixed bars
    settle(page)
    button.tap()
    said(page, "已立案，地点已封存。")
    expect(page.get_by_text("要另外两位核实员来判断")).to_be_visible()

    judge(phones[FIRST], "鳍条数不同")
    page = at_desk(phones[SECOND])
    expect(page.get_by_text("等两位核实员各自判断")).to_be_visible()
    expect(page.get_by_text("鳍条数不同")).to_have_count(0)
    page.get_by_text("补充名字、文献、标本和故事").tap()
    for label, text in KNOWN.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="存好").tap()
    said(page, "已存好。")
    page = judge(phones[SECOND], "侧线鳞也不同")
    expect(page.get_by_text("鳍条数不同")).to_be_visible()
    without_faults(page)

    page = at_desk(phones[OPENER])
    page.get_by_role("button", name="公布，写上发现的人").tap()
    said(page, "已公布。")
    address = page.get_by_role("link", name="看它的故事").get_attribute("href")

    story = phones[""].new_page()
    story.goto(str(address))
    wait_app(story)
    expect(story.get_by_role("heading", name="示例鱲")).to_be_visible()
    for words in ("它在石头底下。", "Example Journal 1: 1–9; ZJU-0001", "林夏"):
        expect(story.get_by_text(words)).to_be_visible()
    without_faults(story)
