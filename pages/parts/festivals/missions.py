"""A team's missions: what to look for here, and why."""

import time
from uuid import UUID

from markupsafe import Markup

from observations.base.clock import day_of
from observations.festivals.festival import Festival, Membership
from observations.festivals.missions import Gap, Target, targets
from observations.festivals.result import Result
from observations.occurrences.likely import season_of
from pages.parts import cards
from pages.parts.dates import written
from pages.parts.runtime import known_now, store
from pages.parts.wording import _, language

HELD_S = 600.0  # the gaps of a place change slowly
LINE = Markup('<li><span class="g-grow"><a href="/species?taxon={}">{}</a>{}</span></li>')
_held: dict[UUID, tuple[float, list[Gap]]] = {}


def missions(mine: Membership, whole: Result) -> Markup:
    """A card with the team's targets; nothing where nothing is missing here."""
    today = day_of(known_now())
    own = (e for e in whole.count.encounters if e.first.team_id == mine.team.team_id)
    met = {entry.taxon_id for encounter in own for entry in encounter.entries}
    gaps = _gaps(mine.festival)
    taxa = store().taxa.taxa_of([gap.taxon_id for gap in gaps]) if gaps else {}
    chosen = targets(mine.team, gaps, taxa, met, today)
    if not chosen:
        return cards.NOTHING
    lines = cards.NOTHING.join(_line(one) for one in chosen)
    head = cards.heading(_("你们队的任务"), _("找到一个，这一带就多知道一种。"))
    rows = Markup('<ul class="g-list">{}</ul>').format(lines)
    return cards.card(head, rows, kind="g-after")


def _line(one: Target) -> Markup:
    if one.gap.last_here is None:
        why = _("这个季节全城记到过 {count} 次，这一带还没有人记到。")
    else:
        why = _("这一带上一次是 {month}；这个季节全城记到过 {count} 次。")
    month = written(one.gap.last_here, _("y 年 M 月")) if one.gap.last_here else ""
    words = cards.sub(why.format(count=one.gap.in_season, month=month))
    return LINE.format(one.taxon.taxon_id, one.taxon.name(language()), words)


def _gaps(festival: Festival) -> list[Gap]:
    read, gaps = _held.get(festival.festival_id, (-HELD_S, []))
    if time.monotonic() - read >= HELD_S:
        gaps = store().festivals.gaps(festival.districts, season_of(festival.first_day))
        _held.clear()
        _held[festival.festival_id] = time.monotonic(), gaps
    return gaps
