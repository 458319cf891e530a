"""Words in the language of whoever is looking."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

from observations.base.errors import Refused
from observations.base.wording import LANGUAGES, translate
from observations.commands.refusals import REFUSALS

LANGUAGE_COOKIE = "luji_lang"
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def chosen_language(cookie: str | None) -> str:
    """The language a cookie asks for; Chinese first."""
    return cookie if cookie in LANGUAGES else LANGUAGES[0]


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Inside the block `language()` is `chosen`: for markup that is drawn outside a session."""
    token = _spoken.set(chosen)
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """The language of the block (`speaking`), else of this session's visitor."""
    return _spoken.get() or chosen_language(st.context.cookies.get(LANGUAGE_COOKIE))


def _(text: str) -> str:
    """`text` in the visitor's language."""
    return translate(text, language())


def as_typed(text: str) -> str:
    """A person's words for a label of Streamlit's, which would read them as Markdown."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def sentence(refusal: Refused, in_language: str | None = None) -> str:
    """What a refusal says, in the visitor's language or the one given."""
    words = translate(REFUSALS[refusal.code], in_language or language())
    return words.format(**refusal.values)
