"""The visitor's profile: nickname, home, three figures; and a form to change it."""

from collections.abc import Callable, Sequence
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from observations.base.clock import day_of
from observations.occurrences.own_records import Glance
from observations.people.joining import NICKNAME_LENGTH, choose_home_district, choose_nickname
from observations.people.observer import ELSEWHERE, Observer
from observations.places.districts import DISTRICTS
from observations.points.periods import Period, span
from observations.taxa.leaves import species_count
from pages.parts import cards, last_tap
from pages.parts.limits import allow, network_here
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.sighting import words as record_words
from pages.parts.taxa.checklist import all_taxa
from pages.parts.wording import _

NICKNAME, HOME, PROFILE = "me_nickname", "me_home", "me_profile"


def profile(observer: Observer, own: Sequence[Glance], points: int) -> None:
    """Nickname, home, points, species met, kilograms avoided; `own` are all their sightings."""
    me = observer.observer_id
    met = {record.taxon_id for record in own if record.is_met}
    species = species_count(taxon for taxon in all_taxa() if taxon.taxon_id in met)
    figures = (
        (_("绿点"), str(points), _waiting(me)),
        (_("遇见"), str(species), _("种")),
        (_("少排"), f"{store().actions.avoided_by(me):.1f}", _("千克")),
    )
    cell = '<div><dt>{}</dt><dd class="g-num">{}<small>{}</small></dd></div>'
    cells = Markup("").join(Markup(cell).format(*figure) for figure in figures)
    whole = (
        '<div class="g-card g-me"><div class="g-row"><span class="g-face">{}</span>'
        '<div class="g-grow"><h1 class="g-nick">{}</h1>{}</div>{}</div>'
        '<dl class="g-stats">{}</dl></div>'
    )
    demo = cards.demo_mark() if observer.is_demo else ""
    named = _("昵称只有你能改")
    cards.show(
        Markup(whole).format(
            cards.icon("blossom"),
            observer.nickname,
            cards.sub(f"{home_name(observer)} · {named}"),
            demo,
            cells,
        )
    )


def _waiting(observer_id: UUID) -> str:
    """The points that wait for verification, as the boards say them; "" where none do."""
    days = span(Period.ALL, day_of(known_now()))
    waiting = store().points.waiting_of([observer_id], days.first, days.last).get(observer_id, 0)
    return _("待核 {points}").format(points=f"{waiting:,}") if waiting else ""


def home_name(observer: Observer) -> str:
    """Where the observer lives."""
    if observer.home_district == ELSEWHERE:
        return _("不住杭州")
    if observer.home_district is None:
        return _("还没选住在哪个区")
    return record_words.district_name(observer.home_district)


def change_profile(observer: Observer) -> None:
    """The form for another nickname or another home."""
    with st.expander(_("改昵称，换住的区"), key="me_change"):
        last_tap.notice(PROFILE)
        st.text_input(
            _("昵称"),
            value=observer.nickname,
            max_chars=NICKNAME_LENGTH,
            key=NICKNAME,
            on_change=_keep_nickname,
        )
        codes = [*DISTRICTS, ELSEWHERE]
        home = observer.home_district
        st.selectbox(
            _("住在哪个区"),
            codes,
            index=codes.index(home) if home in codes else None,
            format_func=_place,
            key=HOME,
            placeholder=_("选一个区"),
            help=_("换了以后，往后的绿点记给新的地方，过去的榜不变。"),
            on_change=_keep_home,
        )


def _place(code: str) -> str:
    return _("不住杭州") if code == ELSEWHERE else record_words.district_name(code)


def _keep_nickname() -> None:
    def choose(device: UUID) -> str:
        allow("names", device, network_here())
        name = st.session_state[NICKNAME]
        choose_nickname(store(), device, name, known_now())
        return _("昵称换好了，现在叫“{name}”。").format(name=name.strip())

    _keep(choose)


def _keep_home() -> None:
    home = st.session_state[HOME]

    def choose(device: UUID) -> str:
        choose_home_district(store(), device, home, DISTRICTS, known_now())
        return _("记下了：{home}。往后的绿点记在这里。").format(home=_place(home))

    if home:
        _keep(choose)


def _keep(change: Callable[[UUID], str]) -> None:
    device_id = visitor().device_id
    if device_id:
        last_tap.do(lambda: change(device_id), PROFILE)
