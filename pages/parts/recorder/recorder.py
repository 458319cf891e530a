"""The recorder on a Streamlit page: the scripts of `assets/recorder/` in one component."""

from dataclasses import asdict

import streamlit as st

from observations.media.formats import MAX_BYTES
from observations.occurrences.report import MOST_PHOTOS, MOST_PHOTOS_AT_ONCE
from observations.occurrences.sighting_points import STEPS
from observations.people.consent import CONSENT_VERSION
from observations.places.districts import CITY_BOX, DISTRICTS
from observations.taxa.taxon import Group
from pages.parts.assets import asset_url
from pages.parts.first_screen import Query
from pages.parts.recorder.recorder_words import recorder_words
from pages.parts.runtime import settings
from pages.parts.session import visitor
from pages.parts.taxa.checklist import all_taxa
from pages.parts.wording import _, language

# A component is a blob, where `import "/…"` has no origin: the address is made whole first.
# Streamlit runs the default export again with each new `data`; the form in hand must live on.
SCRIPT = """
const { adopt } = await import(new URL("ADDRESS", location.origin).href);
const mounted = new WeakSet();
export default ({ data, parentElement, setStateValue }) => {
  if (mounted.has(parentElement)) return undefined;
  mounted.add(parentElement);
  const end = adopt(parentElement, { ...data, onReceived: (id) => setStateValue("received", id) });
  return () => {
    mounted.delete(parentElement);
    end();
  };
};
""".replace("ADDRESS", asset_url("recorder/recorder.js"))

DRAWINGS = {
    Group.BIRD: "mandarin",
    Group.AMPHIBIAN: "newt",
    Group.FISH: "tiaoxi-zacco",
    Group.INSECT: "dragonfly",
    Group.PLANT: "lotus",
    Group.FUNGUS: "favolaschia",
}

_recorder = st.components.v2.component("recorder", html="<div></div>", js=SCRIPT)


def recorder() -> str | None:
    """Draw the recorder; give the id of the sighting whose receipt is on the screen, else None."""
    data = {"words": recorder_words(language()), "data": recorder_data(st.query_params)}
    state = _recorder(key="recorder", data=data, on_received_change=lambda: None)
    received: str | None = state.received
    return received


def recorder_data(query: Query) -> dict[str, object]:
    """The input of the scripts: consent, limits, districts, groups. Nothing personal."""
    return public_data(query) | consent_data()


def public_data(query: Query) -> dict[str, object]:
    """The same without the consent: what everybody's recorder starts with.

    `taxon` is the species that `?taxon=` names, for whoever has met it too.
    """
    return {
        "language": language(),
        "consent_version": CONSENT_VERSION,
        "max_photos": MOST_PHOTOS,
        "max_at_once": MOST_PHOTOS_AT_ONCE,
        "max_bytes": MAX_BYTES,
        "points_of_a_day": STEPS,
        "map_approval": settings().map_approval,
        **city_data(),
        "groups": _groups(),
        "taxon": _taxon(query),
    }


def consent_data() -> dict[str, object]:
    """The data that every sender needs about this visitor: the language, and the consent."""
    consent = visitor().consent
    return {
        "language": language(),
        "consented": consent is not None,
        "place_consented": consent is None or consent.allows_place,
        "consent_version": CONSENT_VERSION,
    }


def _taxon(query: Query) -> dict[str, object] | None:
    """A species as the search answers it; None where the address names none."""
    taxon_id = query.get("taxon", "")
    if not taxon_id:
        return None
    species = next((taxon for taxon in all_taxa() if str(taxon.taxon_id) == taxon_id), None)
    if species is None:
        return None
    return {
        "taxon_id": taxon_id,
        "scientific_name": species.scientific_name,
        "vernacular_name": species.vernacular_name,
        "english_name": species.english_name,
        "other_name": None,
        "group": species.group,
        "group_name": _(species.group.word),
        "picture": asset_url(f"art/{species.picture}") if species.picture else None,
        "fit": "name",
    }


def city_data() -> dict[str, object]:
    """The city's box and its districts for scripts: WGS-84, radii in metres."""
    districts = [
        {
            "code": district.code,
            "name": district.name(language()),
            "lat": district.latitude,
            "lon": district.longitude,
            "radius_m": round(district.radius_m),
        }
        for district in DISTRICTS.values()
    ]
    return {"box": asdict(CITY_BOX), "districts": districts}


def _groups() -> list[dict[str, object]]:
    return [
        {"code": group, "name": _(group.word), "icon": group.icon, "art": _drawing(group)}
        for group in Group
    ]


def _drawing(group: Group) -> str | None:
    name = DRAWINGS.get(group)
    return asset_url(f"art/{name}.webp") if name else None
