"""What the satisfaction page says around its questions."""

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from observations.people.observer import ELSEWHERE
from observations.satisfaction.dimensions import QUESTIONNAIRES
from observations.satisfaction.responses import Response
from observations.satisfaction.tiers import PROVEN
from observations.satisfaction.waves import Wave
from pages.parts import bars, cards, last_tap, site
from pages.parts.dates import written
from pages.parts.session import visitor
from pages.parts.wave_words import place_name, wave_name
from pages.parts.wording import _

REFUSED = "satisfaction_refusal"
"""Where the sentence of the last refusal waits to be shown beside the button."""


def opening(wave: Wave, version: int, home: str | None, has_answered: bool) -> None:
    """Name the district and the quarter, and say that the survey is our own."""
    district = home if home != ELSEWHERE else None
    head = _("给{district}的环境打个分").format(district=place_name(district)) if district else ""
    facts = _("{wave} · 不记名 · {count} 题，约一分钟。说不清的可以跳过。").format(
        wave=wave_name(wave), count=len(QUESTIONNAIRES[version])
    )
    again = _("这一季你已经评过，下面是上次的回答，改了再交就好。") if has_answered else ""
    cards.show(
        cards.title(head or _("给你住的地方打个分"), facts),
        cards.sub(
            Markup('<span class="g-demo">{}</span> {}').format(
                _("非官方"), _("本应用自己的季度问卷，和省里的年度调查无关。")
            )
        ),
        cards.note(again, "g-after") if again else "",
    )


def elsewhere() -> None:
    """Tell who does not live here that the survey is for those who do."""
    cards.show(
        cards.empty(
            "smile",
            _("评分留给住在这里的人"),
            _("每个区的分数，只算住在那里的人的感受。你在杭州遇见的自然，一样可以记录。"),
            Markup("<p>{}</p>").format(cards.button(_("去记录"), "/record")),
        )
    )
    tabs()


def refusal() -> None:
    """Say beside the button, until something changes, what the last attempt was refused for."""
    last_tap.notice(REFUSED)


def send(answered: int, is_change: bool, is_waiting: bool, keep: Callable[[], None]) -> None:
    """Draw the button; while a photo is on its way it waits, and says so."""
    words = _("改成这样（已答 {count} 题）") if is_change else _("交上评分（已答 {count} 题）")
    label = _("照片还在路上…") if is_waiting else words.format(count=answered)
    st.button(
        label,
        key="satisfaction_send",
        type="primary",
        width="stretch",
        on_click=keep,
        disabled=is_waiting,
    )


def closed(wave: Wave, has_board: bool) -> None:
    """Say that this quarter's wave is not open, and offer another page meanwhile.

    That is the last board, or, before there is one (`has_board` is False), something outdoors.
    """
    if has_board:
        text = _("每季度开放一次，开放时这里就能评。先看看各区上一次得了多少分。")
        button = cards.button(_("看看满意度榜"), "/boards?board=satisfaction")
    else:
        text = _("每季度开放一次，开放时这里就能评。在那以前，先去记下身边的自然。")
        button = cards.button(_("去记录"), "/record")
    head = _("{wave}的评分没有开放").format(wave=wave_name(wave))
    cards.show(cards.empty("rate", head, text, Markup("<p>{}</p>").format(button)))
    tabs()


def receipt(response: Response, state_key: str, why: Callable[[Response], None]) -> None:
    """Confirm what is stored, and let it be changed: that removes `state_key` from the session.

    `why` asks for what was left unsaid about a low answer.
    """
    wave = Wave.named(response.wave_id)
    text = _("{wave}，{district}。{last}之前都可以改。").format(
        wave=wave_name(wave),
        district=place_name(response.district),
        last=written(wave.last_day, _("M 月 d 日")),
    )
    is_proven = response.circumstances.tier in PROVEN
    last_step = _("算进名次") if is_proven else _("写在名次旁边")
    next_steps = cards.steps([_("已收到"), _("和同区的人平均"), last_step], done=1)
    board = cards.button(_("看看满意度榜"), "/boards?board=satisfaction")
    after = Markup('<div class="g-after">{}</div>')
    cards.show(cards.receipt(_("已收到"), text, after.format(next_steps), after.format(board)))
    why(response)
    if not is_proven:
        words = _("领到居住码以后，点“改一改”填上，你的回答就算进名次。")
        cards.show(cards.note(words, "g-after"))
    with st.container(key="big"):
        label, key = _("改一改"), "satisfaction_change"
        st.button(label, key=key, width="stretch", on_click=_forget, args=(state_key,))
    tabs()


def tabs() -> None:
    """Draw the phone's tabs, which give way to the button only while there is one."""
    entries = site.open_to(visitor().person)
    bars.tabs(entries, next(entry for entry in entries if entry.path == "satisfaction"))


def _forget(state_key: str) -> None:
    st.session_state.pop(state_key, None)
