"""JSON objects read by their definition.

A `JsonObject` defines once what a program sends or gets; reading, checking and describing it all
use that definition.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum
from math import isfinite
from types import UnionType
from typing import Annotated, Any, ClassVar, TypeVar, Union, get_args, get_origin
from uuid import UUID

import msgspec
from msgspec import Meta

from observations.base.errors import Refused
from observations.base.text import NOTE_LENGTH, clean_text

UNREADABLE = "record.unreadable"
CODES = {str: "text.not_text", UUID: "id.malformed", datetime: "date.unreadable"}
NOTHING = (None, "")  # what a form sends for a field left empty


class JsonObject(msgspec.Struct, frozen=True):
    """A request or an answer; `about` describes it, in Chinese, to be translated when shown."""

    about: ClassVar[str] = ""


T = TypeVar("T", bound=JsonObject)


def refused_as(code: str, **values: Any) -> dict[str, Any]:
    """For `Meta(extra=…)`: how a field that does not fit is refused, if not as usual."""
    return {"refusal": code, "values": values}


def left_out_if_unreadable() -> dict[str, Any]:
    """For `Meta(extra=…)`: a field that is treated as missing where it does not fit."""
    return {"is_left_out": True}


def read(kind: type[T], payload: object) -> T:
    """Parsed JSON as a `kind`. Raises `Refused` with the name of the outermost field.

    An optional field that is null or "" counts as missing. NUL and lone surrogates are refused.
    """
    return _object(kind, payload, None, is_lenient=False)


def read_what_fits(kind: type[T], payload: object) -> T:
    """The same for an object whose fields are all optional: those that do not fit are left out."""
    return _object(kind, payload, None, is_lenient=True)


def _object(kind: type[T], payload: object, outer: str | None, is_lenient: bool) -> T:
    if not isinstance(payload, Mapping):
        raise Refused(UNREADABLE, outer)
    return kind(**dict(_fields(kind, payload, outer, is_lenient)))


def _fields(
    kind: type[JsonObject], payload: Mapping[str, object], outer: str | None, is_lenient: bool
) -> Iterator[tuple[str, Any]]:
    """Name and value of each field that is present."""
    for field in msgspec.structs.fields(kind):
        value = payload.get(field.encode_name)
        if value in NOTHING and not field.required:
            continue
        plain, limits = _type(field.type)
        try:
            yield field.name, _value(value, plain, limits, outer or field.encode_name, is_lenient)
        except Refused:
            if field.required or not (is_lenient or (limits.extra or {}).get("is_left_out")):
                raise


def _value(value: object, plain: Any, limits: Meta, name: str, is_lenient: bool) -> Any:
    """`value` as a `plain` within `limits`. Raises the refusal of that field."""
    try:
        return _converted(value, plain, limits, name, is_lenient)
    except (msgspec.ValidationError, ValueError, OverflowError):
        extra = limits.extra or {}
        code = extra.get("refusal") or _usual_code(plain)
        raise Refused(code, name, **extra.get("values", {})) from None


def _converted(value: object, plain: Any, limits: Meta, name: str, is_lenient: bool) -> Any:
    if isinstance(plain, type) and issubclass(plain, JsonObject) and isinstance(value, Mapping):
        return _object(plain, value, name, is_lenient)
    if plain is str and isinstance(value, str):
        return clean_text(value, name, limits.max_length or NOTE_LENGTH)
    if get_origin(plain) is list:
        if not isinstance(value, list):
            raise Refused(UNREADABLE, name)
        inner, inner_limits = _type(*get_args(plain))
        value = [_value(one, inner, inner_limits, name, is_lenient) for one in value]
    if plain is datetime and isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, float) and not isfinite(value):
        raise ValueError(value)
    if plain is int and isinstance(value, float) and value.is_integer():
        value = int(value)  # JSON does not tell 1 from 1.0
    return msgspec.convert(value, Annotated[plain, limits])


def _usual_code(plain: Any) -> str:
    is_choice = isinstance(plain, type) and issubclass(plain, Enum)
    return "choice.unknown" if is_choice else CODES.get(plain, UNREADABLE)


def _type(annotation: Any) -> tuple[Any, Meta]:
    """The type of a field without `| None`, and its limits."""
    limits = Meta()
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *metas = get_args(annotation)
            limits = metas[0]
        elif get_origin(annotation) in (Union, UnionType):
            [annotation] = [one for one in get_args(annotation) if one is not type(None)]
        else:
            return annotation, limits
