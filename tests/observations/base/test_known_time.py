"""A system's clock that is set back, or starts in the past."""

from datetime import UTC, datetime, timedelta

from observations.base.clock import KnownTime

TRUE = datetime(2026, 5, 9, 6, 0, tzinfo=UTC)


class Wall:
    """A clock on the wall that somebody sets."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


def test_a_clock_that_goes_on_is_believed() -> None:
    wall = Wall(TRUE)
    known = KnownTime(wall)
    wall.moment += timedelta(days=3)

    assert known.behind() == timedelta()
    assert known.latest() == wall.moment


def test_a_clock_set_back_is_noticed_and_calls_no_day_the_future() -> None:
    wall = Wall(TRUE)
    known = KnownTime(wall)
    wall.moment -= timedelta(hours=8)

    assert timedelta(hours=7, minutes=59) < known.behind() < timedelta(hours=8, minutes=1)
    assert known.latest() > TRUE + timedelta(hours=1)


def test_a_start_in_the_past_is_noticed_by_the_last_line_of_the_log() -> None:
    known = KnownTime(Wall(datetime(1970, 1, 1, tzinfo=UTC)))
    known.note(TRUE - timedelta(days=5))

    assert known.behind() > timedelta(days=365)
    assert known.latest() > TRUE


def test_a_clock_set_right_again_is_believed_again() -> None:
    wall = Wall(TRUE)
    known = KnownTime(wall)
    wall.moment = TRUE - timedelta(days=2)
    assert known.behind()
    wall.moment = TRUE + timedelta(minutes=2)

    assert not known.behind() and known.latest() == wall.moment


def test_an_older_line_of_the_log_teaches_nothing() -> None:
    known = KnownTime(Wall(TRUE))
    known.note(TRUE - timedelta(days=400))

    assert known.latest() == TRUE
