"""The parts around every page: brand and links on top, tabs below on a phone, the footer."""

from collections.abc import Iterable, Sequence
from typing import Literal
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from pages.parts.assets import asset_url
from pages.parts.cards import demo_mark, icon
from pages.parts.session import asked_of_me
from pages.parts.site import NAME, Entry, address, desks
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
        st.html(brand(here), width="content")
        with st.container(key="topnav", horizontal=True, wrap=False, width="content", gap=None):
            for entry in entries:
                if entry.nav:
                    _link(entry, here)
        staff = _staff(entries) if is_staff else ""
        st.html(tools(address(here, st.query_params.to_dict()), is_demo, staff), width="content")


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


def footer(entries: Iterable[Entry]) -> Markup:
    """The operator's name, and the links of those pages that have some here."""
    link = Markup('<a href="/{}{}">{}</a>').format
    links = [link(entry.path, anchor, _(word)) for entry in entries for anchor, word in entry.foot]
    host = Markup('<span class="g-sub">{}</span>').format(_("主办：杭州市生态环境局"))
    return Markup('<footer class="g-foot">{}{}</footer>').format(host, Markup("").join(links))


def _link(entry: Entry, here: Entry, label: str = "", width: Width = "content") -> None:
    """A page link; the page we are on is bold, which style sheet and screen reader both follow.

    Beside 我的 stands how many questions of verifiers wait for an answer there.
    """
    word = label or _(entry.title)
    word = f"**{word}**" if entry is here else word
    if entry.path == "me" and (count := asked_of_me()):
        word += f" :gray-badge[{count}]"
    st.page_link(entry.script, label=word, width=width)


def brand(here: Entry) -> Markup:
    """The mark and the name, which lead home; on a task, which has no tabs, the way back too."""
    whole = (
        '<a class="g-brand" href="/"><img src="{}" alt="{}" width="36" height="36">'
        '<span aria-hidden="true"></span></a>'
    )
    home = Markup(whole).format(asset_url("icons/mark.svg"), _(NAME))
    if not here.is_task:
        return home
    back = Markup('<a class="g-back" href="/" data-back aria-label="{}">{}</a>')
    return Markup('<div class="g-brands">{}{}</div>').format(
        back.format(_("返回"), icon("back")), home
    )


def tools(here: str, is_demo: bool, staff: str = "") -> Markup:
    """The switch of language, which leads back `here`; the demo's mark; the staff's links."""
    code = OTHER_LANGUAGE[language()]
    target = f"/lang/{code}?" + urlencode({"next": here})
    whole = '<div class="g-tools">{}{}{}<a href="{}" lang="{}" aria-label="{} · {}">{}</a></div>'
    mark = demo_mark() if is_demo else ""
    return Markup(whole).format(
        mark, staff, large_type(), target, code, _("EN"), _("English"), _("EN")
    )


def large_type() -> Markup:
    """The switch to large type and back, which the browser remembers; one of the two is shown."""
    button = Markup(
        '<button class="g-large {}" type="button" data-remember="large" aria-label="{} · {}">'
        "{}</button>"
    ).format
    on, back = _("大字"), _("标准")
    whole = "{}{}"
    return Markup(whole).format(
        button("on", on, _("换成大字版"), on), button("back", back, _("回到标准版"), back)
    )


def _staff(entries: Iterable[Entry]) -> Markup:
    """Links to the first desk of this member of staff, which names the others, and the sign-out."""
    link = Markup('<a href="/{}">{}</a>').format
    desk = Markup("").join(link(entry.path, _("工作台")) for entry in desks(entries)[:1])
    whole = (
        '{}<form method="post" action="/staff/logout">'
        '<input type="hidden" name="csrf" value="{}"><button>{}</button></form>'
    )
    return Markup(whole).format(desk, st.context.cookies.get("luji_csrf", ""), _("退出"))
