"""When figures are published."""

from datetime import date, datetime, timedelta

from observations.base.clock import HANGZHOU, midnight
from observations.satisfaction.publication.times import Due, Kind, times
from observations.satisfaction.waves import Step, StepKind, Wave

WAVE = Wave(2026, 4)
END = midnight(date(2027, 1, 1))
LATER = midnight(date(2027, 6, 1))
OPENED, CLOSED = StepKind.OPENED, StepKind.CLOSED


def at(month, day, hour=9):
    return datetime(2026, month, day, hour, tzinfo=HANGZHOU)


def step(kind, moment, wave=WAVE):
    return Step(wave.wave_id, kind, 2, None, moment)


def days(*steps, now=LATER, kind=Kind.WEEKLY):
    return [due.at.date() for due in times(WAVE, steps, now)[0] if due.kind is kind]


def test_each_monday_after_the_opening_and_the_end_of_the_quarter():
    past, following = times(WAVE, [step(OPENED, at(12, 10))], END)
    assert past == [
        Due(Kind.WEEKLY, midnight(date(2026, 12, 14)), date(2026, 12, 14)),
        Due(Kind.WEEKLY, midnight(date(2026, 12, 21)), date(2026, 12, 21)),
        Due(Kind.WEEKLY, midnight(date(2026, 12, 28)), date(2026, 12, 28)),
        Due(Kind.CLOSING, END, date(2027, 1, 1)),
    ]
    assert following == Due(Kind.AFTER, midnight(date(2027, 1, 4)), date(2027, 1, 1))


def test_a_monday_is_not_before_the_wave_is_open_a_whole_moment():
    assert days(step(OPENED, midnight(date(2026, 12, 14))), kind=Kind.WEEKLY)[0] == date(
        2026, 12, 21
    )


def test_the_closing_counts_the_answers_of_its_day():
    past, _ = times(WAVE, [step(OPENED, at(12, 1)), step(CLOSED, at(12, 2))], at(12, 3))
    assert past == [Due(Kind.CLOSING, at(12, 2), date(2026, 12, 3))]


def test_a_closing_at_the_very_midnight_of_a_monday_is_one_publication():
    monday = midnight(date(2026, 12, 14))
    past, _ = times(WAVE, [step(OPENED, at(12, 10)), step(CLOSED, monday)], monday)
    assert [(due.kind, due.at) for due in past] == [(Kind.CLOSING, monday)]


def test_a_wave_opened_again_is_published_by_the_week_again():
    steps = [
        step(OPENED, at(11, 3)),
        step(CLOSED, at(11, 12)),
        step(OPENED, at(11, 20)),
        step(CLOSED, at(12, 1)),
        step(CLOSED, at(12, 2)),
    ]
    assert days(*steps) == [date(2026, 11, 9), date(2026, 11, 23), date(2026, 11, 30)]
    assert days(*steps, kind=Kind.CLOSING) == [date(2026, 11, 12), date(2026, 12, 1)]
    assert days(*steps, kind=Kind.AFTER)[:2] == [date(2026, 11, 16), date(2026, 12, 7)]
    assert days(*steps, kind=Kind.AFTER)[-1] == date(2027, 3, 29)


def test_what_staff_do_later_does_not_move_what_was_due_before():
    opened, closed = step(OPENED, at(11, 3)), step(CLOSED, at(11, 12))
    assert times(WAVE, [opened, closed], at(11, 10))[0] == times(WAVE, [opened], at(11, 10))[0]


def test_closing_after_the_quarter_has_ended_changes_nothing():
    opened = step(OPENED, at(12, 30))
    late = step(CLOSED, END + timedelta(days=20))
    assert times(WAVE, [opened, late], LATER) == times(WAVE, [opened], LATER)


def test_steps_of_other_waves_and_their_order_do_not_count():
    own = [step(CLOSED, at(11, 12)), step(OPENED, at(11, 3))]
    others = [step(OPENED, at(10, 1), WAVE.before), step(CLOSED, at(10, 2), WAVE.next)]
    assert times(WAVE, own + others, LATER) == times(WAVE, own[::-1], LATER)


def test_answers_of_an_old_store_that_has_no_steps_were_open_all_through():
    assert days()[:2] == [date(2026, 10, 5), date(2026, 10, 12)]
    assert days(kind=Kind.CLOSING) == [date(2027, 1, 1)]


def test_the_longest_wait_is_over_when_the_next_quarter_is():
    assert times(WAVE, [step(OPENED, at(11, 3))], LATER)[1] is None
