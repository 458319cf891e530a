"""The staff's list of themes: the concerns in people's words, and the form to answer them."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st
from markupsafe import Markup

from observations.satisfaction.concern import (
    LONGEST_ANSWER,
    STATUS_NAMES,
    Raised,
    Status,
    ThemeAnswer,
)
from observations.satisfaction.dimensions import NAMES
from observations.satisfaction.themes import Theme, answer_theme
from observations.satisfaction.waves import wave_of
from pages.parts import cards, last_tap
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.url_choice import url_select
from pages.parts.wave_words import place_name, wave_name
from pages.parts.wording import _

OPEN = "themes_open"
SHOWN, SHOWN_THEMES = 20, 30
CHINESE = Markup('<span lang="zh">{}</span>')


def choose_wave(now: datetime) -> str:
    """The chosen wave; the choice starts with the running one."""
    names = {wave.wave_id: wave_name(wave) for wave in store().satisfaction.waves()}
    running = wave_of(now)
    names = {running.wave_id: wave_name(running)} | names
    if len(names) == 1:
        return running.wave_id
    return url_select(_("季度"), names, "wave", running.wave_id)


def choose_district(themes: Sequence[Theme]) -> str:
    """The chosen district, "" for all; those with most unanswered concerns come first."""
    waiting: dict[str, int] = {}
    for theme in themes:
        waiting[theme.district] = waiting.get(theme.district, 0) + len(theme.waiting)
    order = sorted(waiting, key=lambda district: (-waiting[district], district))
    names = {"": _("全市（{count} 条等答复）").format(count=sum(waiting.values()))}
    for district in order:
        names[district] = _("{place}（{count}）").format(
            place=place_name(district), count=waiting[district]
        )
    return url_select(_("区县市"), names, "district", "")


def nothing() -> None:
    """Say that nobody is unhappy, or nobody said so."""
    cards.show(
        cards.empty(
            "smile", _("这一季还没有人说不满意"), _("有人打了低分、说了为什么，就会列在这里。")
        )
    )


def listing(wave_id: str, themes: Sequence[Theme]) -> None:
    """Draw the themes, most waiting first; one at a time is open."""
    for theme in themes[:SHOWN_THEMES]:
        key = f"{theme.district}_{theme.dimension}"
        title = _("{place} · {what}：{waiting} 条等答复，共 {all}").format(
            place=place_name(theme.district),
            what=_(NAMES[theme.dimension]),
            waiting=len(theme.waiting),
            all=len(theme.raised),
        )
        with st.expander(title, key=f"theme_{key}", on_change="rerun") as opened:
            if opened.open:
                _voices(theme)
                _answer(wave_id, theme, key)


def _voices(theme: Theme) -> None:
    ordered = sorted(theme.raised, key=lambda one: one.first_answered is not None)
    lines = Markup("").join(_voice(one) for one in ordered[:SHOWN])
    cards.show(Markup('<ul class="g-list">{}</ul>').format(lines))


def _voice(one: Raised) -> Markup:
    concern = one.concern
    place = [concern.place_name] if concern.place_name else []
    if concern.latitude is not None and concern.longitude is not None:
        place.append(f"{concern.latitude:.5f}, {concern.longitude:.5f}")
    photo = Markup("")
    if source := cards.photo(concern.photo, "thumb"):
        large = cards.photo(concern.photo, "large")
        shown = cards.picture(source, _("附上的照片"), small=True)
        photo = Markup('<a href="{}" target="_blank" rel="noopener">{}</a>').format(large, shown)
    facts = " · ".join([str(one.raised_on), *place])
    words = CHINESE.format(one.words) if one.words else _("没有写字")
    state = cards.badge(_(STATUS_NAMES[one.status]), "ok", "ok") if one.status else Markup("")
    whole = '<li>{}<span class="g-grow">{}<br><span class="g-sub">{}</span></span>{}</li>'
    return Markup(whole).format(photo, words, facts, state)


def _answer(wave_id: str, theme: Theme, key: str) -> None:
    """The form under a theme; what is typed stays when the answer is refused."""
    with st.container(key=f"answer_{key}", gap="small"):
        names = {status: _(STATUS_NAMES[status]) for status in Status}
        st.pills(
            _("办得怎么样"),
            list(names),
            default=Status.DONE,
            format_func=names.__getitem__,
            key=f"status_{key}",
            required=True,
        )
        st.text_area(
            _("做了什么（会公开）"), key=f"words_{key}", max_chars=LONGEST_ANSWER, height=120
        )
        st.button(
            _("答复"),
            key=f"send_{key}",
            type="primary",
            width="stretch",
            on_click=_answering,
            args=(wave_id, theme, key),
        )


def _answering(wave_id: str, theme: Theme, key: str) -> None:
    status = st.session_state.get(f"status_{key}") or Status.DONE
    words = st.session_state.get(f"words_{key}") or ""
    answer = ThemeAnswer(theme.district, theme.dimension, status, words, known_now())

    def answered() -> str:
        count = answer_theme(store(), visitor().person, wave_id, answer)
        st.session_state[f"words_{key}"] = ""
        return _("{place} · {what}：答复了 {count} 人。").format(
            place=place_name(theme.district), what=_(NAMES[theme.dimension]), count=count
        )

    last_tap.do(answered)
