"""Species: the nine groups, a group as cards or as a tree, one species with all that is public."""

import streamlit as st

from observations.taxa.taxon import group_of
from pages.visit.species import first, listing, one

WAYS = {"tree": listing.tree}


def page() -> None:
    """The species or group that the address names; all groups where it names none."""
    taxon, group = first.taxon_of(st.query_params), group_of(st.query_params.get("group"))
    if taxon:
        one.show(taxon)
    elif group:
        WAYS.get(st.query_params.get("by", ""), listing.cards_of)(group)
    else:
        listing.groups()


page()
