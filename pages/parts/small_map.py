"""A small map of one place, or of several: MapLibre in a component, on the ground of all maps."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.parts.assets import asset_url
from pages.parts.wording import _

SCRIPT = """
const map = await import(new URL("ADDRESS", location.origin).href);
export default ({ data, parentElement }) => {
  map.show(parentElement, data);
  return () => map.close(parentElement);
};
""".replace("ADDRESS", asset_url("small_map/small_map.js"))
STYLE = """
.map {
  position: relative; height: 168px; border-radius: 12px; overflow: hidden;
  background: var(--wash); color: var(--ink2);
}
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


def small_map(spots: Spot | Sequence[Spot], label: str, key: str) -> None:
    """Draw spots with their uncertainty; `label` tells a screen reader what stands beside."""
    listed = [spots] if isinstance(spots, Spot) else spots
    data = {
        "places": [spot.__dict__ for spot in listed],
        "label": label,
        "failed": _("地图没有打开，地点写在旁边。"),
    }
    _map(key=key, data=data | {"locale": locale()})


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
