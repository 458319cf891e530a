"""The catalogue as picture tiles: one component, its scripts in assets/actions."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

import streamlit as st

from observations.actions.catalogue import GROUP_NAMES, Action, Factor, Group
from pages.parts.assets import ASSETS, asset_url
from pages.parts.wording import _, language

GROUP_ICONS = {
    Group.TRAVEL: "travel",
    Group.FOOD: "eat",
    Group.CLOTHING: "wear",
    Group.HOME: "live",
    Group.USE: "use",
    Group.OFFICE: "office",
    Group.DIGITAL: "pay",
    Group.NATURE: "festival",
}
QUANTITY_KEY = "action_quantity_"  # the question after the tiles; the action's code follows
GRAMS_BELOW = Decimal("0.001")
SCRIPT = """
const tiles = await import(new URL("{address}", location.origin).href);
export default ({{ data, parentElement, setStateValue }}) =>
  tiles.draw(parentElement, data, (code) => setStateValue("code", code));
"""

_tiles = st.components.v2.component(
    "action_tiles",
    html='<div class="actions"></div>\n',
    css=(ASSETS / "actions" / "tiles.css").read_text("utf-8"),
    js=SCRIPT.format(address=asset_url("actions/tiles.js")),
)


def choose(catalogue: Sequence[Action], points: Mapping[str, int], key: str) -> Action | None:
    """Draw the tiles, each with what it earns next; return the chosen action, or None."""
    field = _tiles(key=key, data=_data(catalogue, points), on_code_change=lambda: None)
    return next((action for action in catalogue if action.code == field.code), None)


def factor_words(factor: Factor | None, unit: str) -> str:
    """The carbon that one unit avoids, or a sentence that none is counted."""
    if factor is None:
        return _("不计碳量")
    if factor.saving < GRAMS_BELOW:
        return _("每{unit}少排 {number} 克").format(unit=unit, number=plain(factor.saving * 1000))
    return _("每{unit}少排 {number} 千克").format(unit=unit, number=plain(factor.saving))


def plain(number: Decimal) -> str:
    """A number without trailing zeros: 0.274, 4000."""
    return f"{number.normalize():f}"


def symbol(name: str) -> str:
    """The address of an icon: the action's own, or one of the app's."""
    file = "actions/symbols.svg" if name in _own_symbols() else "icons/symbols.svg"
    return f"{asset_url(file)}#{name}"


def _data(catalogue: Sequence[Action], points: Mapping[str, int]) -> dict[str, object]:
    groups = [
        {"code": group, "name": _(name), "icon": symbol(GROUP_ICONS[group])}
        for group, name in GROUP_NAMES.items()
    ]
    words = {"groups": _("分类"), "more": _("还有 {count} 件")}
    tiles = [_tile(action, points[action.code]) for action in catalogue]
    return {"groups": groups, "actions": tiles, "words": words, "next": f".st-key-{QUANTITY_KEY}"}


def _tile(action: Action, points: int) -> dict[str, str]:
    unit = action.unit_name.of(language())
    amount = action.choices[0]
    each = f"/{plain(amount)} {unit}" if amount > 1 else ""
    return {
        "code": action.code,
        "group": action.group,
        "icon": symbol(action.icon),
        "name": action.name.of(language()),
        "note": factor_words(action.factor, unit),
        "points": f"+{points}{each}",
    }


@cache
def _own_symbols() -> frozenset[str]:
    text = (ASSETS / "actions" / "symbols.svg").read_text("utf-8")
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', text))
