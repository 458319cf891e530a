"""The page of one record: public, the observer's, or staff's, by who is looking."""

import streamlit as st

from observations.occurrences.audience import Audience, View
from pages.parts import appeal, cards, ways
from pages.parts.runtime import known_now
from pages.parts.session import visitor
from pages.parts.sighting.own import changes, question
from pages.parts.sighting.status import latest_of
from pages.visit.sighting import community, first, flag
from pages.visit.sighting import view as sighting_view


def page(view: View) -> None:
    """Photos on the left, what is known on the right."""
    now = known_now()
    latest = latest_of(view.whole) if view.whole else None
    cards.show(first.back())
    left, right = st.columns([1.2, 1], gap="medium")
    with left:
        for photo in first.photos(view):
            cards.show(photo)
    with right:
        for part in first.head(view, latest):
            cards.show(part)
        if leads := first.leads(view):
            cards.show(leads)
        if view.audience is Audience.OBSERVER and view.whole:
            question(view.whole, latest)
        sighting_view.facts(view, now)
        sighting_view.decisions_so_far(view, now)
        if view.audience is Audience.OBSERVER and view.whole:
            changes(view.whole, latest)
            if latest and latest.decided_by_staff and view.whole.release_status == "withheld":
                appeal.of_record(view.whole.occurrence_id)
        community.block(view)
        flag.block(view)
    cards.show(ways.look_around())


current_view = first.asked_for(st.query_params, visitor().person)
if current_view:
    page(current_view)
else:
    cards.show(first.not_here())
