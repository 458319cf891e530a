"""The recorder on a Streamlit page: the scripts of `assets/recorder/` in one component."""

from dataclasses import asdict

import streamlit as st

from observations.media.formats import MAX_BYTES
from observations.occurrences.deciding import SIGHTING_POINTS
from observations.occurrences.report import MOST_PHOTOS, MOST_PHOTOS_AT_ONCE
from observations.people.consent import CONSENT_VERSION
from observations.places.districts import CITY_BOX, DISTRICTS
from observations.places.key_places import KEY_PLACES
from observations.taxa.taxon import Group
from pages.parts.assets import asset_url
from pages.parts.recorder.recorder_words import recorder_words
from pages.parts.runtime import settings
from pages.parts.session import visitor
from pages.parts.wording import _, language

# A component is a blob, where `import "/…"` has no origin: the address is made whole first.
# Streamlit runs the default export again with each new `data`; the form in hand must live on.
SCRIPT = """
const { mount } = await import(new URL("/assets/recorder/recorder.js", location.origin).href);
const mounted = new WeakSet();
export default ({ data, parentElement, setStateValue }) => {
  if (mounted.has(parentElement)) return undefined;
  mounted.add(parentElement);
  const end = mount(parentElement, { ...data, onReceived: (id) => setStateValue("received", id) });
  return () => {
    mounted.delete(parentElement);
    end();
  };
};
"""

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
    data = {"words": recorder_words(language()), "data": recorder_data()}
    state = _recorder(key="recorder", data=data, on_received_change=lambda: None)
    received: str | None = state.received
    return received


def recorder_data() -> dict[str, object]:
    """The input of the scripts: consent, limits, districts, groups. Nothing personal."""
    return {
        **consent_data(),
        "max_photos": MOST_PHOTOS,
        "max_at_once": MOST_PHOTOS_AT_ONCE,
        "max_bytes": MAX_BYTES,
        "points": SIGHTING_POINTS,
        "basemap": "/basemap/style.json" if settings().basemap else "",
        "map_approval": settings().map_approval,
        "box": asdict(CITY_BOX),
        "districts": _districts(),
        "places": _places(),
        "groups": _groups(),
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


def _districts() -> list[dict[str, object]]:
    return [
        {
            "code": district.code,
            "name": district.name(language()),
            "lat": district.latitude,
            "lon": district.longitude,
            "radius_m": round(district.radius_m),
        }
        for district in DISTRICTS.values()
    ]


def _places() -> list[dict[str, object]]:
    """Known places that give orientation on a map without names."""
    return [
        {"name": place.name(language()), "lat": place.latitude, "lon": place.longitude}
        for place in KEY_PLACES
    ]


def _groups() -> list[dict[str, object]]:
    return [
        {"code": group, "name": _(group.word), "icon": group.icon, "art": _drawing(group)}
        for group in Group
    ]


def _drawing(group: Group) -> str | None:
    name = DRAWINGS.get(group)
    return asset_url(f"art/{name}.webp") if name else None
