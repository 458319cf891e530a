"""The form of a festival for its organiser, and a card for each festival."""

from collections import Counter
from collections.abc import Callable, Iterator
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.wording import N_
from observations.festivals.festival import (
    IDENTIFICATION_DAYS,
    LONGEST_DAYS,
    LONGEST_GRACE,
    MOST_TARGETS,
    NAME_LENGTH,
    RULES_LENGTH,
    UPLOAD_DAYS,
    Festival,
)
from observations.festivals.organising import (
    Plan,
    cancel_festival,
    make_festival,
    mend_festival,
)
from observations.festivals.result import Summary
from observations.festivals.set_apart import Suspicion
from observations.places.districts import DISTRICTS
from pages.desk.festivals.area_field import area_field
from pages.desk.festivals.teams import teams_of
from pages.parts import cards
from pages.parts.festivals.result import days_words, state_words
from pages.parts.last_tap import do
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import _, language

NAME, DAYS, WHERE = "fest_name", "fest_days", "fest_districts"
UPLOAD, CHECKING, TARGETS = "fest_upload", "fest_checking", "fest_targets"
RULES, AREA = "fest_rules", "fest_drawn"
FIELDS = (NAME, DAYS, WHERE, UPLOAD, CHECKING, TARGETS, RULES, AREA)
OF = "fest_of"  # the festival that is mended; none: a new one
PAPERS = {"report": N_("结果报告"), "certificates": N_("证书")}
APART_WORDS = {
    Suspicion.SAME_PHOTO: N_("别人交过的照片"),
    Suspicion.MANY_NAMES: N_("一张照片好几个名字"),
    Suspicion.OUTSIDE_TIME: N_("时间从节外改进来的"),
    Suspicion.BURST: N_("新来的一小时记了太多种"),
}
DIGITS = Markup('<p class="g-code g-num">{}</p>')


def form() -> None:
    """Name, days, districts: of a new festival, or of one that is mended."""
    today, of = day_of(known_now()), _mended()
    st.session_state.setdefault(DAYS, (today, today))
    with st.container(key="card_festival", gap="small"):
        title = _("改“{name}”").format(name=of.name) if of else _("办一个新的")
        cards.show(cards.heading(title))
        st.text_input(_("名字"), key=NAME, max_chars=NAME_LENGTH)
        first = min(today, of.first_day) if of else today
        st.date_input(_("哪几天"), min_value=first, key=DAYS, format="YYYY-MM-DD")
        st.multiselect(
            _("哪些区，不选就是全市"),
            list(DISTRICTS),
            format_func=lambda code: DISTRICTS[code].name(language()),
            key=WHERE,
            placeholder=_("全市"),
        )
        with st.expander(_("画一块地方，定规矩"), key="fest_more"):
            _more(of)
        words, act = (_("存好"), _mend) if of else (_("办起来"), _make)
        st.button(words, key="fest_make", type="primary", width="stretch", on_click=lambda: do(act))
        if of:
            st.button(_("不改了"), key="fest_leave", width="stretch", on_click=_leave)


def _more(of: Festival | None) -> None:
    """An area, until when sightings are taken in and checked, what to look for, rules in words."""
    state = st.session_state
    state[AREA] = area_field(state.get(AREA, ()), str(of.festival_id) if of else "new")
    state.setdefault(UPLOAD, UPLOAD_DAYS)
    state.setdefault(CHECKING, IDENTIFICATION_DAYS)
    days = st.columns(2)
    days[0].number_input(_("结束后几天还收"), 0, LONGEST_GRACE, key=UPLOAD)
    days[1].number_input(_("结束后几天定结果"), 0, LONGEST_GRACE, key=CHECKING)
    names = {str(t.taxon_id): t.name(language()) for t in store().taxa.all_taxa()}
    st.multiselect(
        _("要找的物种"),
        list(names),
        format_func=lambda taxon_id: names.get(taxon_id, taxon_id),
        key=TARGETS,
        max_selections=MOST_TARGETS,
        placeholder=_("不选就是什么都找"),
    )
    st.text_area(_("规则，写给参加的人"), key=RULES, max_chars=RULES_LENGTH, height=96)


def line(festival: Festival, summary: Summary | None) -> None:
    """A festival's code and numbers, with links to its poster, page and desk."""
    with st.container(key=f"card_fest_{festival.festival_id}", gap="small"):
        numbers = _numbers(summary) if summary else ""
        words = " · ".join((days_words(festival), state_words(festival, day_of(known_now()))))
        digits = f"{festival.code[:3]} {festival.code[3:]}"
        name = cards.named(festival.name, words)
        apart = _apart(summary) if summary else cards.NOTHING
        cards.show(cards.together(name, DIGITS.format(digits), cards.sub(numbers), apart))
        _links(festival)
        with st.container(horizontal=True, gap="small"):
            for key, words, act in _deeds(festival):
                st.button(
                    words,
                    key=f"fest_{key}_{festival.festival_id}",
                    width="stretch",
                    on_click=lambda act=act: do(act),
                )
        if summary and summary.teams and known_now() < festival.freezes_at:
            teams_of(festival, summary.teams)


