"""Every state that the recorder can be in, to look at and to examine: how each is come to.

What the server would say stands here where it depends on what others recorded; the photographs are
the project's own drawings with a place and a time of Hangzhou.
"""

import tempfile
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.devices import wait_app
from tests.support import photographs
from tests.support.architecture import ROOT

ART = ROOT / "assets" / "art"
HERON, SWALLOW, AZALEA = "night-heron", "barn-swallow", "azalea"
RECORDS, CHECK, MEDIA = "**/api/v1/records", "**/api/v1/records/check", "**/api/v1/media"
LIKELY = "**/api/v1/taxa/likely?*"
BAR = ".bar .main"
EMPTY_THE_SHELF = """async () => {
    const shelf = await import("/assets/recorder/shelf.js");
    for (const name of ["drafts", "outbox"])
        for (const row of await shelf.all(name)) await shelf.forget(name, row);
}"""
TWO_WAIT = """async () => {
    const shelf = await import("/assets/recorder/shelf.js");
    for (const last of ["1", "2"]) await shelf.put("outbox", {
        id: `019e0a00-0000-7000-8000-00000000001${last}`, photos: [], name: "Nycticorax",
        event_date: "2026-05-09T09:42:00+08:00", time_known: true, note: "", place: {
            latitude: 30.2694, longitude: 120.0631, uncertainty_m: 8, source: "device" },
    });
}"""
SAID = {
    "zh": {
        "again": "3 分钟前、12 米外，你记过同一种",
        "jump": "两个位置相差 520 米，正好是 GPS 和高德、微信、腾讯地图（GCJ-02）之间的差。",
        "rare": "这个时候遇见它的不多，好记录。照片清楚的话，核实会快些。",
    },
    "en": {
        "again": "You recorded the same species 3 min earlier, 12 m away",
        "jump": "The two places are 520 m apart: the offset between GPS and AMap (GCJ-02).",
        "rare": "Not often seen at this time of year: a good record. A clear photo helps.",
    },
}


def drawing(
    name: str, minutes: float = 0, place: photographs.Place | None = photographs.XIXI
) -> bytes:
    """One of the project's drawings as a photograph, taken so many minutes after the first."""
    with Image.open(ART / f"{name}.webp") as picture:
        taken = photographs.MORNING + timedelta(minutes=minutes)
        return photographs.as_jpeg(picture.convert("RGB"), photographs.exif_of(place, taken))


