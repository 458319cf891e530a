"""Running a use case again."""

import pytest

from observations.base.errors import Conflict, Refused
from observations.base.retrying import TRIES, retried


def test_a_use_case_that_met_another_runs_again() -> None:
    tries = []

    @retried
    def submit() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise Conflict("another was quicker")
        return "kept"

    assert submit() == "kept"
    assert len(tries) == 3


def test_a_refusal_is_not_tried_again() -> None:
    tries = []

    @retried
    def submit() -> None:
        tries.append(1)
        raise Refused("record.empty")

    with pytest.raises(Refused):
        submit()
    assert len(tries) == 1


def test_it_gives_up_after_some_tries() -> None:
    tries = []

    @retried
    def submit() -> None:
        tries.append(1)
        raise Conflict("always")

    with pytest.raises(Conflict):
        submit()
    assert len(tries) == TRIES
