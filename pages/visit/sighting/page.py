"""The page of one record: public, the observer's, or staff's, by who is looking."""

import streamlit as st

from observations.base.errors import Refused
from observations.base.ids import parse_id
from observations.occurrences.audience import Audience, View, view
from pages.parts import cards
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.sighting.own import changes, question
from pages.parts.sighting.status import latest_of
from pages.visit.sighting import first
from pages.visit.sighting import view as sighting_view


def asked_for() -> View | None:
    """The record that `?id=` names, as this visitor may see it."""
    try:
        record_id = parse_id(st.query_params.get("id"), "id")
    except Refused:
        return None
    return view(store(), record_id, visitor().person)


def page(view: View) -> None:
    """Photos on the left, what is known on the right."""
    now = known_now()
    latest = latest_of(view.whole) if view.whole else None
    left, right = st.columns([1.2, 1], gap="medium")
    with left:
        for photo in first.photos(view):
            cards.show(photo)
    with right:
        for part in first.head(view, latest):
            cards.show(part)
        if view.audience is Audience.OBSERVER and view.whole:
            question(view.whole, latest)
        sighting_view.facts(view, now)
        sighting_view.decisions_so_far(view, now)
        if view.audience is Audience.OBSERVER and view.whole:
            changes(view.whole, latest)


current_view = asked_for()
if current_view:
    page(current_view)
else:
    cards.show(first.not_here())
