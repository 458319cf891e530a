"""The map's colours.

WebGL reads no custom properties, so they are read from the style sheet here: one place holds them.
"""

import re
from dataclasses import dataclass
from functools import cache

import streamlit as st

from pages.parts.assets import ASSETS

Colour = list[int]
TOKEN = re.compile(r"--(\w+): (#[0-9A-Fa-f]{6});")
NOTHING = [0, 0, 0, 0]


@dataclass(frozen=True)
class Colours:
    """Colours as red, green, blue, 0 to 255.

    `fills` and `strokes` are by the kind of a tile's feature: square, classes 1 to 5, single
    record, border of a square, whole square. `ramp` is the five classes without transparency,
    `compared` the kinds where the classes are the origins of records.
    """

    land: Colour
    water: Colour
    green: Colour
    building: Colour
    line: Colour
    edge: Colour
    lake: Colour
    ink: Colour
    ink2: Colour
    seal: Colour
    ramp: list[Colour]
    compared: list[Colour]
    fills: list[Colour]
    strokes: list[Colour]


def colours() -> Colours:
    """The colours of the theme that the visitor sees."""
    return colours_of("dark" if st.context.theme.type == "dark" else "light")


@cache
def colours_of(theme: str) -> Colours:
    """The colours of "light" or "dark"."""
    token = _tokens()[theme]
    ramp = [token[f"c{k}"] for k in range(1, 6)]
    square = [*token["edge"], 16]
    return Colours(
        land=token["card"],
        water=token["water"],
        green=token["green"],
        building=token["wash"],
        line=token["line"],
        edge=token["edge"],
        lake=token["lake"],
        ink=token["ink"],
        ink2=token["ink2"],
        seal=token["seal"],
        ramp=ramp,
        compared=[
            square,
            *([*token[name], 235] for name in ("gold", "c3", "c5", "c5", "c5")),
            token["lake"],
            NOTHING,
            square,
        ],
        fills=[square, *([*colour, 235] for colour in ramp), token["lake"], NOTHING, square],
        strokes=[NOTHING] * 6 + [token["card"], [*token["edge"], 130], [*token["edge"], 130]],
    )


@cache
def _tokens() -> dict[str, dict[str, Colour]]:
    """The custom properties of the style sheet, of the light theme and of the dark one."""
    sheet = (ASSETS / "style" / "style.css").read_text("utf-8")
    light, dark = sheet.split("@media (prefers-color-scheme: dark)", 1)
    tokens = {"light": _colours_in(light)}
    tokens["dark"] = tokens["light"] | _colours_in(dark)
    return tokens


def _colours_in(text: str) -> dict[str, Colour]:
    return {
        name: [int(value[k : k + 2], 16) for k in (1, 3, 5)] for name, value in TOKEN.findall(text)
    }
