"""The photos of a wall, as a component: its scripts in assets/desk."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from observations.desk.seen import Seen, to_look_at
from observations.occurrences.occurrence import Check, Occurrence, Photograph
from observations.occurrences.report_checks import CHECK_WORDS
from observations.taxa.taxon import INVASIVE_WORD, PROTECTION_WORDS, Taxon
from pages.desk.wall.wall import Wall, accept
from pages.parts import cards
from pages.parts.assets import ASSETS, asset_url
from pages.parts.last_tap import do
from pages.parts.runtime import store
from pages.parts.sighting import words as record_words
from pages.parts.wording import _

KEY = "wall_tiles"
SCRIPT = """
const wall = await import(new URL("{address}", location.origin).href);
export default ({{ data, parentElement, setTriggerValue }}) =>
  wall.draw(parentElement, data, setTriggerValue);
"""
_tiles = st.components.v2.component(
    KEY,
    html='<div class="wall"></div>\n',
    css=(ASSETS / "desk" / "wall.css").read_text("utf-8"),
    js=SCRIPT.format(address=asset_url("desk/wall.js")),
)


def tiles(mine: Wall, shown: Sequence[Seen], now: datetime) -> None:
    """Draw the sightings; a press on the button below them calls `accept`."""
    ids = [one.subject_id for one in shown]
    occurrences = store().occurrences
    sightings = occurrences.occurrences_with(ids)
    checks, photos = occurrences.checks_with(ids), occurrences.photographs_with(ids)
    drawn = [
        _tile(*sightings[one], checks.get(one, []), photos[one], now)
        for one in ids
        if one in sightings and one in photos
    ]

    def accepted() -> None:
        press = st.session_state[KEY].accepted or {}
        do(lambda: _said(mine, str(press.get("wall")), list(press.get("out") or [])))

    names = {str(one["name"]) for one in drawn}
    if len(names) == 1:
        cards.show(cards.heading(names.pop(), _("{count} 张").format(count=len(drawn))))
    data = {"wall": str(mine.key), "tiles": drawn, "words": _words()}
    _tiles(key=KEY, data=data, on_accepted_change=accepted)


def _said(mine: Wall, key: str, out: Sequence[str]) -> str:
    accept(mine, key, out)
    if mine.made is None:
        return _("这一面没有动。")
    words = [_("{count} 条属实，已公开。").format(count=len(mine.made.done))]
    if out:
        words.append(_("{count} 条留在核实台。").format(count=len(out)))
    if mine.made.left:
        text = _("{count} 条没有动：别人刚刚决定过，或正在看。")
        words.append(text.format(count=len(mine.made.left)))
    return " ".join(words)


def _tile(
    sighting: Occurrence,
    taxon: Taxon | None,
    checks: Sequence[Check],
    photos: Sequence[Photograph],
    now: datetime,
) -> dict[str, object]:
    look = [_(CHECK_WORDS[one.code]) for one in to_look_at(checks) if one.code in CHECK_WORDS]
    if taxon and taxon.national_protection:
        look.append(_(PROTECTION_WORDS[taxon.national_protection]))
    if taxon and taxon.is_invasive:
        look.append(_(INVASIVE_WORD))
    where = sighting.place_name or record_words.district_name(sighting.district)
    when = record_words.moment(sighting.event_date, now, sighting.is_time_known)
    return {
        "id": str(sighting.occurrence_id),
        "thumb": cards.photo(photos[0].sha256),
        "large": cards.photo(photos[0].sha256, "large"),
        "name": record_words.name_of(sighting),
        "facts": f"{where} · {when}",
        "flags": look,
        "more": str(len(photos)) if len(photos) > 1 else "",
        "isOut": bool(look),
    }


def _words() -> dict[str, str]:
    return {
        "accept": _("这 {count} 条都属实，公开"),
        "none": _("这一面都留给核实台，看下一面"),
        "out": _("留给核实台"),
        "larger": _("打开大图"),
        "viewer": "|".join((_("关上"), _("上一张"), _("下一张"), _("放大"))),
        "sending": _("正在存…"),
    }
