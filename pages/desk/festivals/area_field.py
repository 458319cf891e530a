"""An area drawn on the ground map, corner by corner."""

import streamlit as st

from observations.festivals.festival import Corner
from pages.parts import small_map
from pages.parts.assets import ASSETS, asset_url
from pages.parts.wording import _

SCRIPT = """
const field = await import(new URL("{address}", location.origin).href);
export default ({{ data, parentElement, setStateValue }}) => {{
  field.draw(parentElement, data, setStateValue);
  return () => field.close(parentElement);
}};
"""
_field = st.components.v2.component(
    "area_field",
    html='<div class="place"></div>\n',
    css=(ASSETS / "satisfaction" / "spot_field.css").read_text("utf-8"),
    js=SCRIPT.format(address=asset_url("festival/area_field.js")),
)


def area_field(before: tuple[Corner, ...], of: str) -> tuple[Corner, ...]:
    """Draw the field; gives the corners, at first `before`. Another `of` begins anew."""
    data = {
        "words": {
            "open": _("在地图上画一块地方"),
            "back": _("退一个角"),
            "clear": _("不画了"),
            "more": _("{corners} 个角，至少要 3 个。"),
            "drawn": _("画好了，{corners} 个角。只算这里面的遇见。"),
            "failed": _("地图没有打开，先选区也行。"),
            "map": _("地图：点一下是一个角"),
        },
        "locale": small_map.locale(),
        "known": [list(corner) for corner in before],
        "round": of,
    }
    drawn = _field(key=f"fest_area_{of}", data=data, on_area_change=lambda: None).area
    if drawn is None:
        return before
    return tuple((float(longitude), float(latitude)) for longitude, latitude in drawn)
