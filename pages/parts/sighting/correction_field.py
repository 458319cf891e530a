"""The fields for another place or another time of a stored sighting: the recorder's own panels."""

from collections.abc import Mapping
from typing import Any, Literal

import streamlit as st

from observations.occurrences.occurrence import Occurrence
from pages.parts.assets import asset_url
from pages.parts.recorder.recorder import city_data, consent_data
from pages.parts.recorder.recorder_words import recorder_words
from pages.parts.runtime import settings
from pages.parts.wording import language

# Streamlit runs the default export again with each new `data`; what was chosen must live on.
SCRIPT = """
const { draw } = await import(new URL("ADDRESS", location.origin).href);
const mounted = new WeakSet();
export default ({ data, parentElement, setStateValue }) => {
  if (mounted.has(parentElement)) return undefined;
  mounted.add(parentElement);
  const end = draw(parentElement, data, setStateValue);
  return () => {
    mounted.delete(parentElement);
    end();
  };
};
""".replace("ADDRESS", asset_url("sighting/correction.js"))

_field = st.components.v2.component("correction", html="<div></div>", js=SCRIPT)


def ask(record: Occurrence, field: Literal["place", "event_date"]) -> Mapping[str, Any] | None:
    """Draw the field; gives what was chosen as the phone sends it, None while nothing is."""
    data = {
        "words": recorder_words(language()),
        "field": field,
        "now": _now(record),
        "allows_place": consent_data()["place_consented"],
        "map_approval": settings().map_approval,
        **city_data(),
    }
    key = f"{field}_{record.occurrence_id}_{record.decision_id}"
    chosen: Mapping[str, Any] | None = _field(
        key=key, data=data, on_change_change=lambda: None
    ).change
    return chosen


def _now(record: Occurrence) -> dict[str, object]:
    """Time and place as they are, in the recorder's words."""
    return {
        "event_date": record.event_date.isoformat(),
        "time_known": record.is_time_known,
        "place": {
            "latitude": record.decimal_latitude,
            "longitude": record.decimal_longitude,
            "uncertainty_m": record.coordinate_uncertainty_in_meters,
            "source": record.place_source,
            "name": record.place_name or None,
            "district": record.district,
            "datum": "WGS-84",
        },
    }
