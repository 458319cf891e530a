"""Who is here: asked once a run, and never older than the run or than what the run wrote."""

from datetime import UTC, datetime

from streamlit.testing.v1 import AppTest

from observations.people.signing_in import sign_out
from pages.parts import runtime
from pages.parts.session import STAFF_COOKIE
from tests.support.sightings import record
from tests.support.site import Site
from tests.support.statements import counted

PRESENCE = "people.presence"


def test_a_run_asks_once_who_is_here(site: Site) -> None:
    record(runtime.store(), site.arrive(consents=True))
    page = site.open("visit/me/page.py")

    with counted() as names:
        page.run()

    assert not page.exception
    assert names.count(PRESENCE) == 1


def test_the_next_run_knows_who_signed_out(site: Site) -> None:
    site.arrive()
    site.sign_in()
    page = site.open("desk/verify/page.py")
    assert "都看完了" in _text(page)

    sign_out(runtime.store(), site.cookies[STAFF_COOKIE], datetime.now(UTC))
    page.run()

    assert "登录已经结束" in _text(page)


def test_another_session_is_somebody_else(site: Site) -> None:
    record(runtime.store(), site.arrive(consents=True))
    assert "改昵称" in _labels(site.open("visit/me/page.py"))

    site.cookies.clear()
    site.arrive()

    assert "改昵称" not in _labels(site.open("visit/me/page.py"))


def test_what_a_tap_changed_is_shown_by_the_same_run(site: Site) -> None:
    record(runtime.store(), site.arrive(consents=True))
    page = site.open("visit/me/page.py")

    page.text_input(key="me_nickname").set_value("河边的夜鹭").run()

    assert "河边的夜鹭" in _text(page)


def _text(page: AppTest) -> str:
    assert not page.exception, page.exception[0].message
    return " ".join(element.body for element in page.get("html"))


def _labels(page: AppTest) -> str:
    return " ".join(expander.label for expander in page.expander)
