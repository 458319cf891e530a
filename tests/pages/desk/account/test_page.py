"""Staff set up their second step and change their password; a session that ended says so."""

import pyotp

from observations.base.clock import now_utc
from observations.base.roles import Role
from observations.people.accounts import account_named
from observations.people.second_step import secret_of
from observations.people.signing_in import sign_in, sign_out
from pages.desk.account import second_step
from pages.parts import runtime
from pages.parts.session import STAFF_COOKIE
from tests.support.site import PASSWORD, Site

PAGE = "desk/account/page.py"


def text_of(page) -> str:
    return " ".join(element.body for element in page.get("html"))


def test_a_second_step_is_set_up_with_spare_codes_shown_once(site: Site) -> None:
    site.sign_in(Role.VERIFIER)
    store = runtime.store()
    staff_id = account_named(store, "周衡").staff_id
    page = site.open(PAGE)
    page.text_input(key=second_step.FIGURES).set_value("000000")
    page.button(key="start_second_step").click().run()
    assert "这个码不对" in text_of(page)
    seed = page.session_state[second_step.SEED]
    phone = pyotp.TOTP(secret_of(runtime.settings().secret, staff_id, seed))
    page.text_input(key=second_step.FIGURES).set_value(phone.at(now_utc()))
    page.button(key="start_second_step").click().run()
    assert not page.exception
    assert text_of(page).count("<li") == 8
    page.button(key="spare_codes_done").click().run()
    assert "备用码还剩 8 个" in text_of(page)
    assert account_named(store, "周衡").has_second_step


def test_where_it_is_asked_for_nothing_goes_before_it_is_set_up(site: Site, monkeypatch) -> None:
    monkeypatch.setenv("LUJI_SECOND_STEP", "1")
    runtime.close()
    site.sign_in(Role.VERIFIER)
    page = site.open("desk/names/page.py")
    assert "先开两步登录" in text_of(page)
    assert "两步登录" in text_of(site.open(PAGE))
    assert not site.open(PAGE).exception


def test_the_password_is_changed_by_who_knows_it(site: Site) -> None:
    site.sign_in(Role.VERIFIER)
    page = site.open(PAGE)
    page.text_input(key="current").set_value("wrong")
    page.text_input(key="fresh").set_value("a new long one")
    page.button(key="change_password").click().run()
    assert "密码不对" in text_of(page)
    page.text_input(key="current").set_value(PASSWORD)
    page.button(key="change_password").click().run()
    assert "密码换好了" in text_of(page)
    assert sign_in(runtime.store(), "周衡", "a new long one", None, now_utc())


def test_a_session_that_ended_says_so_and_leads_back(site: Site) -> None:
    site.sign_in(Role.VERIFIER)
    sign_out(runtime.store(), site.cookies[STAFF_COOKIE], now_utc())
    text = text_of(site.open("desk/names/page.py", q="夜鹭"))
    assert "登录已经结束" in text
    assert "/staff/login?next=" in text
    del site.cookies[STAFF_COOKIE]


def test_who_decides_may_be_written_to_where_letters_are_sent(site: Site, monkeypatch) -> None:
    site.sign_in(Role.VERIFIER)
    assert "写信给我" not in text_of(site.open(PAGE))
    monkeypatch.setenv("LUJI_PUBLIC_URL", "https://luji.example")
    monkeypatch.setenv("LUJI_SMTP_URL", "smtps://mail.example.cn")
    monkeypatch.setenv("LUJI_SMTP_FROM", "luji@example.cn")
    runtime.close()
    staff_id = account_named(runtime.store(), "周衡").staff_id
    page = site.open(PAGE)
    page.text_input(key="mail_address").set_value("周衡@邮箱")
    page.button(key="choose_mail").click().run()
    assert "不像能收到信的" in text_of(page)
    assert page.text_input(key="mail_address").value == "周衡@邮箱"  # what was typed is kept
    page.text_input(key="mail_address").set_value("zhou@example.cn")
    page.checkbox(key="mail_alerts").uncheck()
    page.button(key="choose_mail").click().run()
    assert "写到 zhou@example.cn" in text_of(page)
    wish = runtime.store().people.mail_wish(staff_id)
    assert (wish.address, wish.wants_digest, wish.wants_alerts) == ("zhou@example.cn", True, False)
    page = site.open(PAGE)
    assert page.text_input(key="mail_address").value == "zhou@example.cn"
    page.text_input(key="mail_address").set_value("")
    page.button(key="choose_mail").click().run()
    assert "不再写信" in text_of(page)
    assert runtime.store().people.mail_wish(staff_id) is None

    site.sign_in(Role.ORGANISER, "林夏")
    assert "写信给我" not in text_of(site.open(PAGE))
