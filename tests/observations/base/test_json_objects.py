"""One definition reads and checks what a program sends."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import msgspec
import pytest
from msgspec import Meta

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.json_objects import (
    JsonObject,
    left_out_if_unreadable,
    read,
    read_what_fits,
    refused_as,
)


class Habit(StrEnum):
    TREE = "tree"
    HERB = "herb"


class Spot(JsonObject, frozen=True, kw_only=True):
    latitude: Annotated[float, Meta(ge=-90, le=90, extra=refused_as("place.missing"))]
    metres: Annotated[float, Meta(extra=left_out_if_unreadable())] | None = None


class Leaf(JsonObject, frozen=True, kw_only=True):
    id: UUID | None = None
    label: Annotated[str, Meta(max_length=5)] = ""
    habit: Habit | None = None
    moment: Annotated[datetime, Meta(tz=True)] | None = None
    is_whole: bool = True
    veins: Annotated[int, Meta(ge=1, le=9, extra=refused_as("count.unreadable", most=9))] = 1
    spot: Annotated[Spot, Meta(extra=refused_as("place.missing"))] | None = None
    others: list[UUID] = []


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("id", "17", "id.malformed"),
        ("label", 5, "text.not_text"),
        ("label", "longer", "text.too_long"),
        ("label", "a\x00b", "text.unreadable"),
        ("label", "\ud800", "text.unreadable"),
        ("habit", "moss", "choice.unknown"),
        ("moment", "yesterday", "date.unreadable"),
        ("moment", "2026-05-09T09:42:00", "date.unreadable"),
        ("moment", 5, "date.unreadable"),
        ("is_whole", "yes", "record.unreadable"),
        ("veins", 0, "count.unreadable"),
        ("veins", True, "count.unreadable"),
        ("veins", 10**400, "count.unreadable"),
        ("spot", "here", "place.missing"),
        ("spot", {}, "place.missing"),
        ("spot", {"latitude": float("nan")}, "place.missing"),
        ("spot", {"latitude": 10**400}, "place.missing"),
        ("others", "x", "record.unreadable"),
        ("others", ["x"], "id.malformed"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_outermost_field_or_left_out(
    field: str, value: Any, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        read(Leaf, {field: value})
    assert (refused.value.code, refused.value.field) == (code, field)
    assert read_what_fits(Leaf, {field: value, "habit": "herb"} | {field: value}) in (
        Leaf(),
        Leaf(habit=Habit.HERB),
    )


def test_what_is_empty_counts_as_missing_and_what_is_unknown_is_passed_over() -> None:
    payload = {"id": "", "habit": None, "veins": 3.0, "label": " oak ", "colour": "green"}
    assert read(Leaf, payload) == Leaf(veins=3, label="oak")


def test_a_field_may_count_as_missing_where_it_means_nothing() -> None:
    leaf = read(Leaf, {"spot": {"latitude": 30, "metres": "eight"}})
    assert leaf.spot == Spot(latitude=30.0)


@pytest.mark.parametrize("payload", [None, [], "x", 1])
def test_what_is_no_object_is_refused(payload: Any) -> None:
    with pytest.raises(Refused, match="record.unreadable"):
        read(Leaf, payload)


def test_the_description_says_what_is_checked() -> None:
    schema = msgspec.json.schema(Leaf)["$defs"]["Leaf"]["properties"]
    assert (schema["veins"]["minimum"], schema["veins"]["maximum"]) == (1, 9)
    assert schema["label"]["maxLength"] == 5


def test_ids_and_moments_are_read_as_such() -> None:
    identifier = new_id()
    leaf = read(Leaf, {"id": str(identifier), "moment": "2026-05-09T09:42+08:00"})
    assert leaf.id == identifier
    assert leaf.moment is not None and leaf.moment.utcoffset() is not None