def _links(festival: Festival) -> None:
    """Its papers, its page, and the screen for the tent."""
    papers = f"/staff/festivals/{festival.festival_id}"
    page = f"/festival?code={festival.code}"
    links = (
        {
            _("打印海报"): f"{papers}/poster.pdf",
            _("帐篷大屏"): f"{page}&wall=1",
            _("看这一页"): page,
        },
        {_(words): f"{papers}/{paper}.pdf" for paper, words in PAPERS.items()},
    )
    for row in links:
        with st.container(horizontal=True, gap="small"):
            for words, link in row.items():
                st.link_button(words, link, width="stretch")


def _apart(summary: Summary) -> Markup:
    """How many are set apart, and why, with the way to the desk."""
    if not summary.apart:
        return cards.NOTHING
    reasons = Counter(suspicion for _entry, suspicion in summary.apart)
    words = _("、").join(
        _("{reason} {count} 条").format(reason=_(APART_WORDS[reason]), count=count)
        for reason, count in sorted(reasons.items())
    )
    festival_id = summary.apart[0][0].festival_id
    whole = _("先放在一边、没有算的：{reasons}。核实台采用了就算。").format(reasons=words)
    link = Markup('<a href="/verify?kind=occurrence&festival={}">{}</a>')
    return cards.note(cards.together(whole, " ", link.format(festival_id, _("去核实台"))), "warn")


def _numbers(summary: Summary) -> str:
    whole = summary.whole
    return _("{teams} 队，到现在 {so_far} 次遇见，已确认 {confirmed}").format(
        teams=len(summary.teams), so_far=whole.so_far, confirmed=whole.confirmed
    )


def _deeds(festival: Festival) -> Iterator[tuple[str, str, Callable[[], str]]]:
    """What staff may do with it: key, words, and what it does."""
    yield "mend", _("改"), lambda: _begin(festival, festival)
    yield "again", _("再办一次"), lambda: _begin(festival, None)
    if festival.last_day < day_of(known_now()):
        return
    words = _("照常办") if festival.is_cancelled else _("取消")
    yield "cancel", words, lambda: _cancel(festival)


def _begin(like: Festival, of: Festival | None) -> str:
    """Fill the form: to mend `of`, or for a new one like an earlier one, from today on."""
    today = day_of(known_now())
    days = (like.first_day, like.last_day) if of else (today, today)
    values = {
        OF: of and of.festival_id,
        NAME: like.name,
        DAYS: days,
        WHERE: list(like.districts),
        UPLOAD: like.upload_days,
        CHECKING: like.identification_days,
        TARGETS: [str(taxon_id) for taxon_id in like.targets],
        RULES: like.rules,
        AREA: like.area,
    }
    st.session_state.update(values)
    if of:
        return _("在下面改，六位数字和各队都不变。")
    return _("名字和区填好了，定好日子就能办。")


def _leave() -> None:
    for key in (OF, *FIELDS):
        st.session_state.pop(key, None)


def _mended() -> Festival | None:
    of = st.session_state.get(OF)
    return store().festivals.festival(of) if of else None


def _plan() -> Plan:
    days = st.session_state[DAYS]
    if len(days) != 2:
        raise Refused("festival.days", "days", most=LONGEST_DAYS)
    filled = st.session_state
    return Plan(
        name=filled[NAME],
        days=(days[0], days[1]),
        districts=filled[WHERE],
        upload_days=filled[UPLOAD],
        identification_days=filled[CHECKING],
        area=filled.get(AREA, ()),
        targets=[UUID(taxon_id) for taxon_id in filled[TARGETS]],
        rules=filled[RULES],
    )


def _make() -> str:
    festival = make_festival(store(), visitor().person, _plan(), DISTRICTS, known_now())
    _leave()
    return _("“{name}”办好了，六位数字是 {code}。").format(name=festival.name, code=festival.code)


def _mend() -> str:
    of = st.session_state[OF]
    festival = mend_festival(store(), visitor().person, of, _plan(), DISTRICTS, known_now())
    _leave()
    return _("“{name}”改好了。").format(name=festival.name)


def _cancel(festival: Festival) -> str:
    is_cancelled = not festival.is_cancelled
    cancel_festival(
        store(), visitor().person, festival.festival_id, known_now(), is_cancelled=is_cancelled
    )
    if is_cancelled:
        return _("“{name}”取消了，市民看不到，也不能再加入。").format(name=festival.name)
    return _("“{name}”照常办。").format(name=festival.name)
