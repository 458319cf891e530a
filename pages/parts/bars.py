"""The parts around every page: brand and links on top, tabs below on a phone, the footer."""

from collections.abc import Iterable, Sequence
from typing import Literal
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from pages.parts.assets import asset_url
from pages.parts.cards import demo_mark, show
from pages.parts.site import NAME, Entry, desks
from pages.parts.wording import _, language

Width = Literal["content", "stretch"]
OTHER_LANGUAGE = {"zh": "en", "en": "zh"}


def top_bar(entries: Sequence[Entry], here: Entry, is_demo: bool, is_staff: bool) -> None:
    """Brand, links (hidden on a phone, which has the tabs), language switch, the staff's links."""
    bar = st.container(
        key="topbar",
        horizontal=True,
        wrap=False,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    )
    with bar:
        st.html(_brand(), width="content")
        with st.container(key="topnav", horizontal=True, wrap=False, width="content", gap=None):
            for entry in entries:
                if entry.nav:
                    _link(entry, here)
        st.html(_tools(here, is_demo, _staff(entries) if is_staff else ""), width="content")


def tabs(entries: Iterable[Entry], here: Entry) -> None:
    """The five tabs at the bottom of a phone.

    Drawn before the page runs, for `st.stop()` stops the frame too; on a desktop the style sheet
    hides them.
    """
    with st.bottom.container(key="tabs", horizontal=True, wrap=False):
        for entry in entries:
            if entry.tab:
                _link(entry, here, width="stretch")


def modes(entries: Iterable[Entry], here: Entry) -> None:
    """The switch that the tasks of the record tab share."""
    with st.container(key="modes", horizontal=True, wrap=False):
        for entry in entries:
            if entry.mode:
                _link(entry, here, label=_(entry.mode), width="stretch")


def footer(entries: Iterable[Entry]) -> None:
    """The operator's name, and the links of those pages that have some here."""
    link = Markup('<a href="/{}{}">{}</a>').format
    links = [link(entry.path, anchor, _(word)) for entry in entries for anchor, word in entry.foot]
    host = Markup('<span class="g-sub">{}</span>').format(_("主办：杭州市生态环境局"))
    show(Markup('<footer class="g-foot">{}{}</footer>').format(host, Markup("").join(links)))


def _link(entry: Entry, here: Entry, label: str = "", width: Width = "content") -> None:
    """A page link; the page we are on is bold, which style sheet and screen reader both follow."""
    word = label or _(entry.title)
    st.page_link(entry.script, label=f"**{word}**" if entry is here else word, width=width)


def _brand() -> Markup:
    whole = (
        '<a class="g-brand" href="/"><img src="{}" alt="{}" width="36" height="36">'
        '<span aria-hidden="true"></span></a>'
    )
    return Markup(whole).format(asset_url("icons/mark.svg"), _(NAME))


def _tools(here: Entry, is_demo: bool, staff: str) -> Markup:
    code = OTHER_LANGUAGE[language()]
    target = f"/lang/{code}?" + urlencode({"next": _address(here)})
    whole = '<div class="g-tools">{}{}<a href="{}" lang="{}" aria-label="{} · {}">{}</a></div>'
    mark = demo_mark() if is_demo else ""
    return Markup(whole).format(mark, staff, target, code, _("EN"), _("English"), _("EN"))


def _staff(entries: Iterable[Entry]) -> Markup:
    """Links to the first desk of this member of staff, which names the others, and the sign-out."""
    link = Markup('<a href="/{}">{}</a>').format
    desk = Markup("").join(link(entry.path, _("工作台")) for entry in desks(entries)[:1])
    whole = (
        '{}<form method="post" action="/staff/logout">'
        '<input type="hidden" name="csrf" value="{}"><button>{}</button></form>'
    )
    return Markup(whole).format(desk, st.context.cookies.get("luji_csrf", ""), _("退出"))


def _address(here: Entry) -> str:
    """The path and query that the visitor is at."""
    query = urlencode(st.query_params.to_dict())
    return f"/{here.path}" + (f"?{query}" if query else "")
