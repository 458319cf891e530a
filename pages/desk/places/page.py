"""The list of places as a CSV that staff keep: change it, look, save."""

import streamlit as st
from markupsafe import Markup

from observations.places.sites import COLUMNS, KIND_NAMES, as_csv, keep
from pages.parts import cards, last_tap
from pages.parts.guard import staff_only
from pages.parts.map.cards import MISSING_APPROVAL
from pages.parts.runtime import known_now, settings, store
from pages.parts.wording import _

TEXT = "places_csv"


def save() -> str:
    """Keep the list as it stands in the field; what is wrong with it stays beside it."""
    count = keep(store(), staff_only("keep_sites").person, st.session_state[TEXT], known_now())
    return _("已存好，共 {count} 个地点。").format(count=count)


staff_only("keep_sites")
listed = as_csv(store().sites.all_sites())
st.session_state.setdefault(TEXT, listed)
kinds = " · ".join(f"{kind} = {_(name)}" for kind, name in KIND_NAMES.items())
note = _("每行一个地点，第一行是列名：{columns}。kind 的写法：{kinds}。坐标是 WGS-84。").format(
    columns=", ".join(COLUMNS), kinds=kinds
)
cards.show(cards.title(_("地点清单"), _("这里写什么，大家就看到什么。")))
cards.show(Markup("<p>{}</p>").format(note))
if not settings().map_approval:
    cards.show(cards.note(_(MISSING_APPROVAL), "warn", tag="p"))
st.text_area(_("清单（CSV）"), key=TEXT, height=420)
last_tap.notice()
st.button(_("存好"), type="primary", on_click=lambda: last_tap.do(save))
st.download_button(
    _("下载现在的清单"),
    listed.encode("utf-8-sig"),
    "places.csv",
    "text/csv",
)
