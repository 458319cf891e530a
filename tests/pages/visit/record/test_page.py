"""The page of the recorder, without a browser: what it hands to the scripts."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest

from observations.occurrences.report import MOST_PHOTOS
from observations.people.consent import CONSENT_VERSION
from pages.parts.assets import asset_url
from pages.parts.recorder.recorder import SCRIPT
from tests.support.site import Site

PAGE = "visit/record/page.py"


def handed(page: AppTest) -> dict[str, Any]:
    """The `data` that the component was given."""
    assert not page.exception
    (component,) = page.get("bidi_component")
    return dict(json.loads(component.proto.json))


def test_a_stranger_is_asked_for_consent_by_the_recorder(site: Site) -> None:
    data = handed(site.open(PAGE))["data"]

    assert data["consented"] is False
    assert data["consent_version"] == CONSENT_VERSION
    assert data["max_photos"] == MOST_PHOTOS


def test_who_has_consented_is_not_asked_again(site: Site) -> None:
    site.arrive(consents=True)

    assert handed(site.open(PAGE))["data"]["consented"] is True


def test_the_recorder_speaks_the_visitors_language(site: Site) -> None:
    site.speak("en")
    props = handed(site.open(PAGE))

    assert props["words"]["send"] == "Send this sighting"
    assert {district["name"] for district in props["data"]["districts"]} >= {"Chun'an County"}


def test_the_scripts_are_those_that_are_served() -> None:
    assert asset_url("recorder/recorder.js") in SCRIPT
