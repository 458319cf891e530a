"""Words in the language of whoever is looking."""

import streamlit as st

from observations.base.errors import Refused
from observations.base.wording import LANGUAGES, translate
from pages.parts.refusals import REFUSALS

LANGUAGE_COOKIE = "luji_lang"


def chosen_language(cookie: str | None) -> str:
    """The language a cookie asks for; Chinese first."""
    return cookie if cookie in LANGUAGES else LANGUAGES[0]


def language() -> str:
    """The language of this session's visitor."""
    return chosen_language(st.context.cookies.get(LANGUAGE_COOKIE))


def _(text: str) -> str:
    """`text` in the visitor's language."""
    return translate(text, language())


def sentence(refusal: Refused, in_language: str | None = None) -> str:
    """What a refusal says, in the visitor's language or the one given."""
    words = translate(REFUSALS[refusal.code], in_language or language())
    return words.format(**refusal.values)
