"""The wall in the tent, `/festival?wall=1`: a screen that takes turns and keeps itself new.

The page's script runs once; from then on the component asks the API and draws, so that nothing of
Streamlit's grows however long the screen is on.
"""

from functools import cache

import segno
import streamlit as st

from observations.festivals.festival import Festival
from observations.places.districts import DISTRICTS
from observations.taxa.taxon import Group
from pages.parts.assets import ASSETS, asset_url
from pages.parts.runtime import settings
from pages.parts.wording import _, language

SCRIPT = """
const wall = await import(new URL("ADDRESS", location.origin).href);
export default ({ data, parentElement }) => {
  wall.start(parentElement, data);
  return () => wall.stop(parentElement);
};
""".replace("ADDRESS", asset_url("festival/wall.js"))
STYLE = (ASSETS / "festival" / "wall.css").read_text("utf-8")
_wall = st.components.v2.component(
    "tent_wall", html='<main class="tent"></main>', css=STYLE, js=SCRIPT
)


def wall(festival: Festival, is_open: bool) -> None:
    """Draw the wall of a festival; where it `is_open`, with how to join."""
    data = {
        "address": f"/api/v1/festivals/wall?id={festival.festival_id}",
        "english": language() == "en",
        "words": _words(),
        "land": {"path": _land()},
        "icons": {str(group): group.icon for group in Group},
        "groups": {str(group): _(group.word) for group in Group},
        "join": _join(festival) if is_open else None,
    }
    _wall(key="tent", data=data)


def _join(festival: Festival) -> dict[str, str]:
    address = settings().public_url or str(st.context.url).partition("/festival")[0]
    code = segno.make(f"{address}/festival?code={festival.code}", error="m", micro=False)
    digits = f"{festival.code[:3]} {festival.code[3:]}"
    return {"digits": digits, "qr": code.svg_data_uri(scale=8, border=1)}


@cache
def _land() -> str:
    """The districts as one path in degrees, latitude downwards."""
    rings = (
        "L".join(f"{longitude:.3f},{-latitude:.3f}" for longitude, latitude in corners)
        for corners in (district.outline.corners for district in DISTRICTS.values())
    )
    return "".join(f"M{ring}z" for ring in rings)


def _words() -> dict[str, str]:
    return {
        "map": _("在哪里遇见"),
        "finds": _("最新找到的"),
        "teams": _("各队找到的种"),
        "tree": _("这几天的生命之树"),
        "join": _("一起来找"),
        "away": _("网络断了，接上以后自己更新。"),
        "demo": _("演示数据"),
        "species": _("已确认的种"),
        "waiting": _("到现在的种"),
        "sightings": _("次遇见"),
        "people": _("参加的人"),
        "small_team": _("一个小队"),
        "team": _("队伍"),
        "so_far": _("到现在"),
        "later": _("预计核实后"),
        "result": _("种数"),
        "how": _("扫码加入一个队，不用账号；或打开“观察节”，输入这六位数字"),
        "empty": _("还没有队伍加入"),
    }
