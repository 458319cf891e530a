"""The look's colours: every pair that is used can be read, and no copy of a colour differs."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
STYLE = (ROOT / "assets" / "style" / "style.css").read_text("utf-8")
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
GROUNDS = ("paper", "card", "wash", "guibg")
TEXTS = [
    *(("ink", ground) for ground in GROUNDS),
    *(("ink2", ground) for ground in ("paper", "card", "wash")),
    *(("lake", ground) for ground in ("paper", "card", "wash")),
    ("on", "lake"),
    ("gui", "guibg"),
    ("gui", "card"),
    *((kind, f"{kind}bg") for kind in ("seal", "ok", "warn", "bad")),
    *((kind, "card") for kind in ("ok", "warn", "bad")),
    ("stamp", "stampbg"),
]
EDGES = [("edge", ground) for ground in ("paper", "card", "wash")] + [("gold", "card")]
COPIES = {
    "primaryColor": "lake",
    "backgroundColor": "paper",
    "secondaryBackgroundColor": "card",
    "textColor": "ink",
    "linkColor": "lake",
    "borderColor": "edge",
}


def _tokens(theme: str) -> dict[str, str]:
    section = STYLE.split("/* 2 ")[0]
    light, dark = section.split("@media", 1)
    both = {
        name: dict(re.findall(r"--(\w+): (#[0-9A-F]{6});", text))
        for name, text in (("light", light), ("dark", dark))
    }
    return both["light"] | both[theme]


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two `#RRGGBB` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read_on_its_ground(text: str, ground: str, theme: str) -> None:
    colours = _tokens(theme)

    assert contrast(colours[text], colours[ground]) >= 5.2


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_the_edge_of_a_control_can_be_seen(edge: str, ground: str, theme: str) -> None:
    colours = _tokens(theme)

    assert contrast(colours[edge], colours[ground]) >= 3.1


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("setting", "token"), COPIES.items())
def test_the_theme_repeats_the_style_sheet(setting: str, token: str, theme: str) -> None:
    assert CONFIG[theme][setting] == _tokens(theme)[token]


def test_a_colour_is_named_before_it_is_used() -> None:
    rest = STYLE.split("/* 2 ")[1]

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", rest) == []
    used = set(re.findall(r"var\(--(\w+)\)", rest)) - {"k", "s"}
    assert used <= set(re.findall(r"--(\w+):", STYLE))
