"""Patterns of answers that weigh less, for staff to look at and restore."""

from datetime import datetime

import streamlit as st

from observations.satisfaction.figures.manipulation import REASON_NAMES
from observations.satisfaction.publication.patterns import SeenPattern, patterns_for, restore
from observations.satisfaction.waves import Wave, wave_of
from pages.desk.waves.wave import attempt
from pages.parts import cards
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wave_words import place_name
from pages.parts.wording import _

CITY = "330100"


def patterns(now: datetime) -> None:
    """List the patterns of the running wave, each with a button that restores it."""
    wave = wave_of(now)
    rows = patterns_for(store(), visitor().person, wave, now)
    with st.container(key="card_patterns", gap="small"):
        text = _(
            "没有居住证明、又像商量好的回答，合在一起只算碰巧会有的那么几份；一份也没有删。"
            "看一眼：要是一所学校、一个单位真的都这么想，就恢复，下次公布时起算全。"
        )
        cards.show(cards.heading(_("成片的回答")), cards.sub(text))
        if not rows:
            cards.show(cards.sub(_("这一季没有。")))
        for one in rows:
            _pattern(wave, one)


def _pattern(wave: Wave, one: SeenPattern) -> None:
    place = place_name(one.pattern.district or CITY)
    facts = _("{count} 份，{networks} 个网络，{first} 至 {last}，每份算 {weight}").format(
        count=one.sheets,
        networks=one.networks,
        first=one.first_day,
        last=one.last_day,
        weight=f"{one.pattern.weight:.2f}",
    )
    reason = _(REASON_NAMES[one.pattern.reason])
    cards.show(cards.row(f"{place} · {reason}", facts))
    st.button(
        _("已经恢复") if one.is_restored else _("恢复"),
        key=f"restore_{one.pattern.name}",
        width="stretch",
        disabled=one.is_restored,
        on_click=_restoring,
        args=(wave, one.pattern.name),
    )


def _restoring(wave: Wave, name: str) -> None:
    done = _("恢复了，下次公布时起算全。")
    attempt(done, restore, store(), visitor().person, wave, name, known_now())
