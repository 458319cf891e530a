"""What pages lead to on a phone: in three taps from home, from a sighting onwards, to a friend."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.devices import PHONE, wait_app
from tests.browser.recording import Recorder
from tests.browser.server import Server
from tests.support.photographs import hangzhou_jpeg

AT_THE_LAKE = {"latitude": 30.2460, "longitude": 120.1480}
SHARES = "navigator.share = async (page) => { window.shared = page; };"
MOST_TAPS = 3


@pytest.fixture
def page(browser: Browser, demo_server: Server) -> Iterator[Page]:
    """A phone at the lake, in a full city."""
    context = browser.new_context(
        **PHONE, base_url=demo_server.url, geolocation=AT_THE_LAKE, permissions=["geolocation"]
    )
    context.add_init_script(SHARES)
    yield context.new_page()
    context.close()


def walk(page: Page, *words: str | re.Pattern[str]) -> None:
    """From home over the links of these words, each of which can be seen."""
    assert len(words) <= MOST_TAPS
    page.goto("/")
    wait_app(page)
    for word in words:
        link = page.locator("#root").get_by_role("link", name=word).first
        expect(link).to_be_visible()
        before = page.url
        link.tap()
        page.wait_for_function("before => location.href !== before", arg=before)
        wait_app(page)


def test_three_taps_from_home_lead_to_what_one_came_for(page: Page, tmp_path: Path) -> None:
    recorder = Recorder(page, tmp_path).open()
    recorder.album(hangzhou_jpeg())
    recorder.agree()
    recorder.ready()
    recorder.send()
    recorder.receipt()

    page.get_by_role("button", name="分享").tap()
    page.wait_for_function("window.shared")
    for_others = page.evaluate("window.shared.url")
    page.get_by_role("link", name="看这条记录").tap()
    expect(page.locator("#root h1")).to_contain_text("还没认出来")
    own_address = page.url
    assert own_address.split("id=")[1] not in for_others  # an own id tells when it was recorded

    main = page.locator("#root .stMain")
    walk(page, "我的", "还没认出来")
    assert page.url == own_address
    walk(page, "物种", "鸟类", "西湖区")
    newest = main.get_by_role("region", name="新近的记录").locator(".g-sight")
    expect(newest.first).to_be_visible()
    expect(newest.first).to_contain_text("西湖区")
    walk(page, "物种", "鸟类", re.compile("鸳鸯.*条记录"))  # the species, not a sighting of it
    expect(main.get_by_role("heading", name="本周在杭州哪里能看到")).to_be_visible()
    walk(page, "去哪里看", "西溪国家湿地公园")
    expect(main.get_by_role("heading", name="西溪国家湿地公园")).to_be_visible()
    walk(page, "新物种", "苕溪鱲")
    expect(main.get_by_role("heading", name="苕溪鱲")).to_be_visible()


def test_a_sighting_leads_to_its_species_the_map_its_photo_and_a_record_of_ones_own(
    page: Page,
) -> None:
    page.goto("/map?district=330106&group=bird")
    wait_app(page)
    page.locator("#root .m-card summary").first.tap()
    page.locator("#root").get_by_role("link", name="看这次遇见").first.tap()
    expect(page).to_have_url(re.compile("/sighting"))
    wait_app(page)
    address = page.url
    root = page.locator("#root")
    name = root.locator("h1").inner_text().strip()

    root.locator("a.g-zoom").first.tap()
    viewer = page.get_by_role("dialog")
    expect(viewer.locator("img")).to_be_visible()
    width = viewer.locator("img").bounding_box()["width"]  # type: ignore[index]
    viewer.get_by_role("button", name="放大").tap()
    assert viewer.locator("img").bounding_box()["width"] > 2 * width  # type: ignore[index]
    page.keyboard.press("Escape")  # as a phone's way back does
    expect(viewer).to_have_count(0)
    assert page.url == address
    root.locator("a.g-zoom").first.tap()
    viewer.get_by_role("button", name="关上").tap()
    expect(viewer).to_have_count(0)
    assert page.url == address

    root.get_by_role("button", name="分享").tap()
    page.wait_for_function("window.shared")
    assert page.evaluate("window.shared.title") == name
    root.get_by_role("link", name="我也见过").tap()
    expect(page.locator("#root .chosen")).to_contain_text(name)
    page.go_back()
    expect(root.locator("h1")).to_contain_text(name)
    wait_app(page)
    assert root.locator("h1 a").get_attribute("href", timeout=5000).startswith("/species?taxon=")  # type: ignore[union-attr]
    assert root.get_by_role("link", name="西湖区").get_attribute("href") == "/map?district=330106"
    root.get_by_role("link", name="返回").tap()
    expect(page).to_have_url(re.compile("/map.*district=330106"))


def test_a_species_is_found_by_its_name_even_when_typed_before_the_page_stands(page: Page) -> None:
    page.goto("/species", wait_until="commit")
    page.locator("#splash input[name=q]").fill("yuanyang")
    wait_app(page)

    answer = page.locator("#root a.s-item", has_text="鸳鸯").first
    expect(answer).to_be_visible()
    field = page.locator("#root .st-key-species_search input")
    field.fill("没有这种东西")
    expect(page.locator("#root").get_by_text("没有叫“没有这种东西”的")).to_be_visible()
    field.fill("YY")
    expect(answer).to_be_visible()
    answer.tap()
    expect(page.locator("#root h1", has_text="鸳鸯")).to_be_visible()
    expect(page.locator("#root .g-facts")).to_contain_text("雁形目 Anseriformes")


def test_how_far_a_place_is_stays_on_the_phone(page: Page) -> None:
    urls: list[str] = []
    page.on("request", lambda request: urls.append(f"{request.url} {request.post_data or ''}"))
    page.goto("/places")
    wait_app(page)
    page.locator("#root").get_by_role("button", name="离我多远").tap()

    far = page.locator("#root .s-far")
    expect(far.first).to_contain_text("公里")
    kilometres = [float(re.findall(r"[\d.]+", words)[0]) for words in far.all_inner_texts()]
    assert kilometres == sorted(kilometres)
    page.locator("#root .s-item").first.tap()
    expect(page).to_have_url(re.compile("id=botanical-garden"))
    wait_app(page)
    expect(page.locator("#root .s-far")).to_contain_text("离你约 3.2 公里")
    assert "30.24" not in page.url and not [url for url in urls if "120.148" in url]
