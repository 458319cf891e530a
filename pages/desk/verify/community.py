"""What the community says of the sighting on the desk, beside the verifier's decision."""

from functools import partial

import streamlit as st

from observations.occurrences.community.voices import Said, agreement
from observations.occurrences.deciding import NewName
from observations.taxa.taxon import Taxon
from pages.desk.verify.desk import choose_name
from pages.parts import cards
from pages.parts.runtime import known_now, store
from pages.parts.sighting import community
from pages.parts.sighting.evidence import Evidence
from pages.parts.wording import _


def block(evidence: Evidence) -> None:
    """What everybody says, sensitive names included; the verifier may take the name over."""
    if evidence.sighting is None or evidence.sighting.release_status != "released":
        return
    voices = store().community.voices(evidence.subject_id, known_now())
    if all(one.is_observers for one in voices):
        return
    with st.container(key="card_community", gap="small"):
        cards.show(cards.heading(_("大家怎么看")), community.summary(voices))
        taxon = _agreed(voices)
        if taxon and taxon.taxon_id != evidence.sighting.taxon_id:
            name = NewName(taxon.taxon_id, taxon.vernacular_name)
            words = _("改名为“{name}”").format(name=community.name_of(taxon))
            key = f"community_{evidence.subject_id}"
            st.button(words, key=key, on_click=partial(choose_name, name))


def _agreed(voices: list[Said]) -> Taxon | None:
    """The taxon of the checklist that they agree on."""
    found = agreement(voices)
    name = found.name if found else ""
    return next((one.taxon for one in voices if one.taxon.scientific_name == name), None)
