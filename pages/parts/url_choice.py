"""What is chosen on a page stands in its address, by codes: a link works in both languages.

The address is the state: each run of a page puts into its fields what the address says, and a tap
writes into the address what the fields say. So Back brings back what was chosen. Streamlit's own
`bind` would keep the shown text, which differs by language, and leave no entry to go back to.
"""

from collections.abc import Callable, Container, Mapping
from typing import Literal, TypeVar

import streamlit as st

T = TypeVar("T")
DRAWN = "url_choices"
MOST_SHOWN = 2000


def begin() -> None:
    """Forget the fields of the page before; at the beginning of every run."""
    st.session_state[DRAWN] = {}


def url_choice(
    label: str,
    names: Mapping[str, str],
    key: str,
    usual: str,
    width: Literal["stretch", "content"] = "stretch",
) -> str:
    """The code chosen of `names` (code to name, in order) side by side, kept as `?key=code`."""
    choice = from_address(key, names, usual)
    st.segmented_control(
        label,
        list(names),
        format_func=lambda code: names.get(code, code),
        key=key,
        label_visibility="collapsed",
        width=width,
        required=True,
        on_change=to_address,
    )
    return choice


def url_select(
    label: str,
    names: Mapping[str, str],
    key: str,
    usual: str,
    label_visibility: Literal["visible", "collapsed"] = "visible",
) -> str:
    """The code chosen of `names` in a list that opens, kept as `?key=code`."""
    choice = from_address(key, names, usual)
    st.selectbox(
        label,
        list(names),
        format_func=lambda code: names.get(code, code),
        key=key,
        label_visibility=label_visibility,
        on_change=to_address,
    )
    return choice


def from_address(key: str, names: Container[str], usual: str, field: str = "") -> str:
    """The code that the address says of a field, put into the field; `usual` where it says none."""
    return follow(key, lambda code: code if code in names else usual, field)


def follow(key: str, read: Callable[[str], T], field: str = "") -> T:
    """Put what `read` makes of the address into the field that stands there as `key`.

    `field` is the widget's key, where that is another. `read("")` gives what is usual.
    """
    name, value, usual = field or key, read(st.query_params.get(key, "")), read("")
    st.session_state[DRAWN][key] = (name, usual)
    if st.session_state.get(name) != value:
        st.session_state[name] = value
    return value


def to_address(*without: str) -> None:
    """Write all fields of the page into the address at once, what is usual left out.

    `without` are keys that go: of a list that starts anew. All fields, since the address that
    comes with a quick second tap is still that of before the first.
    """
    query = {k: v for k, v in st.query_params.to_dict().items() if k not in without}
    for key, (name, usual) in st.session_state[DRAWN].items():
        value = st.session_state.get(name, usual)
        query.pop(key, None)
        if value is not None and value != usual:
            query[key] = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    change_address(query)


def change_address(query: Mapping[str, str]) -> None:
    """Make the address's query `query`: one entry to go back from, and none without a change."""
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)


def shown(key: str, first: int) -> int:
    """How many rows of a list to show, of `?key=`: `first` until one asks for more."""
    text = st.query_params.get(key, "")
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_SHOWN))
    return min(max(int(text), first), MOST_SHOWN) if is_number else first


def show(key: str, count: int) -> None:
    """Show `count` rows of the list from now on."""
    change_address(st.query_params.to_dict() | {key: str(count)})
