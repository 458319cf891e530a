"""The page of a record, for its three audiences: everyone, its observer, staff."""

from datetime import datetime

import streamlit as st
from markupsafe import Markup

from observations.occurrences.audience import Audience, View
from pages.parts import cards, ways
from pages.parts.runtime import store
from pages.parts.sighting import history
from pages.parts.sighting.evidence_view import checks
from pages.parts.small_map import Spot, small_map
from pages.parts.wording import _
from pages.visit.sighting import first


def facts(view: View, now: datetime) -> None:
    """When, where, how exactly and why, by whom, under which number."""
    with st.container(key="card_record", gap="small"):
        cards.show(first.facts(view, now))
        small_map(_spot(view), _("它在地图上的位置"), "record_map")
        licence = _("记录：CC BY 4.0，谁都可以用，用时注明“绿迹杭州”。")
        if view.public:
            cards.show(Markup('<p class="g-src">{}</p>').format(licence))


def _spot(view: View) -> Spot:
    record = first.record_of(view)
    is_rough = view.whole is None and view.public is not None and view.public.is_month_only
    return Spot(
        record.decimal_latitude,
        record.decimal_longitude,
        record.coordinate_uncertainty_in_meters,
        is_rough,
    )


def decisions_so_far(view: View, now: datetime) -> None:
    """The decisions explained: to the observer without names of staff, to staff with them."""
    if view.whole is None:
        return
    record_id = view.whole.occurrence_id
    lines = store().verification.history(record_id)
    is_for_staff = view.audience is Audience.STAFF
    cards.show(cards.heading(_("经过")), history.history(lines, now, names_staff=is_for_staff))
    if is_for_staff:
        results = store().occurrences.checks(record_id)
        link = cards.button(_("去核实台"), f"/verify?id={record_id}", quiet=True)
        sender = cards.button(
            _("管这位记录的人"), f"/admin-moderation?record={record_id}", quiet=True
        )
        cards.show(cards.heading(_("检查")), checks(results), ways.row(link, sender))
