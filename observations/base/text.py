"""Text from outside, checked before it reaches a store."""

from observations.base.errors import Refused

NOTE_LENGTH = 2000


def clean_text(value: object, field: str, limit: int = NOTE_LENGTH) -> str:
    """`value` as trimmed text of at most `limit` characters; None is "".

    Raises `Refused`: `text.not_text`, `text.unreadable` (NUL, lone surrogates: DuckDB and
    PostgreSQL disagree about them), `text.too_long`.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused("text.not_text", field)
    if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise Refused("text.unreadable", field)
    text = value.strip()
    if len(text) > limit:
        raise Refused("text.too_long", field, limit=limit, length=len(text))
    return text