def pick(page: Page, *photos: bytes, agrees: bool = True, count: int | None = None) -> None:
    """Choose photographs; agree where it is asked; wait until `count` of them are stored."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [photographs.write(Path(folder), f"{n}.jpg", p) for n, p in enumerate(photos)]
        page.locator(".choose input[type=file]").nth(1).set_input_files(paths)
        sheet = page.get_by_role("dialog")
        expect(sheet.or_(page.locator(".thumb").first).first).to_be_visible()
        if not agrees:
            stored = page.locator(".thumb[data-state=stored]").first
            expect(sheet.or_(stored).first).to_be_visible()
            return
        expect(sheet.or_(page.locator(".thumb:not([data-state=preparing])")).first).to_be_visible()
        if sheet.is_visible():
            sheet.get_by_role("checkbox").check()
            sheet.locator(".answers .main").click()
        expect(page.locator(".thumb[data-state=preparing]")).to_have_count(0, timeout=60_000)
        stored = len(photos) if count is None else count
        expect(page.locator(".thumb[data-state=stored]")).to_have_count(stored, timeout=60_000)


def name_it(page: Page, query: str, at: int = 0) -> None:
    """Find a species and take the first."""
    field = page.locator(".field.taxon .search input").nth(at)
    field.fill(query)
    expect(page.locator("[role=option][aria-selected=true]").first).to_be_visible()
    field.press("Enter")
    expect(page.locator(".chosen b").nth(0)).to_be_visible()


def language_of(page: Page) -> str:
    return "en" if page.locator("html").get_attribute("lang") == "en" else "zh"


def says(page: Page, key: str) -> str:
    return SAID[language_of(page)][key]


def receipts(route: Route) -> None:
    """As the server answers, without keeping anything."""
    route.fulfill(
        status=201,
        json={
            "status": "received",
            "id": route.request.post_data_json["id"],
            "number": "LJ-7K2M-Q9XB",
            "flags": [],
            "needs_home_district": True,
            "sighting": "/me",
        },
    )


def fail(route: Route) -> None:
    route.abort()


def send(page: Page) -> None:
    page.locator(BAR).click()


def done(page: Page) -> None:
    expect(page.locator(".done")).to_be_visible()


# --- the states


def consent(page: Page) -> None:
    """The sheet before the first byte leaves; not asked where it was agreed to before."""
    pick(page, drawing(HERON), agrees=False)


def one_photo(page: Page) -> None:
    pick(page, drawing(HERON))
    name_it(page, "yelu")


def plant(page: Page) -> None:
    pick(page, drawing(AZALEA), drawing(AZALEA, 0.2))
    name_it(page, "ziteng")


def thirty(page: Page) -> None:
    names = ("kingfisher", "lotus", "black-cicada", SWALLOW, "coot", "osmanthus")
    pick(page, *(drawing(names[n // 5], n // 5 * 4 + n % 5 * 0.1) for n in range(30)))
    name_it(page, "cuiniao")


def no_place(page: Page) -> None:
    pick(page, drawing(HERON, place=None))
    expect(page.locator(".panel").first).to_be_visible()


def pasted(page: Page) -> None:
    no_place(page)
    page.locator(".way[data-way=named]").click()
    page.locator(".panel .search input").fill("30.2500, 120.1500")
    page.locator(".datum input").first.check()
    expect(page.locator(".advice-lines li").first).to_be_visible()


def places(page: Page) -> None:
    no_place(page)
    page.locator(".way[data-way=named]").click()
    page.locator(".panel .search input").click()
    expect(page.locator(".panel [role=option]").first).to_be_visible()


def on_the_map(page: Page) -> None:
    pick(page, drawing(HERON))
    page.locator(".fact").first.click()
    page.locator(".way[data-way=map]").click()
    expect(page.locator(".map[data-ready=yes]")).to_be_visible(timeout=60_000)


def waiting(page: Page) -> None:
    page.route(MEDIA, fail)
    pick(page, drawing(HERON), drawing(HERON, 0.1), drawing(SWALLOW, 0.2), count=0)
    expect(page.locator(".thumb[data-state=retrying]").first).to_be_visible()


def offline(page: Page) -> None:
    pick(page, drawing(HERON))
    name_it(page, "yelu")
    page.route(RECORDS, fail)
    send(page)
    done(page)


def duplicate(page: Page) -> None:
    before = {
        "id": "019e0a00-0000-7000-8000-000000000009",
        "number": "LJ-7K2M-Q9XB",
        "minutes_ago": 3,
        "metres_away": 12,
        "thumb": "/assets/art/night-heron.webp",
        "sighting": "/me",
        "message": says(page, "again"),
    }
    page.route(CHECK, lambda route: route.fulfill(json={"duplicates": [before], "advice": []}))
    one_photo(page)
    send(page)
    expect(page.locator(".again")).to_be_visible()


def advised(page: Page) -> None:
    jump = {"code": "datum.mixed_up", "field": "place", "message": says(page, "jump")}
    jump["suggestion"] = {"latitude": 30.2718, "longitude": 120.0584}  # type: ignore[assignment]
    rare = {"code": "season.unlikely", "field": "event_date", "message": says(page, "rare")}
    whole = {"duplicates": [], "advice": [jump, {**rare, "suggestion": None}]}
    page.route(CHECK, lambda route: route.fulfill(json=whole))
    one_photo(page)
    expect(page.locator(".advice-lines li").first).to_be_visible()


def likely(page: Page) -> None:
    def answer(route: Route) -> None:
        names = (("夜鹭", "Night heron", HERON), ("家燕", "Barn swallow", SWALLOW))
        names += (("翠鸟", "Kingfisher", "kingfisher"),)
        taxa = [
            {
                "taxon_id": f"019e0a00-0000-7000-8000-00000000002{at}",
                "chinese_name": chinese,
                "english_name": english,
                "scientific_name": "",
                "group": "bird",
                "count": 41 - at * 9,
                "photo": f"/assets/art/{art}.webp",
            }
            for at, (chinese, english, art) in enumerate(names)
        ]
        route.fulfill(json={"taxa": taxa})

    page.route(LIKELY, answer)
    pick(page, drawing(HERON))
    page.locator(".field.taxon .link").first.click()
    page.locator(".tile input").first.check()
    expect(page.locator(".likely-tile").first).to_be_visible()


def refused(page: Page) -> None:
    pick(page, drawing(HERON), photographs.text_named_jpg(), count=1)
    expect(page.locator(".shot > .error")).to_be_visible()
    page.locator(".thumb[data-state=refused]").click()


def receipt(page: Page) -> None:
    page.route(RECORDS, receipts)
    one_photo(page)
    send(page)
    done(page)


def receipts_of_three(page: Page) -> None:
    page.route(RECORDS, receipts)
    pick(page, drawing(HERON), drawing(SWALLOW, 5), drawing("coot", 10))
    name_it(page, "yelu")
    send(page)
    done(page)


def draft(page: Page) -> None:
    pick(page, drawing(HERON), drawing(SWALLOW, 5), drawing("coot", 10))
    page.reload()
    expect(page.locator(".offer")).to_be_visible(timeout=60_000)


def two_wait(page: Page) -> None:
    page.evaluate(TWO_WAIT)
    page.route(RECORDS, fail)
    page.goto("/me")
    wait_app(page)
    expect(page.locator(".notice")).to_be_visible()


Act = Callable[[Page], None]
STATES: Sequence[tuple[str, Act, tuple[str, ...]]] = (
    # name, how it is come to, the routes that fail on purpose
    ("consent", consent, ()),
    ("photo", one_photo, ()),
    ("plant", plant, ()),
    ("thirty", thirty, ()),
    ("no-place", no_place, ()),
    ("places", places, ()),
    ("pasted", pasted, ()),
    ("map", on_the_map, ()),
    ("waiting", waiting, ("/api/v1/media",)),
    ("offline", offline, ("/api/v1/records",)),
    ("duplicate", duplicate, ()),
    ("advised", advised, ()),
    ("likely", likely, ()),
    ("refused", refused, ("/api/v1/media",)),
    ("receipt", receipt, ()),
    ("receipts", receipts_of_three, ()),
    ("draft", draft, ()),
    ("outbox", two_wait, ("/api/v1/records",)),
)


def from_an_empty_shelf(act: Act) -> Act:
    """The state, come to by somebody who has nothing on the phone yet."""

    def begin(page: Page) -> None:
        # a page without the recorder: it would send what waits before it is emptied
        page.goto("/healthz")
        page.unroute_all(behavior="ignoreErrors")
        page.evaluate(EMPTY_THE_SHELF)
        page.goto("/record")
        expect(page.locator(".shot[data-state=empty]")).to_be_visible(timeout=60_000)
        act(page)

    return begin
