"""A case at the desk: its facts, its forms, and the effects of their buttons."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import parse_id
from observations.base.roles import Person, may
from observations.base.wording import N_
from observations.places.districts import DISTRICTS
from observations.surveys import case_steps
from observations.surveys.case_steps import Candidate
from observations.surveys.cases import (
    OPINION_NAMES,
    STAGE_NAMES,
    Description,
    Opinion,
    Stage,
    WholeCase,
)
from observations.surveys.levels import LEVEL_NAMES, TYPE_NAMES, Level, TypeOrigin
from observations.taxa.taxon import Group
from pages.parts import cards, last_tap
from pages.parts.dates import day_words
from pages.parts.runtime import known_now, store
from pages.parts.wording import _, language, sentence

# Named, for the types of `st.selectbox` take a list made in place for an empty one.
OPINIONS, ORIGINS, LEVELS, GROUPS = list(Opinion), list(TypeOrigin), list(Level), list(Group)
TEXTS = {
    "scientific_name": N_("学名"),
    "authorship": N_("命名人和年份"),
    "vernacular_name": N_("中文名"),
    "literature": N_("文献（刊物、卷期、DOI）"),
    "specimen": N_("标本（机构和编号）"),
    "locality_zh": N_("可以公开的地点（中文）"),
    "locality_en": N_("可以公开的地点（英文）"),
    "about_zh": N_("它的故事（中文）"),
    "about_en": N_("它的故事（英文）"),
}
KINDS = {
    Stage.JUDGING: "",
    Stage.AGREED_NEW: "ok",
    Stage.AGREED_NOT_NEW: "",
    Stage.DIFFERING: "warn",
    Stage.ANNOUNCED: "new",
    Stage.CLOSED: "",
}


def one(whole: WholeCase, person: Person, staff: Mapping[UUID, str]) -> None:
    """One case: what is known, what was held of it by whom of the `staff`, what can be done now."""
    case, description = whole.case, whole.description
    name = description.vernacular_name or description.scientific_name or _("还没有名字")
    with st.container(key=f"card_case_{case.case_id.hex}"):
        badge = cards.badge(_(STAGE_NAMES[whole.stage]), KINDS[whole.stage], "shield")
        cards.show(
            cards.heading(name, _(LEVEL_NAMES[case.level])),
            Markup("<p>{}</p>").format(badge),
            cards.facts(_facts(whole)),
            *_opinions(whole, staff),
        )
        if whole.closing is None:
            _forms(whole, person)


def _facts(whole: WholeCase) -> list[tuple[cards.Text, cards.Text]]:
    today = day_of(known_now())
    texts = [(_(label), getattr(whole.description, name)) for name, label in TEXTS.items()]
    pairs: list[tuple[cards.Text, cards.Text]] = [
        (_("发现的人"), whole.case.finder),
        (_("遇见的日子"), day_words(whole.case.sighted_on, today)),
        *((label, value) for label, value in texts if value),
    ]
    if whole.case.occurrence_id:
        href = f"/sighting?id={whole.case.occurrence_id}"
        pairs.append((_("遇见"), Markup('<a href="{}">{}</a>').format(href, _("看这次遇见"))))
    if whole.closing:
        days = _("{days} 天").format(days=whole.closing.days)
        pairs.append((_("从遇见到结案"), days))
    if whole.stage is Stage.ANNOUNCED:
        href = f"/discoveries?code={case_steps.code_of(whole)}"
        story = Markup('<a href="{}">{}</a>').format(href, _("看它的故事"))
        pairs.append((_("公布在"), story))
    return pairs


def _opinions(whole: WholeCase, staff: Mapping[UUID, str]) -> list[Markup]:
    return [
        cards.note(
            Markup("<b>{}</b> · {} · {}").format(
                staff.get(judgement.staff_id, ""),
                _(OPINION_NAMES[judgement.opinion]),
                judgement.reason,
            ),
            tag="p",
        )
        for judgement in whole.opinions
    ]


def _forms(whole: WholeCase, person: Person) -> None:
    if whole.stage in (Stage.JUDGING, Stage.DIFFERING):
        _judging(whole, person)
    with st.expander(_("补充名字、文献、标本和故事")):
        _description(whole, person)
    if may(person, "announce_case"):
        _ending(whole, person)


def _judging(whole: WholeCase, person: Person) -> None:
    """The form of an opinion; to who gave theirs, or may give none, why there is no form."""
    case_id = whole.case.case_id
    waits = _waits(whole, person)
    if waits:
        cards.show(cards.note(waits, tag="p"))
        return
    with st.form(f"judge_{case_id.hex}"):
        opinion = st.selectbox(
            _("你的判断"), OPINIONS, format_func=lambda one: _(OPINION_NAMES[one])
        )
        reason = st.text_area(_("依据"), placeholder=_("看了什么，凭什么这样判断"))
        if st.form_submit_button(_("交出判断"), type="primary"):
            _do(_judge(person, case_id, opinion, reason), _("已记下你的判断。"))


def _waits(whole: WholeCase, person: Person) -> str:
    if whole.case.opened_by == person.staff_id:
        return sentence(Refused("case.opener"))
    has_judged = any(judgement.staff_id == person.staff_id for judgement in whole.latest)
    is_open = whole.stage is Stage.JUDGING
    return sentence(Refused("case.judged_already")) if has_judged and is_open else ""


def _description(whole: WholeCase, person: Person) -> None:
    description, case_id = whole.description, whole.case.case_id
    with st.form(f"describe_{case_id.hex}"):
        texts = {
            name: st.text_area(_(label), getattr(description, name), height=68)
            for name, label in TEXTS.items()
        }
        district = st.selectbox(
            _("可以公开的区县"),
            ["", *DISTRICTS],
            index=["", *DISTRICTS].index(description.district),
            format_func=lambda code: DISTRICTS[code].name(language()) if code else _("不公开"),
        )
        origin = st.selectbox(
            _("模式标本"),
            ORIGINS,
            index=ORIGINS.index(description.type_origin),
            format_func=lambda one: _(TYPE_NAMES[one]),
        )
        if st.form_submit_button(_("存好")):
            changed = Description(district=district, type_origin=origin, **texts)
            _do(_describe(person, case_id, changed), _("已存好。"))


def _ending(whole: WholeCase, person: Person) -> None:
    case_id = whole.case.case_id
    if whole.stage is Stage.AGREED_NEW and st.button(
        _("公布，写上发现的人"), key=f"announce_{case_id.hex}", type="primary"
    ):
        _do(lambda: case_steps.announce(store(), person, case_id, known_now()), _("已公布。"))
    may_close = whole.stage in (Stage.AGREED_NOT_NEW, Stage.DIFFERING)
    if may_close and st.button(_("结案，不公布"), key=f"close_{case_id.hex}"):
        _do(lambda: case_steps.close(store(), person, case_id, known_now()), _("已结案。"))


def opening(person: Person) -> None:
    """The form that opens a case."""
    with st.expander(_("立案")), st.form("open_case", clear_on_submit=False):
        record = st.text_input(
            _("遇见的编号（核实页地址里 id= 后面的一串，可以空着）"), st.query_params.get("id", "")
        )
        level = st.selectbox(_("新在哪里"), LEVELS, format_func=lambda one: _(LEVEL_NAMES[one]))
        group = st.selectbox(_("类群"), GROUPS, format_func=lambda one: _(one.word))
        finder = st.text_input(_("发现的人（公布时写上的名字）"))
        day = st.date_input(_("遇见的日子"), day_of(known_now()))
        if st.form_submit_button(_("立案并封存"), type="primary"):
            _do(_open(person, record, level, group, finder, day), _("已立案，地点已封存。"))


def _open(
    person: Person, record: str, level: Level, group: Group, finder: str, day: date
) -> Callable[[], object]:
    def act() -> object:
        occurrence_id = parse_id(record.strip(), "id") if record.strip() else None
        candidate = Candidate(occurrence_id, level, str(group), finder, day)
        return case_steps.open_case(store(), person, candidate, known_now())

    return act


def _judge(person: Person, case_id: UUID, opinion: Opinion, reason: str) -> Callable[[], object]:
    return lambda: case_steps.judge(store(), person, case_id, opinion, reason, known_now())


def _describe(person: Person, case_id: UUID, description: Description) -> Callable[[], object]:
    return lambda: case_steps.describe(store(), person, case_id, description, known_now())


def _do(act: Callable[[], object], words: str) -> None:
    """Call the function; after a refusal the form keeps the typed text."""
    try:
        act()
    except Refused as refused:
        last_tap.say(_sentence(refused), last_tap.REFUSED)
    else:
        last_tap.keep(words)
        st.rerun()


def _sentence(refused: Refused) -> str:
    """Its sentence, with the name of the field that it is about."""
    words = sentence(refused)
    return f"{words} {_(TEXTS[refused.field])}" if refused.field in TEXTS else words
