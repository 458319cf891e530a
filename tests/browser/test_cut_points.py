"""The network goes, or the server dies, at any moment of recording: nothing is lost or doubled.

The moments come from a seed. A proxy resets the open sockets, or the server gets SIGKILL; the page
is loaded anew while nothing answers, and again when it does. Then the sighting must be there once,
with three photographs whose bytes, by SHA-256, are those that the phone kept; and what was typed
before is not typed again.
"""

import random
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as BrowserError

from observations.people.consent import CONSENT_VERSION
from tests.browser.devices import PHONE, wait_app
from tests.browser.proxy import Proxy
from tests.browser.recording import STORED, Recorder
from tests.browser.server import Server
from tests.support import photographs

SPAN_S = 5.0  # from the choice of the photographs to the receipt, through this proxy
UP_BYTES = 150_000  # a second
NAME = "夜鹭"
# Tells of each photograph that is put on the shelf: its id and the SHA-256 of its bytes.
WITNESS = """
const put = IDBObjectStore.prototype.put;
let count = 0;
IDBObjectStore.prototype.put = function (row, ...more) {
    if (row?.blob) {
        const at = performance.timeOrigin + performance.now() + (count += 1) / 1e6;
        row.blob.arrayBuffer().then((bytes) => crypto.subtle.digest("SHA-256", bytes))
            .then((hash) => window.kept_on_the_phone(row.upload_id, at,
                [...new Uint8Array(hash)]
                    .map((byte) => byte.toString(16).padStart(2, "0")).join("")));
    }
    return put.call(this, row, ...more);
};
"""
WAITING = """async () => {
    const shelf = await import("/assets/recorder/shelf.js");
    return (await shelf.all("outbox")).length;
}"""


@dataclass
class Kept:
    """The bytes on the phone: the latest SHA-256 of each photograph, by its upload id."""

    seen: dict[str, tuple[float, str]] = field(default_factory=dict)

    def note(self, upload_id: str, at: float, sha256: str) -> None:
        self.seen[upload_id] = max(self.seen.get(upload_id, (0.0, "")), (at, sha256))

    @property
    def hashes(self) -> set[str]:
        return {sha256 for _, sha256 in self.seen.values()}


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    opened = Proxy(server.port, UP_BYTES)
    yield opened
    opened.close()


@pytest.fixture
def through(browser: Browser, proxy: Proxy) -> Iterator[BrowserContext]:
    """A phone behind the proxy, whose owner has agreed."""
    context = browser.new_context(**PHONE, base_url=proxy.url)
    context.request.get("/", headers={"Accept": "text/html"})
    token = next(each["value"] for each in context.cookies() if each["name"] == "luji_csrf")
    agreed = {"version": CONSENT_VERSION, "place": True, "photo_licence": "CC BY 4.0"}
    headers = {"Origin": proxy.url, "X-CSRF-Token": token}
    assert context.request.post("/api/v1/consent", data=agreed, headers=headers).status == 204
    yield context
    context.close()


def photos() -> list[bytes]:
    """Three of one bird, some seconds apart, each its own picture."""
    return [
        photographs.as_jpeg(
            photographs.drawn((1300 + each, 900)),
            photographs.exif_of(photographs.XIXI, photographs.MORNING.replace(second=each * 7)),
        )
        for each in range(3)
    ]


def cut_somewhere(
    seed: int, server: Server, proxy: Proxy, through: BrowserContext, folder: Path
) -> None:
    dice = random.Random(seed)
    is_kill, moment = dice.random() < 0.4, dice.uniform(0, SPAN_S)
    stored = Kept()
    through.add_init_script(WITNESS)
    through.expose_function("kept_on_the_phone", stored.note)
    recorder = Recorder(through.new_page(), folder).open()
    cutting = threading.Timer(moment, server.kill if is_kill else proxy.cut)
    cutting.start()

    recorder.album(*photos())
    recorder.page.get_by_role("combobox", name="它是谁？").fill(NAME)
    recorder.send()
    cutting.join()
    with_nobody_answering(recorder.page)
    server.start() if is_kill else proxy.mend()

    page = come_back(through, folder)
    assert_arrived_once(page, stored)


def with_nobody_answering(page: Page) -> None:
    """A person loads the page anew while it is gone, and sees the browser's own error."""
    with pytest.raises(BrowserError):
        page.reload(timeout=10_000)
    page.close()  # the browser would go on trying by itself, in the way of what comes next


def come_back(through: BrowserContext, folder: Path) -> Page:
    """What a person does then: open it again; go on, if it says that something is still there."""
    recorder = Recorder(through.new_page(), folder).open()
    page = recorder.page
    if page.locator(".offer").is_visible():
        page.get_by_role("button", name="继续").tap()
        expect(page.locator(STORED)).to_have_count(3, timeout=60_000)
        expect(page.locator(".chosen, .search input")).not_to_have_count(0)
        typed = page.locator(".chosen b").or_(page.get_by_role("combobox", name="它是谁？"))
        assert NAME in typed.first.evaluate("node => node.value ?? node.textContent")
        recorder.send()
        recorder.receipt()
    page.wait_for_function(f"async () => !(await ({WAITING})())", timeout=60_000)
    return page


def assert_arrived_once(page: Page, stored: Kept) -> None:
    page.goto("/me")
    wait_app(page)
    mine = page.locator("a[href^='/sighting?id=']")
    expect(mine).to_have_count(1)
    expect(mine).to_contain_text(NAME)
    page.goto(str(mine.get_attribute("href")))
    wait_app(page)
    expect(page.locator("img[src*='/photos/']").first).to_be_visible()
    received = set(re.findall(r"/photos/([0-9a-f]{64})/", page.content()))
    assert received == stored.hashes
    assert len(received) == 3


@pytest.mark.parametrize("seed", range(10))
def test_nothing_is_lost_or_doubled(
    seed: int, server: Server, proxy: Proxy, through: BrowserContext, tmp_path: Path
) -> None:
    cut_somewhere(seed, server, proxy, through, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10, 60))
def test_nothing_is_lost_or_doubled_at_length(
    seed: int, server: Server, proxy: Proxy, through: BrowserContext, tmp_path: Path
) -> None:
    cut_somewhere(seed, server, proxy, through, tmp_path)
