"""The server reads a camera's time as the phone does: one table for both."""

import json
from pathlib import Path

import pytest

from observations.base.clock import HANGZHOU
from observations.media.camera_time import moment_of

# Read by the phone in tests/assets/recorder/camera_time.test.js.
TABLE = Path(__file__).parents[2] / "assets/recorder/camera_times.json"
CASES = json.loads(TABLE.read_text("utf-8"))


@pytest.mark.parametrize(("text", "offsets", "expected"), CASES)
def test_a_camera_s_time_is_read_as_it_was_meant_or_not_at_all(
    text: str | None, offsets: list[str | None], expected: str | None
) -> None:
    moment = moment_of(text, offsets)

    assert (moment and moment.astimezone(HANGZHOU).isoformat()) == expected
