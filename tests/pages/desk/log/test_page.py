"""An admin reads who did what."""

from observations.base.clock import now_utc
from observations.base.roles import Person, Role
from observations.people.accounts import account_named, add_account, change_role
from pages.parts import runtime
from tests.support.site import PASSWORD, Site

PAGE = "desk/log/page.py"


def text_of(page) -> str:
    return " ".join(element.body for element in page.get("html"))


def test_a_change_is_told_with_who_what_before_and_after(site: Site) -> None:
    site.sign_in(Role.ADMIN)
    store, now = runtime.store(), now_utc()
    mine = account_named(store, "周衡")
    admin = Person(staff_id=mine.staff_id, role=Role.ADMIN)
    other = add_account(store, admin, "<b>林夏", PASSWORD, Role.VERIFIER, now)
    change_role(store, admin, other.staff_id, Role.ORGANISER, now)
    page = site.open(PAGE, what="staff.role_changed")
    assert not page.exception
    text = text_of(page)
    assert "周衡 换了角色" in text and "核实员 → 组织者" in text and "还没封" in text
    assert "<b>林夏" not in text
    page.text_input(key="q").set_value("没有这个人").run()
    assert "没有这样的记录" in text_of(page)


def test_a_senseless_address_shows_the_log_all_the_same(site: Site) -> None:
    site.sign_in(Role.ADMIN)
    page = site.open(PAGE, what="x", since="昨天", until="9999-99-99", after="%00", q="x" * 999)
    assert not page.exception
