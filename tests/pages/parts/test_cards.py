"""The parts of a page escape what they are given, and always say in words what a colour says."""

import re

import pytest
from markupsafe import Markup

from observations.verification.statuses import VerificationStatus
from pages.parts import cards
from pages.parts.assets import ASSETS

EVIL = '<script>alert("x")</script>'
SAFE = "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;"


@pytest.mark.parametrize(
    "part",
    [
        cards.title(EVIL),
        cards.heading(EVIL, EVIL),
        cards.phrases(EVIL),
        cards.chip(EVIL, "pin"),
        cards.badge(EVIL, "ok", "ok"),
        cards.latin(EVIL),
        cards.picture(None, EVIL, "bird"),
        cards.picture("/photos/x/thumb.webp", EVIL),
        cards.sighting(EVIL, EVIL, (EVIL, EVIL), group=EVIL, href=EVIL),
        cards.card(EVIL),
        cards.story("/a.webp", EVIL, EVIL, EVIL, EVIL),
        cards.stats([(EVIL, EVIL, EVIL)], EVIL),
        cards.facts([(EVIL, EVIL)]),
        cards.bullets([("pin", EVIL)]),
        cards.steps([EVIL], 0),
        cards.receipt(EVIL, EVIL, EVIL),
        cards.empty("footprint", EVIL, EVIL),
        cards.invitation("rate", EVIL, EVIL),
        cards.button(EVIL, EVIL),
        cards.rail(EVIL, []),
    ],
)
def test_text_is_shown_literally(part: Markup) -> None:
    assert "<script>" not in part
    assert SAFE in part


@pytest.mark.parametrize("status", list(VerificationStatus))
def test_every_verification_status_has_a_badge_with_words_and_an_icon(
    status: VerificationStatus,
) -> None:
    badge = cards.state(status)

    assert "g-i" in badge
    assert re.search(r"[\u4e00-\u9fff]", badge)


def test_a_missing_picture_is_the_groups_icon_with_its_name_spoken() -> None:
    drawn = cards.picture(None, "夜鹭", "bird")

    assert 'aria-label="夜鹭"' in drawn
    assert "<img" not in drawn


def test_a_group_nobody_knows_leaves_footprints() -> None:
    assert cards.group_icon("dragon") == "footprint"


def test_an_interval_stays_on_its_axis_and_is_spoken() -> None:
    drawn = cards.interval(70, 101, 130, 82, floor=80, top=95)

    assert 'aria-label="101.0 (70.0–130.0)"' in drawn
    assert all(0 <= float(at) <= 100 for at in re.findall(r"left:([\d.]+)%", drawn))


def test_the_strip_of_icons_has_a_row_for_every_symbol() -> None:
    strip = (ASSETS / "icons" / "strip.svg").read_text("utf-8")
    symbols = (ASSETS / "icons" / "symbols.svg").read_text("utf-8")

    assert strip.count('<g transform="translate(0 ') == symbols.count("<symbol ")


def test_every_icon_that_the_style_sheet_counts_is_where_it_counts() -> None:
    style = (ASSETS / "style" / "style.css").read_text("utf-8")
    rows = {name: cards.icon(name) for name in ("map", "record", "boards", "me", "camera")}
    keys = {
        "map": r'a\[href\$="map"\]::before \{ --k: (\d+)',
        "record": r'a\[href\$="record"\]::before \{ --k: (\d+)',
        "boards": r'a\[href\$="boards"\]::before \{ --k: (\d+)',
        "me": r'a\[href\$="me"\]::before \{ --k: (\d+)',
        "camera": r"go_record \{ --k: (\d+)",
    }

    for name, pattern in keys.items():
        row = re.search(pattern, style)
        assert row and f"--k:{row[1]}" in rows[name]


def test_a_note_is_coloured_read_aloud_and_escaped() -> None:
    assert cards.note("a < b") == '<div class="g-note">a &lt; b</div>'
    warning = cards.note(cards.sub("later"), "warn", role="alert", tag="p")
    assert warning == '<p class="g-note warn" role="alert"><p class="g-sub">later</p></p>'
    assert cards.note("stored", "ok", mark="ok").startswith(
        '<div class="g-note ok"><span class="g-i"'
    )
