"""`make shots` finds what it promises to find."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import faults

WIDE = '<main class="stMain" style="overflow:auto"><p style="width:900px">x</p></main>'
SCROLLS_INSIDE = '<div style="overflow-x:auto;width:300px"><p style="width:900px">x</p></div>'
IN_SHADOW = """<div id=host></div><script>
    document.getElementById('host').attachShadow({mode: 'open'}).innerHTML = `%s`;
</script>"""


@pytest.fixture
def small(browser: Browser) -> Page:
    return browser.new_page(viewport={"width": 320, "height": 640})


def test_sideways_scrolling_is_found_with_its_cause(small: Page) -> None:
    small.set_content(WIDE)

    assert faults.overflow(small, 320) == ["overflow at 320: p. reaches 908"]


def test_what_scrolls_inside_its_own_box_is_fine(small: Page) -> None:
    small.set_content(SCROLLS_INSIDE)

    assert faults.overflow(small, 320) == []


@pytest.mark.parametrize(
    "body",
    [
        "<p>水</p>",
        '<button aria-label="发送">x</button>',
        '<input placeholder="名字">',
        IN_SHADOW % "<p>水</p>",
    ],
)
def test_chinese_on_an_english_page_is_found(small: Page, body: str) -> None:
    small.set_content(body)

    assert list(faults.untranslated(small, "en"))


@pytest.mark.parametrize(
    "body", ['<p lang="zh">夜鹭</p>', "<p hidden>水</p>", IN_SHADOW % '<p lang="zh-CN">水</p>']
)
def test_chinese_that_says_so_is_spared(small: Page, body: str) -> None:
    small.set_content(body)

    assert list(faults.untranslated(small, "en")) == []


def test_streamlits_english_on_a_chinese_page_is_found(small: Page) -> None:
    small.set_content("<p>Press Enter to apply</p>")

    assert list(faults.untranslated(small, "zh"))


def test_a_picture_that_did_not_load_is_found(small: Page) -> None:
    small.set_content(IN_SHADOW % "<img src='data:image/png;base64,AAAA'>")
    small.wait_for_function("document.getElementById('host').shadowRoot.children[0].complete")

    assert faults.broken_pictures(small)


def test_errors_and_other_hosts_are_overheard(browser: Browser) -> None:
    context = browser.new_context()
    watch = faults.Watch(context, "localhost:1")
    page = context.new_page()
    page.route("http://elsewhere.test/**", lambda route: route.fulfill(body="ok"))
    with page.expect_event("pageerror"), page.expect_request_finished():
        page.set_content(
            "<script>console.error('oh'); fetch('http://elsewhere.test/x');"
            "setTimeout(() => { throw new Error('bad') })</script>"
        )
    told = " ".join(watch.taken())
    context.close()

    assert "console: oh" in told
    assert "bad" in told
    assert "asks another host: http://elsewhere.test/x" in told


@pytest.mark.parametrize(
    ("path", "is_streamlits"),
    [
        ("/record/_stcore/health", True),
        ("/me/_stcore/host-config", True),
        ("/_stcore/health", False),
    ],
)
def test_only_streamlits_own_search_for_its_base_is_excused(path: str, is_streamlits: bool) -> None:
    assert bool(faults.FINDING_ITS_BASE.match(path)) == is_streamlits
