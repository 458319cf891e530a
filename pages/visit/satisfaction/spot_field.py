"""A place to point at: the phone's own position, or a tap on a map."""

import streamlit as st

from observations.places.districts import DISTRICTS
from pages.parts import small_map
from pages.parts.assets import ASSETS, asset_url
from pages.parts.permission_words import ALLOW_POSITION
from pages.parts.wording import _

SCRIPT = """
const field = await import(new URL("{address}", location.origin).href);
export default ({{ data, parentElement, setStateValue }}) => {{
  field.draw(parentElement, data, setStateValue);
  return () => field.close(parentElement);
}};
"""
CITY = (30.2, 120.1, 8.6)
NEAR = 10.2
Place = tuple[float | None, float | None]
"""Latitude and longitude in WGS-84 decimal degrees, or None twice."""

_field = st.components.v2.component(
    "spot_field",
    html='<div class="place"></div>\n',
    css=(ASSETS / "satisfaction" / "spot_field.css").read_text("utf-8"),
    js=SCRIPT.format(address=asset_url("satisfaction/spot_field.js")),
)


def ask(key: str, district: str | None, before: Place) -> Place:
    """Draw the field round `district` (an adcode); gives the place chosen, at first `before`."""
    home = DISTRICTS.get(district or "")
    centre = (home.latitude, home.longitude, NEAR) if home else CITY
    latitude, longitude = before
    place = {"latitude": latitude, "longitude": longitude} if latitude is not None else None
    data = {
        "words": _words(),
        "locale": small_map.locale(),
        "centre": centre,
        "known": place,
    }
    spot = _field(key=key, data=data, on_place_change=lambda: None).place
    if not spot:
        return before
    if spot.get("none"):
        return None, None
    return float(spot["latitude"]), float(spot["longitude"])


def _words() -> dict[str, str]:
    return {
        "mine": _("用我现在的位置"),
        "open": _("在地图上点"),
        "clear": _("不要这个位置"),
        "chosen": _("位置已记下，只有工作人员看得到。"),
        "searching": _("正在定位…"),
        "refused": _("手机没有允许定位。在地图上点一下，或写在上面。"),
        **{key: _(words) for key, words in ALLOW_POSITION.items()},
        "denied": _("没有拿到位置。在地图上点一下，或写在上面。"),
        "failed": _("地图没有打开，把地点写在上面就好。"),
        "map": _("地图：点一下，说的就是那里"),
    }
