"""Two questions, each asked once: the home district on a receipt, and a name on the boards."""

from functools import partial
from uuid import UUID

import streamlit as st

from observations.people.joining import choose_boards, choose_home_district
from observations.people.observer import ELSEWHERE, Observer
from observations.places.districts import DISTRICTS
from pages.parts import cards, last_tap
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import _, language

ASKED = "board_question"


def ask_home() -> None:
    """Ask where the observer lives, until it is answered."""
    observer = visitor().observer
    last_tap.notice(ASKED)
    if observer and observer.home_district is None:
        _ask_home()


def ask_name(observer: Observer) -> None:
    """Ask on the boards whether they may name the observer, until it is answered.

    One tap on /me takes the consent back.
    """
    last_tap.notice(ASKED)
    if observer.on_boards is not None or store().points.balance_of(observer.observer_id) <= 0:
        return
    with st.container(key="card_name", gap="small"):
        question = _("榜单上写你的昵称“{name}”吗？").format(name=observer.nickname)
        note = _("不写也照样计分，只有你看得到自己的名次。随时可以在“我的”里改。")
        cards.show(cards.heading(question), cards.sub(note))
        with st.container(horizontal=True, gap="small"):
            for text, is_named in ((_("写上昵称"), True), (_("不写"), False)):
                st.button(
                    text,
                    key=f"board_name_{is_named}",
                    width="stretch",
                    on_click=_keep_name,
                    args=(is_named,),
                )


def _ask_home() -> None:
    names, question = _homes(), _("你住在哪个区？")
    with st.container(key="card_home", gap="small"):
        note = _("往后的绿点记在这个区的总数里。只问这一次。")
        cards.show(cards.heading(question), cards.sub(note))
        st.pills(
            question,
            list(names),
            format_func=names.__getitem__,
            key="board_home",
            label_visibility="collapsed",
            on_change=_keep_home,
        )


def _keep_home() -> None:
    chosen, device_id = st.session_state.get("board_home"), visitor().device_id
    if chosen and device_id:
        last_tap.do(partial(_choose_home, device_id, chosen), ASKED)


def _choose_home(device_id: UUID, chosen: str) -> str:
    choose_home_district(store(), device_id, chosen, DISTRICTS, known_now())
    return _("记下了：{home}。往后的绿点记在这里。").format(home=_homes()[chosen])


def _keep_name(is_named: bool) -> None:
    device_id = visitor().device_id
    if device_id:
        last_tap.do(partial(choose_name, device_id, is_named), ASKED)


def choose_name(device_id: UUID, is_named: bool) -> str:
    """Let the boards name the observer, or not; what is said of it."""
    choose_boards(store(), device_id, is_named, known_now())
    if is_named:
        return _("好，榜单上写你的昵称。随时可以在“我的”里退出。")
    return _("好，榜单上不写你的昵称，绿点照样算。")


def _homes() -> dict[str, str]:
    names = {code: district.name(language()) for code, district in DISTRICTS.items()}
    return names | {ELSEWHERE: _("不住杭州")}
