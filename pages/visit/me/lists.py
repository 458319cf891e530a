"""The visitor's own lists: open questions, sightings, actions, and the statement of points."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st
from markupsafe import Markup

from observations.actions.entries import EntryLine
from observations.occurrences.occurrence import Occurrence
from observations.people.observer import Observer
from observations.points.postings import CauseKind, Posting, PostingKind
from observations.verification.statuses import VerificationStatus
from pages.parts import cards, last_tap
from pages.parts.sighting import status
from pages.parts.sighting import words as record_words
from pages.parts.sighting.own import answer
from pages.parts.wording import _
from pages.visit.me import action
from pages.visit.me.traces import Traces, traces_of

SHOWN, MORE = 10, 30
SIGHTINGS, ACTIONS, POINTS = "sightings", "actions", "points"
ROW = Markup('<li>{}<div class="g-grow">{}</div>{}</li>')
LINK = Markup(
    '<li><a class="g-row g-grow g-plain" href="/sighting?id={}">{}'
    '<span class="g-grow"><b>{}</b><span class="g-sub g-lines"><span>{}</span><span>{}</span>'
    "</span></span>{}</a></li>"
)


def shown(name: str) -> int:
    """How many rows of a list to show; more after a tap on its button."""
    return int(st.session_state.get(f"me_more_{name}", SHOWN))


def _more(name: str, total: int) -> None:
    if total > shown(name):
        longer = shown(name) + MORE
        key = f"me_more_{name}"
        st.button(
            _("看更早的"),
            key=f"{key}_button",
            width="stretch",
            on_click=lambda: st.session_state.update({key: longer}),
        )


def draw(observer: Observer, now: datetime) -> None:
    """My sightings with the questions that wait for me, my actions, my points."""
    limits = (shown(name) + 1 for name in (SIGHTINGS, ACTIONS, POINTS))
    traces = traces_of(observer.observer_id, *limits)
    questions(traces)
    my_sightings(traces, now)
    my_actions(traces, now)
    statement(traces, now)


def questions(traces: Traces) -> None:
    """What a verifier would like to know, answered right here."""
    for sighting in traces.sightings:
        last_tap.notice(str(sighting.occurrence_id))
        latest = traces.decisions.get(sighting.occurrence_id)
        if sighting.verification_status == VerificationStatus.QUERIED and latest:
            answer(sighting, latest, record_words.name_of(sighting))


def my_sightings(traces: Traces, now: datetime) -> None:
    """My sightings, newest first, each a link to its page."""
    cards.show(cards.heading(_("我的遇见")))
    if traces.sightings:
        sightings = traces.sightings[: shown(SIGHTINGS)]
        cards.show(_list([_sighting(sighting, traces, now) for sighting in sightings]))
    else:
        link = cards.button(_("记录一次遇见"), "/record")
        cards.show(cards.empty("footprint", _("还没有遇见"), _("拍下第一个遇见的生命。"), link))
    _more(SIGHTINGS, len(traces.sightings))


def _sighting(sighting: Occurrence, traces: Traces, now: datetime) -> Markup:
    name = record_words.name_of(sighting)
    source = cards.photo(sighting.photo_sha256)
    picture = cards.picture(source, "", sighting.group_code or "", small=True)
    where = sighting.place_name or record_words.district_name(sighting.district)
    when = record_words.moment(sighting.event_date, now, sighting.is_time_known)
    badge = status.badge(sighting, traces.decisions.get(sighting.occurrence_id))
    return LINK.format(sighting.occurrence_id, picture, name, where, when, badge)


def my_actions(traces: Traces, now: datetime) -> None:
    """My low-carbon actions, newest first."""
    if traces.actions:
        lines = traces.actions[: shown(ACTIONS)]
        cards.show(cards.heading(_("我的行动")))
        cards.show(_list([_action(line, traces, now) for line in lines]))
        _more(ACTIONS, len(traces.actions))
        action.take_back(traces, lines, now)


def _action(line: EntryLine, traces: Traces, now: datetime) -> Markup:
    entry, listed = line.entry, traces.action_of(line.entry)
    facts = action.facts(entry, listed, now)
    if entry.code_id:
        facts.append(_("扫了现场码"))
    elif not entry.has_photo:
        facts.append(_("自己填报，按一半计"))
    spot = Markup('<span class="g-spot">{}</span>').format(action.icon(listed))
    return ROW.format(spot, cards.named(action.name(listed), " · ".join(facts)), _mark(line))


def _mark(line: EntryLine) -> Markup:
    """The points that it earned, or the reason why none."""
    if line.is_withdrawn:
        return status.withdrawn()
    if line.verification_status and not line.earned:
        return cards.state(line.verification_status)
    return cards.points(line.earned, False)


def statement(traces: Traces, now: datetime) -> None:
    """Every posting on my account, the latest first."""
    if traces.postings:
        postings = traces.postings[: shown(POINTS)]
        cards.show(cards.heading(_("绿点明细")))
        cards.show(_list([_posting(posting, traces, now) for posting in postings]))
        _more(POINTS, len(traces.postings))


def _posting(posting: Posting, traces: Traces, now: datetime) -> Markup:
    words = _cause(posting, traces)
    if posting.kind is PostingKind.REVERSAL:
        words = _("退回：{what}").format(what=words)
    when = record_words.moment(posting.posted_at, now)
    if posting.cause_kind == CauseKind.SELF_REPORT:
        when = f"{when} · " + _("自己填报，按一半计")
    return ROW.format("", cards.named(words, when), cards.points(posting.points, False))


def _cause(posting: Posting, traces: Traces) -> str:
    if posting.cause_kind == CauseKind.OCCURRENCE:
        sighting = traces.paid_sightings.get(posting.cause_id)
        name = record_words.name_of(sighting) if sighting else _("一次遇见")
        return _("{name}，已核实").format(name=name)
    entry = traces.paid_entries.get(posting.cause_id)
    return action.name(traces.action_of(entry)) if entry else _("低碳行动")


def _list(rows: Sequence[Markup]) -> Markup:
    whole = '<div class="g-card g-rows"><ul class="g-list">{}</ul></div>'
    return Markup(whole).format(Markup("").join(rows))
