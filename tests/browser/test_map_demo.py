"""The map over a full city: what is seen far and near, what the list opens, what it keeps."""

import io
import re
from collections import Counter
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from pages.parts.map.colours import colours_of
from pages.parts.map.deck import FAR, TOWN
from tests.browser.devices import wait_app
from tests.browser.server import Server
from tests.browser.test_map import XIXI, at_map, spot

BESIDE_THE_SHEET = {"x": 0, "y": 140, "width": 860, "height": 740}
CELLS = [f"class {number}" for number in range(1, 6)]
RECORD, NEW = "record", "new species"
NEAR_ENOUGH = 10  # of 255, a channel
ABOVE_THE_SHEET = (40, 260, 720, 720)  # of a phone's picture, which has two pixels a point
NEARLY_ALL = 0.95
LOOKS, PAUSE_MS = 60, 500
TURN_PX = -400  # of the wheel, towards the ground


@pytest.fixture(scope="module")
def server(demo_server: Server) -> Server:
    """A server with the demo's half-year: 3,000 sightings."""
    return demo_server


def inks() -> dict[str, tuple[int, ...]]:
    """What the map draws with by day, as it comes out on white land."""
    colours = colours_of("light")
    ramp = [tuple((c * a + 255 * (255 - a)) // 255 for c in ink) for *ink, a in colours.fills[1:6]]
    names = dict(zip(CELLS, ramp, strict=True))
    return names | {RECORD: tuple(colours.fills[6]), NEW: tuple(colours.seal)}


def pixels_by_kind(page: Page) -> Counter[str]:
    """How many pixels of the map, beside the sheet, are of each ink."""
    clip = BESIDE_THE_SHEET
    picture = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")  # type: ignore[arg-type]
    counted: Counter[str] = Counter()
    for many, colour in picture.getcolors(picture.width * picture.height) or []:
        for name, ink in inks().items():
            if all(abs(a - b) <= NEAR_ENOUGH for a, b in zip(colour, ink, strict=True)):
                counted[name] += many
    return counted


def look_until(page: Page, holds: Callable[[Counter[str]], bool]) -> Counter[str]:
    """Look at the map until it is so; software WebGL takes its time."""
    pixels = pixels_by_kind(page)
    for _turn in range(LOOKS):
        if holds(pixels):
            return pixels
        page.wait_for_timeout(PAUSE_MS)
        pixels = pixels_by_kind(page)
    raise AssertionError(f"the map shows {dict(pixels)}")


def shows_cells(pixels: Counter[str]) -> bool:
    return all(pixels[name] > 100 for name in CELLS)


def shows_single_records(pixels: Counter[str]) -> bool:
    return pixels[RECORD] > 100 and sum(pixels[name] for name in CELLS) < pixels[RECORD] / 4


def test_a_full_city_is_cells_from_afar_and_single_records_near_by(desktop: BrowserContext) -> None:
    urls: list[str] = []
    desktop.on("request", lambda request: urls.append(request.url))
    page = at_map(desktop)
    _species, records = page.locator(".m-head .g-num").inner_text().split("·")
    assert int(re.sub(r"\D", "", records)) > 2000
    look_until(page, shows_cells)
    assert {level_of(url) for url in urls if re.search(r"/tiles/\d", url)} == {FAR}

    page.mouse.move(*spot(page, XIXI, TOWN))

    def nearer(pixels: Counter[str]) -> bool:
        if not shows_single_records(pixels):
            page.mouse.wheel(0, TURN_PX)
        return shows_single_records(pixels)

    look_until(page, nearer)
    assert max(level_of(url) for url in urls if re.search(r"/tiles/\d", url)) > FAR


def level_of(url: str) -> int:
    return int(url.split("/tiles/")[1].split("/")[0])


def test_no_part_of_the_map_stays_empty_on_a_phone(phone: BrowserContext) -> None:
    """Come to as the first page, and by a tap from another."""
    page = phone.new_page()
    for way in ("first", "tap"):
        page.goto("/map" if way == "first" else "/boards")
        wait_app(page)
        if way == "tap":
            page.locator("#root .st-key-tabs a", has_text="地图").tap()
            page.wait_for_url("**/map*")
            wait_app(page)
        look_until(page, shows_cells)
        assert largest_share_of_one_colour(page) < NEARLY_ALL


def largest_share_of_one_colour(page: Page) -> float:
    """Of the middle of the map, above the sheet: 1 where nothing is drawn."""
    whole = Image.open(io.BytesIO(page.screenshot())).convert("RGB")  # a part alone is drawn anew
    picture = whole.crop(ABOVE_THE_SHEET)
    pixels = picture.width * picture.height
    return max(many for many, _ in picture.getcolors(pixels) or []) / pixels


def test_a_district_chosen_by_keyboard_stands_in_the_address_and_survives_a_reload(
    desktop: BrowserContext,
) -> None:
    page = at_map(desktop)
    choose(page, "district", "西湖")
    choose(page, "group", "鸟")
    page.wait_for_url("**/map?*group=bird*")
    assert "district=330106" in page.url
    names = titles(page)
    assert len(names) > 3
    page.reload()
    wait_app(page)
    expect(page.locator(".st-key-sheet h2").first).to_contain_text("西湖区")
    assert titles(page) == names


def choose(page: Page, name: str, typed: str) -> None:
    """Choose in the layer switch or a filter of the sheet, by keys alone."""
    page.locator(f".st-key-map_{name} input").focus()
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/map?*{name}=*")
    wait_app(page)


def titles(page: Page) -> list[str]:
    return page.locator(".m-card summary").all_inner_texts()


def test_the_new_species_have_their_level_evidence_and_source_by_keyboard(
    desktop: BrowserContext,
) -> None:
    page = at_map(desktop)
    choose(page, "layer", "新物种")
    assert "layer=new" in page.url
    look_until(page, lambda pixels: pixels[NEW] > 100 and not pixels[CELLS[4]])
    zacco = page.locator(".m-card", has_text="苕溪鱲")
    zacco.locator("summary").focus()
    page.keyboard.press("Enter")
    for words in ("全球新物种", "依据", "模式标本", "来源："):
        expect(zacco.get_by_text(words).last).to_be_visible()
    expect(zacco).to_contain_text("Zacco tiaoxiensis")
