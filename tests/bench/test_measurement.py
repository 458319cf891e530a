"""Rows of the benches: ratio, goal, verdict."""

import pytest

from bench.__main__ import MEASUREMENTS, main
from bench.measurement import Measurement, percentile


def row(**changes: float | None) -> Measurement:
    given = {"ours": 40.0, "floor": 100.0, "at_most": None, "at_least": None, **changes}
    return Measurement(name="x", unit="ms", n=3, **given)  # type: ignore[arg-type]


def test_the_ratio_is_ours_by_the_floor() -> None:
    assert row().ratio == 0.4
    assert row(floor=None).ratio is None


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({"at_most": 0.45}, True),
        ({"at_most": 0.39}, False),
        ({"at_least": 0.4}, True),
        ({"at_least": 0.41}, False),
        ({"floor": None, "at_most": 39.0}, False),
        ({}, True),
    ],
)
def test_a_goal_is_held_or_not(changes: dict[str, float | None], holds: bool) -> None:
    assert row(**changes).holds is holds


def test_a_row_has_the_fields_that_results_promise() -> None:
    assert set(row(at_most=0.5).as_json()) == {
        *("name", "ours", "floor", "ratio", "unit", "goal", "holds", "n")
    }


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([5.0, 1.0, 3.0, 2.0, 4.0], 99) == 5.0
    assert percentile([5.0, 1.0, 3.0, 2.0, 4.0], 50) in (2.0, 3.0)


def test_a_misspelt_measurement_ends_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["first_visits"])

    assert ended.value.code == 2
    assert all(name for name in MEASUREMENTS)
