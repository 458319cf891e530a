"""What the recorder is handed: every sentence it says, and what it must know."""

import json
import re
from pathlib import Path

import pytest

from observations.places.districts import DISTRICTS
from pages.parts.assets import ASSETS
from pages.parts.recorder.recorder_words import WORDS, recorder_words

SCRIPTS = sorted((ASSETS / "recorder").glob("*.js"))
SAID = re.compile(r'\bsay\(\s*"([a-z_]+)"')
QUOTED = re.compile(r'"([a-z_]+)"')
MADE = re.compile(r"\bsay\(\s*`([^`]+)`")
CHINESE = re.compile(r"[\u3400-\u9fff\uff00-\uffef]")
# Regular expressions of JavaScript: they read what people type, and say nothing.
PATTERN = re.compile(
    r"String\.raw`[^`]*`|/(?![/*])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+/[gimsuy]+"
)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_every_sentence_a_script_says_is_there(script: Path) -> None:
    missing = set(SAID.findall(script.read_text("utf-8"))) - WORDS.keys()

    # the door before the other pages brings its own four
    assert {key for key in missing if not key.startswith("gate_")} == set()


def test_no_sentence_is_there_for_nothing() -> None:
    text = "\n".join(script.read_text("utf-8") for script in SCRIPTS)
    patterns = [re.sub(r"\$\{[^}]+\}", r"\\w+", key) for key in MADE.findall(text)]
    said = set(QUOTED.findall(text))

    unused = [key for key in WORDS if key not in said and not is_made(key, patterns)]

    assert unused == []


def is_made(key: str, patterns: list[str]) -> bool:
    return any(re.fullmatch(pattern, key) for pattern in patterns)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_script_speaks_by_itself(script: Path) -> None:
    code = re.sub(r"^\s*(//|/?\*).*$|//.*$", "", script.read_text("utf-8"), flags=re.MULTILINE)

    assert CHINESE.findall(PATTERN.sub("", code)) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_nothing_typed_or_received_is_ever_read_as_html(script: Path) -> None:
    text = script.read_text("utf-8")

    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text)


def test_the_words_are_whole_in_both_languages() -> None:
    chinese, english = recorder_words("zh"), recorder_words("en")

    assert chinese.keys() == english.keys()
    assert not [text for text in english.values() if CHINESE.search(text)]


def test_a_district_is_covered_by_the_circle_the_recorder_draws() -> None:
    for district in DISTRICTS.values():
        farthest = district.outline.radius_from(district.latitude, district.longitude)
        assert round(district.radius_m) >= farthest - 1


def test_the_library_comes_with_its_licence() -> None:
    assert "Redistribution" in (ASSETS / "vendor/maplibre-gl/LICENSE.txt").read_text("utf-8")


def test_the_borders_the_phone_asks_are_those_of_the_server() -> None:
    features = json.loads((ASSETS / "boundaries/districts.geojson").read_text("utf-8"))["features"]

    assert {feature["properties"]["adcode"] for feature in features} == DISTRICTS.keys()
