"""What the wall says around its photos: what can be shown, what was done, how to take it back."""

from urllib.parse import urlencode
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from observations.desk.seen import Choice
from pages.desk.wall.wall import Wall, undo
from pages.parts import cards
from pages.parts.last_tap import do
from pages.parts.runtime import store
from pages.parts.session import visitor
from pages.parts.wording import _, language

SPECIES = 24


def choices() -> None:
    """The species of which most wait, and the festivals, each a link to its wall."""
    staff_id = visitor().person.staff_id
    species = store().desk.wall_choices(staff_id, SPECIES) if staff_id else []
    if not species:
        text = _("有名字、有照片的记录一到，就能在这里一面一面地看。")
        cards.show(cards.empty("ok", _("没有可以铺成墙的"), text, _to_desk()))
        return
    cards.show(cards.heading(_("按物种"), _("等得最多的在前")))
    rows = [_row("taxon", one.taxon_id, _name(one), one.count) for one in species]
    cards.show(Markup('<div class="g-chips">{}</div>').format(Markup("").join(rows)))
    festivals = store().festivals.festivals()
    if festivals:
        cards.show(cards.heading(_("按观察节")))
        rows = [_row("festival", one.festival_id, one.name, None) for one in festivals]
        cards.show(Markup('<div class="g-chips">{}</div>').format(Markup("").join(rows)))


def _name(one: Choice) -> str:
    listed = one.scientific_name if language() == "en" else one.vernacular_name
    return listed or one.scientific_name


def _row(key: str, subject_id: UUID, name: str, count: int | None) -> Markup:
    link = '<a class="g-chip" href="/admin-wall?{}" target="_self">{}{}</a>'
    number = Markup(" <b>{}</b>").format(_("{count} 条在等").format(count=count)) if count else ""
    return Markup(link).format(urlencode({key: subject_id}), name, number)


def _to_desk() -> Markup:
    return cards.button(_("去核实台"), "/verify", quiet=True)


def empty() -> None:
    """Nothing is left on this wall."""
    text = _("留下的，和没有名字、没有照片的，在核实台一条一条看。")
    other = cards.button(_("看别的墙"), "/admin-wall", quiet=True)
    cards.show(cards.empty("ok", _("这面墙看完了"), text, other, _to_desk()))


def way_back(batch: tuple[UUID, int] | None, mine: Wall | None) -> None:
    """The button that takes a whole wall back."""
    if batch is None:
        return
    batch_id, count = batch
    words = _("撤回刚才一起接受的 {count} 条").format(count=count)
    st.button(words, key="undo_wall", on_click=lambda: do(lambda: _undone(batch_id, mine)))


def _undone(batch_id: UUID, mine: Wall | None) -> str:
    back = undo(batch_id, mine)
    return _("撤回了 {count} 条，它们又在核实台等。").format(count=len(back.done))
