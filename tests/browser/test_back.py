"""Back and forth over pages and choices: all is as one left it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.devices import PHONE, wait_app
from tests.browser.server import Server

WALKS, STEPS = 60, 4
USUAL = (1, 2)  # from the species, and from the boards
NEAR_PX = 50
PATIENCE_MS = 20_000
STARTS = ("/", "/species", "/boards", "/places", "/map", "/discoveries", "/about")
# What a finger may tap next: a choice of this page, a tab, a link of the page.
CHOICES = (
    "#root .stMain [data-testid=stButtonGroup] button:not([aria-checked=true]), "
    "#root .stMain :is(.st-key-species_more, .st-key-map_more) button"
)
TABS = "#root .st-key-tabs a:not([aria-current])"
HOME = "#root .g-brand:not([data-back])"  # a task has no tabs
LINKS = (
    "#root .stMain :is(.g, .stPageLink) a[href^='/']:not([href*='#'], [href^='/api'], "
    "[href^='/photos'], [href^='/lang'], [href^='/assets'], [download], [target], .g-brand)"
)
IS_STILL = """async () => {
    const main = () => document.querySelector("#root .stMain");
    let before = "", same = 0;
    while (same < 6) {
        await new Promise(requestAnimationFrame);
        const now = [main().scrollTop, main().scrollHeight, location.href].join();
        same = now === before ? same + 1 : 0;
        before = now;
    }
}"""
STATE = """() => ({
    address: location.pathname + location.search,
    heading: document.querySelector("#root .stMain h1")?.textContent,
    chosen: [...document.querySelectorAll(
        "#root .stMain :is([role=radio], button)[aria-checked=true], #root .stMain [role=combobox]"
    )].map((node) => node.textContent || node.value).join(" | "),
    scrolled: document.querySelector("#root .stMain").scrollTop,
})"""


@dataclass
class Stop:
    """Where one stood in a walk."""

    address: str
    heading: str
    chosen: str
    scrolled: float


class Walk:
    """One visitor's way through the site, on a phone."""

    def __init__(self, page: Page, seed: int) -> None:
        self._page, self._dice = page, random.Random(seed)
        self.said: list[str] = []

    def stop(self) -> Stop:
        """Where one stands, once the page has come to rest."""
        self._page.wait_for_selector("html:not([data-leading])", state="attached")
        wait_app(self._page)
        self._page.evaluate(IS_STILL)
        return Stop(**self._page.evaluate(STATE))

    def step(self) -> Stop:
        """Scroll somewhere, tap something that leads on; where one stood when one tapped."""
        elsewhere = f":not([href='{self.stop().address}'])"
        kind = self._dice.choice((CHOICES, CHOICES, LINKS, LINKS, TABS))
        anything = self._page.locator(f":is({kind}, {TABS}, {HOME}){elsewhere}")
        expect(anything.filter(visible=True).first).to_be_visible()
        ways = (self._page.locator(f":is({each}){elsewhere}") for each in (kind, TABS, HOME))
        ways = (way.filter(visible=True) for way in ways)
        found = next(way for way in ways if way.count())
        target = found.nth(self._dice.randrange(found.count()))
        handle = target.element_handle()
        assert handle
        self.said.append(" ".join(handle.inner_text().split())[:20])
        handle.evaluate("node => node.scrollIntoView({block: 'center'})")
        before = self.stop()
        handle.evaluate("node => node.click()")
        self._page.wait_for_function(
            "address => location.pathname + location.search !== address",
            arg=before.address,
            timeout=PATIENCE_MS,
        )
        return before


def walked(browser: Browser, server: Server, seed: int) -> Iterator[str]:
    """What was not as one left it, in one walk there and back and there again."""
    context = browser.new_context(**PHONE, base_url=server.url)
    page = context.new_page()
    walk = Walk(page, seed)
    page.goto(STARTS[seed % len(STARTS)])
    wait_app(page)
    way = [walk.step() for _step in range(STEPS)]
    way.append(walk.stop())
    for turn, numbers in (("back", range(STEPS - 1, -1, -1)), ("forward", range(1, STEPS + 1))):
        for number in numbers:
            page.evaluate("history.back()" if turn == "back" else "history.forward()")
            expect(page).to_have_url(f"{server.url}{way[number].address}")
            was, now = way[number], walk.stop()
            if (now.heading, now.chosen) != (was.heading, was.chosen) or (
                abs(now.scrolled - was.scrolled) > NEAR_PX
            ):
                yield f"walk {seed} {turn} to {number} of {walk.said}: {was} is now {now}"
    context.close()


def test_back_and_forth_leads_to_the_choice_and_the_place_where_one_was(
    browser: Browser, demo_server: Server
) -> None:
    wrong = [fault for seed in USUAL for fault in walked(browser, demo_server, seed)]
    assert wrong == []


def test_a_page_that_is_loaded_anew_is_where_it_was(browser: Browser, demo_server: Server) -> None:
    context = browser.new_context(**PHONE, base_url=demo_server.url)
    page = context.new_page()
    page.goto("/about")
    wait_app(page)
    page.locator("#root .stMain").evaluate("node => node.scrollTo(0, 900)")
    page.goto("/boards")
    wait_app(page)
    page.go_back()
    wait_app(page)
    page.wait_for_function("Math.abs(document.querySelector('#root .stMain').scrollTop - 900) < 50")
    context.close()


@pytest.mark.soak
def test_back_and_forth_over_sixty_walks(browser: Browser, demo_server: Server) -> None:
    wrong = [fault for seed in range(WALKS) for fault in walked(browser, demo_server, seed)]
    assert wrong == []
