"""Identifiers."""

from datetime import UTC, datetime

import pytest

from observations.base.errors import Refused
from observations.base.ids import new_id, parse_id, random_id


def test_ids_made_later_sort_later() -> None:
    early = new_id(datetime(2026, 5, 9, 1, 0, tzinfo=UTC))
    late = new_id(datetime(2026, 5, 9, 1, 1, tzinfo=UTC))
    assert early.version == late.version == 7
    assert early < late


def test_ids_of_one_moment_differ() -> None:
    moment = datetime(2026, 5, 9, tzinfo=UTC)
    assert len({new_id(moment) for _ in range(1000)}) == 1000


def test_a_public_id_tells_no_time() -> None:
    assert random_id().version == 4


@pytest.mark.parametrize("text", ["", "17", None, "0190a000-0000-7000-8000-00000000000Z"])
def test_what_is_no_id_is_refused(text: object) -> None:
    with pytest.raises(Refused, match="id.malformed"):
        parse_id(text, "id")
