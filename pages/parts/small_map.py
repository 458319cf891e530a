"""A small map of one place: MapLibre in a component, on our own borders and water."""

from dataclasses import dataclass

import streamlit as st

from observations.places.districts import DISTRICTS
from pages.parts.wording import _, language

SCRIPT = """
const map = await import(new URL("/assets/small_map/small_map.js", location.origin).href);
export default ({ data, parentElement }) => {
  map.show(parentElement, data);
  return () => map.close(parentElement);
};
"""
STYLE = """
.map {
  height: 168px; border-radius: 12px; overflow: hidden; background: var(--wash); color: var(--ink2);
}
.map .name {
  font-size: .8rem; pointer-events: none; text-shadow: 0 0 4px var(--paper), 0 0 4px var(--paper);
}
.map[data-near=no] .name { visibility: hidden; }
.map[data-failed] { display: grid; place-items: center; }
"""
HTML = '<div class="map" role="region"></div>'
_map = st.components.v2.component("small_map", html=HTML, css=STYLE, js=SCRIPT)


@dataclass(frozen=True)
class Spot:
    """A place in WGS-84 decimal degrees.

    An approximate place is drawn only as a circle: a point in the middle of a grid cell would look
    exact.
    """

    latitude: float
    longitude: float
    uncertainty_m: float | None
    is_rough: bool = False


def small_map(spot: Spot, label: str, key: str) -> None:
    """Draw `spot` with its uncertainty; `label` tells a screen reader what the facts beside say."""
    data = {"place": spot.__dict__, "label": label, "failed": _("地图没有打开，地点写在旁边。")}
    _map(key=key, data=data | {"locale": locale(), "districts": districts()})


def districts() -> list[dict[str, object]]:
    """The names of the districts and where they stand on a map, in WGS-84 degrees."""
    return [
        {
            "name": district.name(language()),
            "latitude": district.latitude,
            "longitude": district.longitude,
        }
        for district in DISTRICTS.values()
    ]


def locale() -> dict[str, str]:
    """The texts of MapLibre in the visitor's language."""
    return {
        "Map.Title": _("地图"),
        "NavigationControl.ZoomIn": _("放大"),
        "NavigationControl.ZoomOut": _("缩小"),
        "CooperativeGesturesHandler.MobileHelpText": _("用两根手指移动地图"),
        "CooperativeGesturesHandler.WindowsHelpText": _("按住 Ctrl 再滚动，地图会缩放"),
        "CooperativeGesturesHandler.MacHelpText": _("按住 ⌘ 再滚动，地图会缩放"),
    }
