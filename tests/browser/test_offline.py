"""Without network: the home page says what can be done, and the recorder opens with its drafts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.devices import PHONE, wait_app
from tests.browser.recording import Recorder
from tests.browser.server import Server
from tests.browser.tour import speak
from tests.support.photographs import hangzhou_jpeg

HELD = """async () => {
    const keys = await caches.keys();
    const requests = await Promise.all(keys.map(async (key) => (await caches.open(key)).keys()));
    return [keys, requests.flat().map(({ url }) => new URL(url).pathname + new URL(url).search)];
}"""
CONTROLLED = (
    "() => navigator.serviceWorker.ready.then(({ active }) => active.state === 'activated')"
)
SHELL = re.compile(
    r"^/(offline$|field/($|field\.js\?v=)|assets/(~[0-9a-f]{10}/)?(app|recorder|style|icons|art|boundaries)/)"
)


@pytest.fixture
def installed(browser: Browser, demo_server: Server) -> Iterator[BrowserContext]:
    """A phone on which the service worker may live."""
    context = browser.new_context(**{**PHONE, "service_workers": "allow"}, base_url=demo_server.url)
    yield context
    context.close()


def opened(context: BrowserContext, path: str) -> Page:
    """A page that stands, once the worker holds its files."""
    page = context.new_page()
    page.goto(path)
    wait_app(page)
    page.wait_for_function(CONTROLLED)
    return page


def test_without_network_the_recorder_opens_with_its_draft_and_sends_when_it_is_back(
    installed: BrowserContext, tmp_path: Path
) -> None:
    page = opened(installed, "/record")
    recorder = Recorder(page, tmp_path).open()
    recorder.album(hangzhou_jpeg())
    recorder.agree()
    recorder.ready()

    installed.set_offline(True)
    page.goto("/")
    expect(page.get_by_role("heading", name="这会儿没有网络")).to_be_visible()
    page.get_by_role("link", name="打开记录").tap()
    expect(page).to_have_url(re.compile("/record$"))
    page.reload()
    expect(page.get_by_text("没有网络，照样可以记")).to_be_visible()
    page.get_by_role("button", name="继续").tap()
    expect(page.locator(".shot[data-state=full]")).to_be_visible()
    recorder.send()
    expect(page.get_by_text("存在手机里了").first).to_be_visible()

    installed.set_offline(False)
    expect(page.get_by_text("网络回来了")).to_be_visible()
    recorder.receipt()


def test_nothing_but_files_of_the_shell_is_ever_held(
    installed: BrowserContext, demo_server: Server
) -> None:
    page = opened(installed, "/")
    for path in ("/sighting", "/me", "/map", "/species", "/boards", "/record"):
        page.goto(path)
        wait_app(page)
    page.evaluate("fetch('/api/v1/taxa?q=a')")
    page.evaluate("fetch('/me')")
    page.goto("/staff/login")
    keys, addresses = page.evaluate(HELD)

    assert len(keys) == 1 and addresses.count("/offline") == 1
    assert [each for each in addresses if not SHELL.match(each)] == []
    assert len(addresses) > 40
    cookies = page.evaluate(
        "caches.match('/offline').then((page) => page.headers.get('set-cookie'))"
    )
    assert cookies is None

    speak(installed, demo_server, "en")
    installed.set_offline(True)
    page.goto("/boards?board=rating")
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    installed.set_offline(False)
    expect(page.locator("h1", has_text="Boards").first).to_be_visible()


def test_a_new_release_takes_the_place_of_the_one_before_by_one_reload(
    installed: BrowserContext, demo_server: Server
) -> None:
    page = opened(installed, "/about")
    [before] = page.evaluate(HELD)[0]
    demo_server.stop()
    release = Server(demo_server.home, LUJI_DEMO="1", LUJI_MAP_APPROVAL="浙S(2026)1号")
    release.port = demo_server.port
    release.start()
    try:
        page.reload()
        wait_app(page)
        page.wait_for_function(
            f"() => caches.keys().then(([key, more]) => !more && key !== '{before}')"
        )
        assert len(page.evaluate(HELD)[1]) > 40
    finally:
        release.stop()
