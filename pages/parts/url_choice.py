"""One choice of a few that stands in the URL, by its code: a link works in both languages."""

from collections.abc import Mapping

import streamlit as st


def url_choice(label: str, names: Mapping[str, str], key: str, default: str) -> str:
    """The code chosen of `names` (code to name, in order), kept as `?key=code`.

    Streamlit's own `bind` would keep the shown text, which differs by language.
    """
    from_address = st.query_params.get(key)
    choice = st.segmented_control(
        label,
        list(names),
        default=from_address if from_address in names else default,
        format_func=names.__getitem__,
        key=key,
        label_visibility="collapsed",
        width="stretch",
        required=True,
    )
    code = choice or default
    if code != default or from_address:
        st.query_params[key] = code
    return code
