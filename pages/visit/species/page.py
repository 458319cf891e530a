"""Species: the nine groups, a group as cards or as a tree, one species with all that is public."""

import streamlit as st

from observations.base.errors import Refused
from observations.base.ids import parse_id
from observations.taxa.taxon import Taxon, group_of
from pages.parts.runtime import store
from pages.visit.species import listing, one

WAYS = {"tree": listing.tree}


def asked_for() -> Taxon | None:
    """The species that `?taxon=` names."""
    try:
        return store().taxa.taxon(parse_id(st.query_params.get("taxon"), "taxon"))
    except Refused:
        return None


def page() -> None:
    """The species or group that the address names; all groups where it names none."""
    taxon, group = asked_for(), group_of(st.query_params.get("group"))
    if taxon:
        one.show(taxon)
    elif group:
        WAYS.get(st.query_params.get("by", ""), listing.cards_of)(group)
    else:
        listing.groups()


page()
