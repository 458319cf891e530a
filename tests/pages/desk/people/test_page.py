"""An admin keeps the accounts of the staff."""

import re

from observations.base.clock import now_utc
from observations.base.roles import OPERATOR, Role
from observations.people.accounts import account_named, add_account
from observations.people.signing_in import sign_in
from pages.parts import runtime
from tests.support.site import PASSWORD, Site

PAGE = "desk/people/page.py"


def text_of(page) -> str:
    return " ".join(element.body for element in page.get("html"))


def test_a_colleague_is_added_and_signs_in_with_the_password_shown_once(site: Site) -> None:
    site.sign_in(Role.ADMIN)
    page = site.open(PAGE)
    page.text_input(key="new_username").set_value("周衡")
    page.button(key="add_account").click().run()
    assert "太像了" in text_of(page)
    assert page.text_input(key="new_username").value == "周衡"
    page.text_input(key="new_username").set_value("林夏")
    page.button(key="add_account").click().run()
    assert not page.exception
    password = re.search(r"密码是 (\S+) 。", text_of(page))[1]
    assert sign_in(runtime.store(), "林夏", password, None, now_utc())
    page.run()
    assert password not in text_of(page)


def test_an_account_is_renamed_demoted_closed_and_opened_again(site: Site) -> None:
    site.sign_in(Role.ADMIN)
    store = runtime.store()
    other = add_account(store, OPERATOR, "*林* :red[夏]", PASSWORD, Role.ADMIN, now_utc())
    key = other.staff_id.hex
    page = site.open(PAGE)
    assert any(r"\*林\* \:red\[夏\]" in one.label for one in page.expander)
    page.session_state[f"account_{key}"] = True
    page.run()
    page.text_input(key=f"name_{key}").set_value("林夏")
    page.button(key=f"rename_{key}").click().run()
    assert account_named(store, "林夏").staff_id == other.staff_id
    page.session_state[f"account_{key}"] = True
    page.run()
    page.button_group(key=f"role_{key}").set_value(Role.ORGANISER)
    page.button(key=f"set_role_{key}").click().run()
    assert account_named(store, "林夏").role is Role.ORGANISER
    page.button(key=f"disable_{key}").click().run()
    assert account_named(store, "林夏").is_disabled
    page.button(key=f"enable_{key}").click().run()
    assert not account_named(store, "林夏").is_disabled
    assert not page.exception


def test_the_last_admin_is_told_why_they_stay(site: Site) -> None:
    site.sign_in(Role.ADMIN)
    mine = account_named(runtime.store(), "周衡")
    page = site.open(PAGE)
    page.session_state[f"account_{mine.staff_id.hex}"] = True
    page.run()
    page.button(key=f"disable_{mine.staff_id.hex}").click().run()
    assert "最后一位管理员" in text_of(page)
    assert not account_named(runtime.store(), "周衡").is_disabled


def test_a_verifier_is_not_let_in(site: Site) -> None:
    site.sign_in(Role.VERIFIER)
    assert "同事的账号" not in text_of(site.open(None))


def test_a_group_and_a_district_are_given_to_a_colleague_and_taken_back(site: Site) -> None:
    site.sign_in(Role.ADMIN)
    store = runtime.store()
    other = add_account(store, OPERATOR, "林夏", PASSWORD, Role.VERIFIER, now_utc())
    key = other.staff_id.hex
    page = site.open(PAGE)
    page.session_state[f"account_{key}"] = True
    page.run()
    page.button(key=f"assign_{key}").click().run()
    assert "选一个类群，或一个区县" in text_of(page)
    page.session_state[f"account_{key}"] = True
    page.run()
    page.selectbox(key=f"group_{key}").set_value("bird")
    page.selectbox(key=f"district_{key}").set_value("330106")
    page.button(key=f"assign_{key}").click().run()
    assert "西湖区 鸟类 归 林夏 看了。" in text_of(page)
    (made,) = store.desk.assignments()
    assert (made.staff_id, made.group_code, made.district) == (other.staff_id, "bird", "330106")
    page.session_state[f"account_{key}"] = True
    page.run()
    page.button(key=f"drop_{made.assignment_id.hex}_{key}").click().run()
    assert "不再归 林夏 看" in text_of(page)
    assert not page.exception and store.desk.assignments() == []
