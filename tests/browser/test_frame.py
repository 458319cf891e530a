"""The frame in a real browser: first words, tabs, language, links that do not load anew."""

from playwright.sync_api import BrowserContext, expect

from tests.browser.devices import wait_app


def test_the_first_words_need_no_script_of_streamlits(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.route("**/static/**/*.js", lambda route: route.abort())

    page.goto("/")

    expect(page.get_by_role("heading", name="你在杭州遇见了谁？")).to_be_visible()


def test_the_tab_we_are_on_is_marked_for_a_screen_reader(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto("/boards")
    wait_app(page)

    tabs = page.locator(".st-key-tabs a")

    expect(tabs).to_have_count(5)
    expect(page.locator(".st-key-tabs a[aria-current=page]")).to_have_text("榜单")


def test_a_desktop_shows_the_bar_and_no_tabs(desktop: BrowserContext) -> None:
    page = desktop.new_page()
    page.goto("/about")
    wait_app(page)

    expect(page.locator(".st-key-topnav")).to_be_visible()
    expect(page.locator(".st-key-tabs")).to_be_hidden()


def test_the_skip_link_is_said_in_chinese(desktop: BrowserContext) -> None:
    page = desktop.new_page()
    page.goto("/about")
    wait_app(page)

    expect(page.get_by_text("跳到正文")).to_be_attached()


def test_a_footer_link_leads_to_its_section_without_loading_anew(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto("/")
    wait_app(page)
    page.evaluate("window.isTheSamePage = true")

    page.locator(".g-foot").get_by_text("隐私").tap()

    expect(page.locator("#privacy")).to_be_in_viewport()
    assert page.evaluate("window.isTheSamePage")
    assert page.url.endswith("/about#privacy")


def test_the_language_link_keeps_the_page(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto("/about")
    wait_app(page)

    page.get_by_role("link", name="English").tap()

    expect(page.get_by_role("heading", name="Who runs this")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/about")
