"""What a name may be compared with: its genus on the checklist, and what is met here then."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from observations.base.clock import day_of
from observations.base.wording import N_
from observations.occurrences.likely import LikelyTaxon, Scope
from observations.occurrences.occurrence import Occurrence
from observations.taxa.taxon import Taxon, group_of
from pages.parts import cards
from pages.parts.assets import asset_url
from pages.parts.sighting.evidence import Evidence
from pages.parts.taxa.checklist import all_taxa, recorded_here
from pages.parts.wording import _, language

SHOWN = 6
SCOPES = {
    Scope.NEAR: N_("这一带这时候记到的"),
    Scope.CITY_IN_SEASON: N_("全市这时候记到的"),
    Scope.CITY: N_("全市全年记到的"),
}


def beside(evidence: Evidence) -> None:
    """Other species of its genus, and the public records of its group near here at that season.

    Asked for by a switch, which stays: it costs a few reads at every key.
    """
    sighting, taxon = evidence.sighting, evidence.taxon
    if sighting is None or not st.toggle(_("比一比"), key="compare", persist_state="session"):
        return
    cards.show(_genus(taxon) if taxon else cards.NOTHING, _met_here(sighting))


def _genus(taxon: Taxon) -> Markup:
    others = [
        one
        for one in all_taxa()
        if one.genus == taxon.genus and one.scientific_name != taxon.scientific_name
    ]
    heading = _("名录里同属的（{genus}）").format(genus=taxon.genus)
    return _rail(heading, [_card(one, None, "") for one in others[:SHOWN]])


def _met_here(sighting: Occurrence) -> Markup:
    place = sighting.decimal_latitude, sighting.decimal_longitude
    group, day = group_of(sighting.group_code), day_of(sighting.event_date)
    likely = recorded_here().likely(group, place, day, SHOWN)
    return _rail(_(SCOPES[likely.scope]), [_counted(one) for one in likely.taxa])


def _counted(one: LikelyTaxon) -> Markup:
    count = _("{count} 条").format(count=one.count)
    return _card(one.taxon, one.photo_sha256, count)


def _card(taxon: Taxon, sha256: str | None, fact: str) -> Markup:
    drawn = asset_url(f"art/{taxon.picture}") if taxon.picture else None
    return cards.sighting(
        taxon.name(language()),
        taxon.scientific_name,
        [fact],
        source=cards.photo(sha256) or drawn,
        group=taxon.group,
        href=f"/species?taxon={taxon.taxon_id}",
    )


def _rail(heading: str, several: Sequence[Markup]) -> Markup:
    if not several:
        return cards.NOTHING
    return Markup("{}{}").format(cards.heading(heading), cards.rail(heading, several))
