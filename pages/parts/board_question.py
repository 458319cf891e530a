"""Two questions after a contribution, each asked once: the home district, and a name on boards."""

import streamlit as st

from observations.people.joining import choose_boards, choose_home_district
from observations.people.observer import ELSEWHERE, Observer
from observations.places.districts import DISTRICTS
from pages.parts import cards
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import _, language


def home_and_name(points: int) -> None:
    """Ask those of the two questions without an answer; the name only if there are `points`."""
    observer = visitor().observer
    if observer is None:
        return
    if observer.home_district is None:
        _ask_home()
    if observer.on_boards is None and points > 0:
        ask_name(observer)


def ask_name(observer: Observer) -> None:
    """Ask whether the boards may name the observer. One tap on /me takes the consent back."""
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
    names = {code: district.name(language()) for code, district in DISTRICTS.items()}
    names[ELSEWHERE] = _("不住杭州")
    question = _("你住在哪个区？")
    with st.container(key="card_home", gap="small"):
        note = _("绿点记在这个区的总数里。只问这一次。")
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
        choose_home_district(store(), device_id, chosen, DISTRICTS, known_now())


def _keep_name(is_named: bool) -> None:
    device_id = visitor().device_id
    if device_id:
        choose_boards(store(), device_id, is_named, known_now())
