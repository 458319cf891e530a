"""The fields that find a record, or limit the queue.

They lie outside the part of the page that every key draws again.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from markupsafe import Markup

from observations.base.errors import Refused
from observations.base.ids import parse_id
from observations.base.wording import N_
from observations.occurrences.occurrence import ending_of
from observations.occurrences.report_checks import CHECK_WORDS
from observations.places.districts import DISTRICTS
from observations.taxa.taxon import Group
from observations.verification.decisions import Kind
from observations.verification.filters import TURN_NAMES, Filter
from pages.desk.verify.desk import find
from pages.desk.verify.filters import AGES, KEYS, NAMINGS, TEXT_LENGTH, filter_of_address
from pages.parts import cards
from pages.parts.runtime import store
from pages.parts.url_choice import change_address, follow, to_address, url_choice, url_select
from pages.parts.wording import _, language

EVERYTHING = "everything"
KINDS = {EVERYTHING: N_("都看"), Kind.OCCURRENCE: N_("遇见"), Kind.ACTION: N_("行动")}
FIND_KEY = "desk_find"


def filter_fields() -> None:
    """A button that opens the fields, with the number of those in use."""
    only = filter_of_address()
    words = _("查找和筛选")
    label = _("{words}（{count}）").format(words=words, count=only.count) if only.count else words
    with st.container(key="desk_tools"), st.popover(label, width="content"):
        _find_field()
        kinds = {str(kind): _(word) for kind, word in KINDS.items()}
        url_choice(_("看哪一种"), kinds, "kind", EVERYTHING)
        _select(_("归谁看"), "turn", _translated(TURN_NAMES))
        _select(_("类群"), "group", {group: _(group.word) for group in Group})
        districts = {code: one.name(language()) for code, one in DISTRICTS.items()}
        _select(_("区县"), "district", districts)
        _select(_("等了多久"), "age", _translated(AGES))
        _select(_("名字"), "named", _translated(NAMINGS))
        _select(_("检查发现了什么"), "check", _translated(CHECK_WORDS))
        festivals = {str(f.festival_id): f.name for f in store().festivals.festivals()}
        if festivals:
            _select(_("看哪个观察节"), "festival", festivals)
        _of_links(only)
        if only.count:
            st.button(_("全部不限"), key="no_filter", on_click=drop_filter, width="stretch")


def _select(label: str, key: str, names: Mapping[str, str]) -> None:
    url_select(label, {"": _("不限"), **names}, key, "")


def _translated(words: Mapping[Any, str]) -> dict[str, str]:
    return {str(code): _(word) for code, word in words.items()}


def _of_links(only: Filter) -> None:
    """What only a link can ask for: one observer, one species."""
    observer = store().people.observer(only.observer_id) if only.observer_id else None
    taxon = store().taxa.taxon(only.taxon_id) if only.taxon_id else None
    chips = [
        cards.chip(observer.nickname, "me") if observer else "",
        cards.chip(taxon.name(language()), "search") if taxon else "",
    ]
    if any(chips):
        cards.show(Markup('<div class="g-chips">{}</div>').format(Markup("").join(chips)))


def drop_filter() -> None:
    """Show the whole queue again."""
    change_address({k: v for k, v in st.query_params.to_dict().items() if k not in KEYS})


def _find_field() -> None:
    """A field for a receipt's number, which opens the record, or for words to look for."""
    follow("q", str, FIND_KEY)
    st.text_input(
        _("找编号、名字、留言或昵称"),
        key=FIND_KEY,
        max_chars=TEXT_LENGTH,
        placeholder=_("比如：LJ-7K2M-Q9XB、夜鹭"),
        on_change=_look,
    )


def _look() -> None:
    typed = (st.session_state[FIND_KEY] or "").strip()
    if _is_number(typed):
        st.session_state[FIND_KEY] = st.query_params.get("q", "")
        find(typed)
    else:
        to_address()


def _is_number(typed: str) -> bool:
    """Whether it names one record: an id, `LJ-…`, or eight letters that are some receipt's end.

    A Latin name of eight letters may look like one; it is looked for as a word.
    """
    try:
        return bool(parse_id(typed, "id"))
    except Refused:
        ending = ending_of(typed)
    is_marked = typed.upper().startswith("LJ-")
    return ending is not None and (is_marked or bool(store().verification.subjects_ending(ending)))
