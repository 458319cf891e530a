"""The visitor's own lists: open questions, sightings, actions, and the statement of points."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st
from markupsafe import Markup

from observations.actions.entries import EntryLine
from observations.occurrences.occurrence import Occurrence
from observations.occurrences.own_records import Glance
from observations.occurrences.sighting_points import SIGHTING_POINTS
from observations.people.observer import Observer
from observations.points.postings import CauseKind, Posting, PostingKind
from observations.verification.statuses import VerificationStatus
from pages.parts import cards, last_tap
from pages.parts.sighting import status
from pages.parts.sighting import words as record_words
from pages.parts.sighting.own import answer
from pages.parts.url_choice import show, shown
from pages.parts.wording import _
from pages.visit.me import action, choose, year
from pages.visit.me.traces import Traces, traces_of

SHOWN, MORE = 10, 30
SIGHTINGS, ACTIONS, POINTS = "sightings", "actions", "points"
ROW = Markup('<li>{}<div class="g-grow">{}</div>{}</li>')
LINK = Markup(
    '<li><a class="g-row g-grow g-plain" href="/sighting?id={}">{}'
    '<span class="g-grow"><b>{}</b><span class="g-sub g-lines"><span>{}</span><span>{}</span>'
    "</span></span>{}</a></li>"
)


def _more(name: str, total: int) -> None:
    count = shown(name, SHOWN)
    if total > count:
        st.button(
            _("看更早的"),
            key=f"me_more_{name}",
            width="stretch",
            on_click=show,
            args=(name, count + MORE),
        )


def draw(observer: Observer, mine: Sequence[Glance], now: datetime) -> None:
    """My sightings with the questions that wait for me, my actions, my points."""
    choice = choose.chosen(mine)
    listed = [one.occurrence_id for one in choice.records[: shown(SIGHTINGS, SHOWN) + 1]]
    limits = (shown(name, SHOWN) + 1 for name in (ACTIONS, POINTS))
    traces = traces_of(observer.observer_id, mine, listed, *limits)
    questions(traces)
    my_sightings(traces, choice, now)
    my_actions(traces, now)
    statement(traces, now)


def questions(traces: Traces) -> None:
    """What a verifier would like to know, answered right here."""
    shown_once = {one.occurrence_id: one for one in (*traces.questions, *traces.sightings)}
    for sighting in shown_once.values():
        last_tap.notice(str(sighting.occurrence_id))
        latest = traces.decisions.get(sighting.occurrence_id)
        if sighting.verification_status == VerificationStatus.QUERIED and latest:
            answer(sighting, latest, record_words.name_of(sighting))


def my_sightings(traces: Traces, choice: choose.Choice, now: datetime) -> None:
    """My sightings, newest first, each a link to its page; of the state and the year chosen."""
    cards.show(cards.heading(_("我的遇见")))
    if traces.own:
        choose.fields(traces.own)
        year.my_year(traces.own, choice.year)
        year.my_map(choice.records)
    if traces.own and not traces.sightings:
        cards.show(cards.sub(_("这样的遇见还没有。换一个状态或年份看看。")))
    elif traces.sightings:
        sightings = traces.sightings[: shown(SIGHTINGS, SHOWN)]
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
        lines = traces.actions[: shown(ACTIONS, SHOWN)]
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
        postings = traces.postings[: shown(POINTS, SHOWN)]
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
    if posting.cause_kind == CauseKind.OCCURRENCE and posting.amount < SIGHTING_POINTS:
        when = f"{when} · " + _("这一天前面已有好几次，这次记少些")
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
