"""A long list, a page at a time: words looked for, and the key behind which the next page begins.

Both stand in the address (`?q=…&after=…`), so that a link and Back keep them. No page counts what
lies before it: the thousandth is as quick as the first.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from pages.parts.url_choice import change_address, follow, to_address
from pages.parts.wording import _

AFTER, WORDS = "after", "q"
LONGEST_WORDS = 60
T = TypeVar("T")


def search_field(label: str) -> str:
    """A field for what is looked for; another word begins the list anew."""
    words = follow(WORDS, lambda text: text[:LONGEST_WORDS].replace("\x00", ""))
    st.text_input(label, key=WORDS, max_chars=LONGEST_WORDS, on_change=to_first_page)
    return words.strip()


def to_first_page() -> None:
    """Write the page's fields into the address; the list begins anew."""
    to_address(AFTER)


def after() -> str:
    """The key behind which this page begins; "" for the first page."""
    return st.query_params.get(AFTER, "")[:LONGEST_WORDS].replace("\x00", "")


def page_of(read: Callable[[int], Sequence[T]], size: int) -> tuple[Sequence[T], bool]:
    """At most `size` rows of what `read(limit)` gives, and whether more follow."""
    rows = read(size + 1)
    return rows[:size], len(rows) > size


def next_page(key: str | None) -> None:
    """The buttons to the next page, which begins behind `key`, and to the first one."""
    if not key and not after():
        return
    with st.container(horizontal=True, gap="small", key="paging"):
        if after():
            st.button(_("回到开头"), key="first_page", on_click=to_first_page)
        if key:
            query = st.query_params.to_dict() | {AFTER: key}
            st.button(_("下一页"), key="next_page", on_click=change_address, args=(query,))
