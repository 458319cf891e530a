"""The first screens in a real browser while Streamlit is silent, and what is handed over to it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.devices import PHONE, wait_app
from tests.browser.recording import Recorder
from tests.browser.server import Server
from tests.support.photographs import hangzhou_jpeg

STREAMLIT = "**/_stcore/**"
IN_SIGHT = """[...document.querySelectorAll("#root .g-sight")].findIndex(
    (card) => card.getBoundingClientRect().top > 200)"""
WORDS = {
    "/": "新近核实",
    "/species": "鸟类",
    "/boards?period=all": "各区每千人绿点",  # a month that has just begun is empty
    "/discoveries": "各家公布的数",
    "/places": "西溪",
    "/map": "杭州全城",
    "/about": "杭州市生态环境局",
}


@pytest.fixture
def silent(browser: Browser, demo_server: Server) -> Page:
    """A phone that no word of Streamlit's server reaches."""
    context = browser.new_context(**PHONE, base_url=demo_server.url)
    page = context.new_page()
    page.route(STREAMLIT, lambda route: route.abort())
    page.route_web_socket(STREAMLIT, lambda socket: socket.close())
    return page


@pytest.mark.parametrize("path", WORDS)
def test_a_page_can_be_read_and_leads_on_before_streamlit_answers(silent: Page, path: str) -> None:
    silent.goto(path)

    expect(silent.get_by_role("main").get_by_text(WORDS[path]).first).to_be_visible()
    expect(silent.get_by_role("dialog")).to_be_hidden()
    silent.locator("#splash .st-key-tabs a", has_text="记录").tap()
    expect(silent).to_have_url(re.compile("/record$"))
    expect(silent.get_by_role("button", name="交上这次遇见")).to_be_visible()
    silent.context.close()


def test_without_scripts_a_sighting_can_be_read(browser: Browser, demo_server: Server) -> None:
    context = browser.new_context(**PHONE, base_url=demo_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.locator(".g-sight").first.tap()

    expect(page.locator("main h1")).to_be_visible()
    expect(page.locator("main .g-facts")).to_contain_text("时间")
    context.close()


def test_a_photo_taken_before_streamlit_answers_is_in_the_receipt(
    phone: BrowserContext, tmp_path: Path
) -> None:
    page = phone.new_page()
    page.route(STREAMLIT, lambda route: route.abort())
    recorder = Recorder(page, tmp_path).open()
    recorder.album(hangzhou_jpeg())
    recorder.agree()
    recorder.ready()
    assert page.locator("#splash").count() == 1
    page.unroute(STREAMLIT)
    wait_app(page)

    expect(page.locator("#root .shot")).to_be_visible()
    expect(page.locator(".thumb[data-state=stored]")).to_have_count(1)
    recorder.send()
    recorder.receipt()
    expect(page.locator(".st-key-tabs a")).to_have_count(5)


def test_a_page_that_was_read_stays_where_it_was_read(
    browser: Browser, demo_server: Server
) -> None:
    context = browser.new_context(**PHONE, base_url=demo_server.url)
    page = context.new_page()
    page.route(STREAMLIT, lambda route: route.abort())
    page.goto("/")
    page.locator(".s-scroll").evaluate("node => node.scrollTo(0, 700)")
    page.unroute(STREAMLIT)
    wait_app(page)

    assert page.locator(".stMain").evaluate("node => node.scrollTop") == pytest.approx(700, abs=2)
    context.close()


def test_back_leads_to_where_one_was_and_forward_to_the_top(
    browser: Browser, demo_server: Server
) -> None:
    context = browser.new_context(**PHONE, base_url=demo_server.url)
    page = context.new_page()
    page.goto("/species?group=bird")
    wait_app(page)
    page.evaluate("window.isTheSamePage = true")
    main = page.locator("#root .stMain")
    main.evaluate("node => node.scrollTo(0, 1800)")
    card = page.locator("#root .g-sight").nth(page.evaluate(IN_SIGHT))
    card.tap()
    expect(page).to_have_url(re.compile("taxon="))
    wait_app(page)
    assert main.evaluate("node => node.scrollTop") == 0

    page.go_back()
    expect(page).to_have_url(re.compile("group=bird"))
    page.wait_for_function(
        "Math.abs(document.querySelector('#root .stMain').scrollTop - 1800) < 50"
    )
    expect(card).to_be_in_viewport()
    assert page.evaluate("window.isTheSamePage")
    context.close()


def test_the_page_before_stays_until_the_next_ones_first_screen_is_there(
    browser: Browser, demo_server: Server
) -> None:
    """A tap on a tab: at no frame does the page stand empty."""
    context = browser.new_context(**PHONE, base_url=demo_server.url)
    page = context.new_page()
    page.goto("/species")
    wait_app(page)
    page.evaluate(
        """() => {
            window.empty = 0;
            const look = () => {
                const screen = document.querySelector("#splash main");
                const shown = screen ?? document.querySelector("#root .stMain");
                const cards = [...shown.querySelectorAll("h1, .g-card, .g-sight")];
                window.empty += !cards.some((card) => card.getBoundingClientRect().height);
                requestAnimationFrame(look);
            };
            look();
        }"""
    )
    for word, heading in (("榜单", "榜单"), ("首页", "今天"), ("榜单", "榜单")):
        page.locator("#root .st-key-tabs a", has_text=word).tap()
        expect(page.locator("#root h1", has_text=heading)).to_be_visible()
        wait_app(page)
    assert page.evaluate("window.empty") == 0
    context.close()
