"""What is mine: questions that wait for me, my sightings, actions, the statement of my points."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from observations.actions.catalogue import Action
from observations.actions.entries import EntryLine
from observations.log.clock import day_of
from observations.occurrences.occurrence import Occurrence
from observations.people.observer import Observer
from observations.points.postings import CauseKind, Posting, PostingKind
from observations.verification.decisions import Decision
from observations.verification.statuses import VerificationStatus
from pages.parts import cards, own_action, record_status, record_words
from pages.parts.dates import day_words
from pages.parts.own_record import answer, notice
from pages.parts.runtime import store
from pages.parts.wording import _

SHOWN, MORE = 10, 30
ROW = Markup('<li>{}<div class="g-grow"><b>{}</b><p class="g-sub">{}</p></div>{}</li>')
LINK = Markup(
    '<li><a class="g-row g-grow g-plain" href="/sighting?id={}">{}'
    '<span class="g-grow"><b>{}</b><span class="g-sub g-lines"><span>{}</span><span>{}</span>'
    "</span></span>{}</a></li>"
)


def shown(name: str) -> int:
    """How many rows of a list to show; more after a tap on its button."""
    return int(st.session_state.get(f"me_more_{name}", SHOWN))


def _more(name: str, found: int) -> None:
    if found > shown(name):
        longer = shown(name) + MORE
        key = f"me_more_{name}"
        st.button(
            _("看更早的"),
            key=f"{key}_button",
            width="stretch",
            on_click=lambda: st.session_state.update({key: longer}),
        )


def questions(sightings: Sequence[Occurrence], latest: Mapping[UUID, Decision]) -> None:
    """What a verifier would like to know, answered right here."""
    for sighting in sightings:
        notice(sighting.occurrence_id)
        decision = latest.get(sighting.occurrence_id)
        if sighting.verification_status == VerificationStatus.QUERIED and decision:
            answer(sighting, decision, record_words.name_of(sighting))


def my_sightings(observer: Observer, now: datetime) -> list[Occurrence]:
    """My sightings, newest first, each a link to its page."""
    limit = shown("sightings")
    found = store().occurrences.occurrences_of(observer.observer_id, limit + 1)
    latest = record_status.latest_of_each(found)
    questions(found, latest)
    cards.show(cards.heading(_("我的遇见")))
    if found:
        cards.show(_list([_sighting(sighting, latest, now) for sighting in found[:limit]]))
    else:
        link = cards.button(_("记录一次遇见"), "/record")
        cards.show(cards.empty("footprint", _("还没有遇见"), _("拍下第一个遇见的生命。"), link))
    _more("sightings", len(found))
    return found


def _sighting(sighting: Occurrence, latest: Mapping[UUID, Decision], now: datetime) -> Markup:
    name = record_words.name_of(sighting)
    source = cards.photo(sighting.photo_sha256)
    picture = cards.picture(source, "", sighting.group_code or "", small=True)
    where = sighting.place_name or record_words.district_name(sighting.district)
    when = record_words.moment(sighting.event_date, now, sighting.is_time_known)
    badge = record_status.badge(sighting, latest.get(sighting.occurrence_id))
    return LINK.format(sighting.occurrence_id, picture, name, where, when, badge)


def my_actions(observer: Observer, now: datetime) -> list[EntryLine]:
    """My low-carbon actions, newest first."""
    limit = shown("actions")
    found = store().actions.entries_of(observer.observer_id, limit + 1)
    if found:
        cards.show(cards.heading(_("我的行动")))
        names = own_action.Names(line.entry for line in found)
        cards.show(_list([_action(line, names.of(line.entry), now) for line in found[:limit]]))
        _more("actions", len(found))
        own_action.take_back(found[:limit], names, now)
    return found


def _action(line: EntryLine, action: Action | None, now: datetime) -> Markup:
    entry = line.entry
    facts = [own_action.amount(entry, action), day_words(entry.done_on, day_of(now))]
    if entry.code_id:
        facts.append(_("扫了现场码"))
    elif not entry.has_photo:
        facts.append(_("自己填报，按一半计"))
    spot = Markup('<span class="g-spot">{}</span>').format(own_action.icon(action))
    return ROW.format(spot, own_action.name(action), " · ".join(facts), _mark(line))


def _mark(line: EntryLine) -> Markup:
    """What it earned, or why nothing."""
    if line.is_withdrawn:
        return record_status.withdrawn()
    if line.verification_status and not line.earned:
        return cards.state(line.verification_status)
    return cards.points(line.earned, False)


def statement(observer: Observer, now: datetime) -> None:
    """Every posting on my account, the latest first."""
    limit = shown("points")
    found = store().points.entries_of(observer.observer_id, limit + 1)
    if not found:
        return
    cards.show(cards.heading(_("绿点明细")))
    causes = _causes(found[:limit])
    cards.show(_list([_posting(posting, causes, now) for posting in found[:limit]]))
    _more("points", len(found))


def _posting(posting: Posting, causes: Mapping[UUID, str], now: datetime) -> Markup:
    words = causes[posting.cause_id]
    if posting.kind is PostingKind.REVERSAL:
        words = _("退回：{what}").format(what=words)
    when = record_words.moment(posting.posted_at, now)
    if posting.cause_kind == CauseKind.SELF_REPORT:
        when = f"{when} · " + _("自己填报，按一半计")
    return ROW.format("", words, when, cards.points(posting.points, False))


def _causes(postings: Sequence[Posting]) -> dict[UUID, str]:
    """What each posting is for, in words, by the id of its cause."""
    ids = {posting.cause_id: posting.cause_kind for posting in postings}
    seen = [cause_id for cause_id, kind in ids.items() if kind == CauseKind.OCCURRENCE]
    done = [cause_id for cause_id in ids if cause_id not in seen]
    sightings = store().occurrences.occurrences_with(seen)
    entries = store().actions.entries_with(done)
    names = own_action.Names(entries.values())
    words = {one: record_words.name_of(sighting) for one, (sighting, _taxon) in sightings.items()}
    named = {one: own_action.name(names.of(entry)) for one, entry in entries.items()}
    verified = _("{name}，已核实")
    return {
        **{one: verified.format(name=words.get(one, _("一次遇见"))) for one in seen},
        **{one: named.get(one, _("低碳行动")) for one in done},
    }


def _list(rows: Sequence[Markup]) -> Markup:
    whole = '<div class="g-card g-rows"><ul class="g-list">{}</ul></div>'
    return Markup(whole).format(Markup("").join(rows))
