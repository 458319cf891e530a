"""What is looked for in the log, and its lines."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from observations.base.clock import HANGZHOU, midnight
from observations.base.roles import ROLE_NAMES, Person
from observations.log.entries import AFTER, BEFORE, Question, Told
from observations.log.reading import read_log, who
from observations.log.words import ACTION_WORDS
from observations.verification.statuses import STATUS_NAMES
from pages.parts import cards
from pages.parts.dates import moment_words
from pages.parts.paging import after, page_of, search_field, to_first_page
from pages.parts.runtime import store
from pages.parts.url_choice import follow
from pages.parts.wording import _

PAGE = 50
LINE = Markup('<li><span class="g-grow">{}</span></li>')


def sealed() -> None:
    """How far the chain goes."""
    head, waiting = store().log.last_seal(), store().log.count_unsealed()
    count = head.position if head else 0
    words = _("封好 {count} 条，{waiting} 条还没封（一分钟之内）。").format(
        count=count, waiting=waiting
    )
    last = _("最后一环 {link}…").format(link=head.link[:16]) if head else ""
    cards.show(cards.sub(" ".join((words, last)).strip()))


def question() -> Question:
    """The fields, kept in the address."""
    words = search_field(_("谁（用户名、昵称）"))
    names = {"": _("所有的事")} | {action: _(text) for action, text in ACTION_WORDS.items()}
    left, middle, right = st.columns([2, 1, 1])
    with left:
        action = follow("what", lambda code: code if code in names else "")
        st.selectbox(
            _("什么事"),
            list(names),
            format_func=lambda code: names.get(code, code),
            key="what",
            on_change=to_first_page,
        )
    with middle:
        since = _day("since", _("从哪天"))
    with right:
        until = _day("until", _("到哪天"))
    return Question(
        words,
        action,
        midnight(since) if since else None,
        midnight(until + timedelta(days=1)) if until else None,
    )


def _day(key: str, label: str) -> date | None:
    day = follow(key, _day_of)
    st.date_input(label, None, key=key, format="YYYY-MM-DD", on_change=to_first_page)
    return day


def _day_of(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def listed(person: Person, asked: Question) -> tuple[Sequence[Told], bool]:
    """A page of entries, and whether older ones follow."""
    try:
        before = UUID(after()) if after() else None
    except ValueError:
        before = None
    return page_of(lambda most: read_log(store(), person, asked, before, most), PAGE)


def draw(listed: Sequence[Told]) -> None:
    """A line each, the latest first."""
    lines = (LINE.format(cards.named(_sentence(one), _small(one))) for one in listed)
    cards.show(Markup('<ul class="g-list">{}</ul>').format(Markup("").join(lines)))


def _sentence(one: Told) -> str:
    """Who did what."""
    words = ACTION_WORDS.get(one.line.action)
    return _("{who} {what}").format(who=_who(one), what=_(words) if words else one.line.action)


def _small(one: Told) -> str:
    """Before and after, when, and the seal."""
    moment = one.line.logged_at
    when = f"{moment.astimezone(HANGZHOU):%Y} {moment_words(moment)}"
    seal = _("第 {position} 封").format(position=one.position) if one.position else _("还没封")
    return " · ".join(part for part in (_change(one), when, seal) if part)


def _who(told: Told) -> str:
    name = who(told)
    if not name:
        return _("系统")
    return _("{name}（命令）").format(name=name) if told.line.system_user else name


def _change(told: Told) -> str:
    """Before and after; else the facts of the entry, as they are."""
    facts = json.loads(told.line.details) | json.loads(told.line.personal or "{}")
    before, after_ = facts.pop(BEFORE, None), facts.pop(AFTER, None)
    change = [_value(one) for one in (before, after_) if one is not None]
    rest = [f"{name} {_value(value)}" for name, value in facts.items() if value not in (None, "")]
    return " · ".join([" → ".join(change), *rest]).strip(" ·")


def _value(value: object) -> str:
    names = {str(code): name for code, name in (*ROLE_NAMES.items(), *STATUS_NAMES.items())}
    return _(names[str(value)]) if str(value) in names else str(value)
