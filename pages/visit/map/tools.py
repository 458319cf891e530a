"""The map's controls: search, zoom, where am I, and the grip of the sheet, each a component."""

import streamlit as st

from pages.parts.assets import ASSETS, asset_url
from pages.parts.recorder.recorder import city_data
from pages.parts.wording import _, language
from pages.visit.map import choice as map_choice

SCRIPT = """
const part = await import(new URL("{address}", location.origin).href);
export default ({{ data, parentElement, setTriggerValue }}) => {{
  part.draw(parentElement, data, setTriggerValue);
  return () => part.close?.(parentElement);
}};
"""
TOOLS = "map_tools"

_tools = st.components.v2.component(
    TOOLS,
    html='<div class="tools"></div>\n',
    css=(ASSETS / "map" / "tools.css").read_text("utf-8"),
    js=SCRIPT.format(address=asset_url("map/tools.js")),
)
_grip = st.components.v2.component(
    "map_grip",
    html='<div class="handle"></div>\n',
    css=(ASSETS / "map" / "grip.css").read_text("utf-8"),
    js=SCRIPT.format(address=asset_url("map/sheet_heights.js")),
)


def controls() -> None:
    """Search, zoom, 附近 and what is being loaded, over the map."""
    with st.container(key="tools"):
        data = {"words": _words(), "language": language(), **city_data()}
        _tools(key=TOOLS, data=data, on_taxon_change=_chosen)


def grip(code: str) -> None:
    """What the sheet is drawn higher and lower by; `code` names what is chosen on the map."""
    words = {
        "handle": _("地图下面这一页的高度"),
        "low": _("低，看地图"),
        "half": _("一半"),
        "high": _("高，看列表"),
    }
    with st.container(key="grip"):
        _grip(key="map_grip", data={"words": words, "code": code})


def _chosen() -> None:
    """Show the species that was searched for."""
    map_choice.show_taxon(str(st.session_state[TOOLS].taxon or ""))


def _words() -> dict[str, str]:
    return {
        "search": _("在地图上找地方或物种"),
        "search_hint": _("找地方、物种"),
        "found": _("找到的地方和物种"),
        "count": _("找到 {count} 个，用上下键挑选。"),
        "nowhere": _("没有这个地名，也没有这个物种。要看区县："),
        "no_place": _("没有这个地名。要看区县："),
        "offline": _("现在连不上，先看区县："),
        "zoom": _("缩放"),
        "zoom_in": _("放大"),
        "zoom_out": _("缩小"),
        "nearby": _("附近"),
        "nearby_consent": _("地图移到你现在的地方。位置只用来移动地图：不保存，不写进网址。"),
        "nearby_yes": _("看附近"),
        "nearby_no": _("不用了"),
        "locating": _("正在定位…"),
        "denied": _("手机没有允许定位。在上面写一个地名，也能到那里。"),
        "unavailable": _("这里暂时定不了位。在上面写一个地名，也能到那里。"),
        "outside": _("你现在不在杭州。写一个地名，看看那里。"),
        "opening": _("正在打开地图…"),
        "loading": _("正在取这一片的记录…"),
        "failed": _("地图没有打开。下面的列表里都读得到。"),
    }
