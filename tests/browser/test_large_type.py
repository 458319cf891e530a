"""Large type 大字版: on no page is anything too small to read or to hit; it is remembered."""

from typing import Any

from playwright.sync_api import Browser, expect

from tests.browser.devices import PHONE, wait_app
from tests.browser.server import Server
from tests.browser.tour import stops

# What can be seen: texts by their size, what can be tapped by its box, both in CSS pixels. A link
# in the line of a text has the height of the line; a field is as wide as its card.
SMALL = """([least, tap]) => {
    const roots = [document.querySelector("#root")], texts = [], targets = [];
    const isSeen = (node) => node.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
        && node.getBoundingClientRect().width > 1 && node.getBoundingClientRect().height > 1;
    const named = (node) =>
        `${node.localName}.${node.className} ${node.textContent.trim().slice(0, 24)}`;
    const isOfALine = (node) => getComputedStyle(node).display === "inline"
        && node.parentElement.textContent.trim() !== node.textContent.trim();
    for (const root of roots) for (const node of root.querySelectorAll("*")) {
        if (node.shadowRoot) roots.push(node.shadowRoot);
        if (!isSeen(node)) continue;
        const says = [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
        if (says && parseFloat(getComputedStyle(node).fontSize) < least) texts.push(named(node));
        const isTarget = node.matches("a[href], button, summary, select, [role=radio]")
            && !node.disabled && !isOfALine(node);
        const { width, height } = node.getBoundingClientRect();
        const isSmall = isTarget && (width < tap || height < tap);
        if (isSmall) targets.push(`${named(node)} ${width | 0}x${height | 0}`);
    }
    const page = document.querySelector(".stMain") ?? document.documentElement;
    return { texts, targets, aside: Math.max(0, page.scrollWidth - page.clientWidth) };
}"""
LEAST_PX, TAP_PX = 18, 59.5


def test_on_every_public_page_all_can_be_read_and_hit(
    browser: Browser, demo_server: Server
) -> None:
    context = browser.new_context(**PHONE, base_url=demo_server.url)
    page = context.new_page()
    page.goto("/")
    wait_app(page)
    expect(page.locator("#root .g-three")).to_be_visible()
    page.get_by_role("button", name="知道了").tap()
    expect(page.locator("#root .g-three")).to_be_hidden()
    page.get_by_role("button", name="换成大字版").tap()

    wrong: dict[str, Any] = {}
    for stop in stops(demo_server):
        if stop.is_staff or not stop.is_app:
            continue
        page.goto(stop.path)
        wait_app(page)
        expect(page.locator("#root .g-three")).to_be_hidden()
        found = page.evaluate(SMALL, [LEAST_PX, TAP_PX])
        if any(found.values()):
            wrong[stop.name] = found
    context.close()
    assert not wrong, "\n".join(f"{name}: {each}" for name, each in wrong.items())
