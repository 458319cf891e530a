"""What a person adds to an action is stored as it may be, or refused."""

import pytest

from observations.actions.details import DETAILS, Details, checked
from observations.base.errors import Refused


def test_a_note_is_trimmed_and_may_not_be_long():
    assert checked(Details(note=" 5 号线 "))["note"] == "5 号线"
    with pytest.raises(Refused) as refused:
        checked(Details(note="很" * 201))
    assert (refused.value.code, refused.value.field) == ("text.too_long", "note")


def test_every_detail_is_checked():
    assert tuple(checked(Details())) == DETAILS
