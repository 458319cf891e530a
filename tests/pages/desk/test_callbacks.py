"""What a page of staff does when its button is pressed by somebody who may not, or no longer.

The button was drawn for an admin; who presses it is another by then: signed out in another tab,
closed, demoted. The page is drawn for the other, and nothing was written.
"""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from observations.base.clock import now_utc
from observations.base.ids import new_id
from observations.base.roles import Person, Role, may
from observations.log.entries import Question
from pages.parts import runtime, site
from pages.parts.session import STAFF_COOKIE
from pages.parts.site import Entry
from tests.support.cast import HE_QING
from tests.support.desks import fill_the_desks
from tests.support.sightings import phone
from tests.support.site import FRAME, PATIENCE_S, Site

GONE = "gone"
MOST = 14  # buttons of a page, each of another kind


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, dict[str, str]]]:
    """A site with something on each desk, and the cookies of an admin and of each other role."""
    home = tmp_path_factory.mktemp("desks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LUJI_HOME", str(home))
        patch.delenv("LUJI_DATABASE_URL", raising=False)
        whole = Site(home, patch)
        whole.arrive()
        tokens = {GONE: "a session that ended"}
        for role in Role:
            whole.sign_in(role, f"{role}")
            tokens[role] = whole.cookies[STAFF_COOKIE]
        fill_the_desks(phone(runtime.store(), now_utc()), HE_QING, 3, 1)
        yield whole, tokens
        whole.close()


def kinds(page: AppTest) -> list[str]:
    """The keys of the page's buttons, one of each kind: `end_7f…` and `end_8a…` are of one."""
    first = {}
    for button in page.button:
        if button.key and not button.disabled:
            first.setdefault(button.key.partition("_")[0] + button.label, button.key)
    return list(first.values())[:MOST]


def written() -> object:
    """The newest line of the log: every change adds one."""
    return [one.line.entry_id for one in runtime.store().log.told(Question(), None, 1)]


DESKS = site.desks(site.written())


@pytest.mark.parametrize("entry", DESKS, ids=lambda entry: entry.path)
def test_a_button_does_nothing_for_who_may_not_press_it(
    full: tuple[Site, dict[str, str]], entry: Entry
) -> None:
    whole, tokens = full
    others = [one for one in Role if not may(Person(new_id(), new_id(), one), entry.action)]
    page = AppTest.from_file(str(FRAME), default_timeout=PATIENCE_S)
    whole.cookies[STAFF_COOKIE] = tokens[Role.ADMIN]
    page.run()
    page.switch_page(str(FRAME.parent / entry.script)).run()
    pressed = 0
    for number, key in enumerate(kinds(page)):
        visitor = [GONE, *others][number % (len(others) + 1)]
        whole.cookies[STAFF_COOKIE] = tokens[Role.ADMIN]
        page.run()
        button = next((one for one in page.button if one.key == key), None)
        if button is None:
            continue
        before = written()
        whole.cookies[STAFF_COOKIE] = tokens[visitor]
        button.click().run()
        pressed += 1
        assert not page.exception, (key, visitor)
        assert written() == before, (key, visitor)
    assert pressed or not kinds(page)
