"""Setting up the second step: a code to scan, six figures to show that it works, spare codes."""

import segno
import streamlit as st
from markupsafe import Markup

from observations.people.second_step import (
    address_of,
    make_seed,
    secret_of,
    start_second_step,
)
from observations.people.staff import Staff
from pages.parts import cards
from pages.parts.guard import signed_in
from pages.parts.last_tap import do
from pages.parts.limits import short_key
from pages.parts.runtime import known_now, settings, store
from pages.parts.tries import Tries
from pages.parts.wording import _

SEED, SPARE, FIGURES, ANEW = (
    "second_step_seed",
    "spare_codes",
    "second_step_code",
    "second_step_anew",
)
tries = Tries()


def section(staff: Staff) -> None:
    """What is set up, or the form to do it."""
    with st.container(key="card_second_step", gap="small"):
        cards.show(cards.heading(_("两步登录")))
        if spare := st.session_state.get(SPARE):
            _spare_codes(spare)
        elif staff.has_second_step and not st.session_state.get(ANEW):
            _state(staff)
        else:
            _form(staff)


def _state(staff: Staff) -> None:
    left = store().people.count_spare_codes(staff.staff_id)
    words = _("已经开了。登录时除了密码，还要手机上的六位数字。备用码还剩 {count} 个。")
    cards.show(cards.note(words.format(count=left), "ok", mark="ok"))
    st.button(_("换一部手机，或换一批备用码"), key="second_step_again", on_click=_begin_anew)


def _begin_anew() -> None:
    st.session_state[ANEW] = True


def _form(staff: Staff) -> None:
    seed = st.session_state.setdefault(SEED, make_seed())
    secret = secret_of(settings().secret, staff.staff_id, seed)
    picture = segno.make(address_of(secret, staff.username), error="m").svg_data_uri(
        scale=5, border=4, light="#fff"
    )
    how = _("用手机上的验证器（微信小程序、系统自带的密码本都行）扫这张图，再填它显示的六位数字。")
    image = Markup('<p><img src="{}" alt="{}" width="220" height="220"></p>')
    typed = _("扫不了就手动输入：{secret}").format(secret=_spaced(secret))
    cards.show(Markup("<p>{}</p>").format(how))
    cards.show(image.format(picture, _("两步登录的码")))
    cards.show(cards.sub(typed))
    st.text_input(_("六位数字"), key=FIGURES, max_chars=10, autocomplete="one-time-code")
    st.button(_("开两步登录"), key="start_second_step", type="primary", on_click=lambda: do(_start))


def _spaced(secret: str) -> str:
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def _start() -> str:
    staff = signed_in().staff
    assert staff is not None
    key = short_key(("new second step", staff.username))
    tries.begin(key)
    spare = start_second_step(
        store(),
        settings().secret,
        staff.staff_id,
        st.session_state[SEED],
        st.session_state[FIGURES],
        known_now(),
    )
    tries.forget(key)
    del st.session_state[SEED]
    st.session_state[ANEW], st.session_state[SPARE] = False, spare
    return _("两步登录开好了。")


def _spare_codes(spare: list[str]) -> None:
    words = _("这些备用码只显示这一次。手机丢了，一个能登录一次；抄下来，放在手机以外的地方。")
    lines = Markup("").join(Markup("<li class='g-num'>{}</li>").format(one) for one in spare)
    cards.show(cards.note(words, "warn", mark="key"), Markup("<ul>{}</ul>").format(lines))
    st.button(_("抄好了"), key="spare_codes_done", on_click=_forget_spare)


def _forget_spare() -> None:
    st.session_state.pop(SPARE, None)
