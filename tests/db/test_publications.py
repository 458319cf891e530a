"""Publications of waves on both engines: made once, at their time, and never changed after."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from unittest.mock import MagicMock
from uuid import UUID

import pytest

from observations.base.clock import midnight
from observations.base.ids import random_id
from observations.base.roles import Person, Role
from observations.satisfaction.concern import Status, ThemeAnswer
from observations.satisfaction.dimensions import RANKED, Dimension
from observations.satisfaction.figures.estimates import Estimate
from observations.satisfaction.margins import CITY
from observations.satisfaction.publication import publications
from observations.satisfaction.publication.counted import Basis
from observations.satisfaction.publication.publications import (
    last_of,
    public_waves,
    publish_due,
    times_of,
)
from observations.satisfaction.publication.times import Kind
from observations.satisfaction.responses import Circumstances, Questionnaire, Response
from observations.satisfaction.themes import answer_theme
from observations.satisfaction.tiers import Tier
from observations.satisfaction.wave_steps import close_wave, open_wave
from observations.satisfaction.waves import Wave

WAVE = Wave(2026, 4)
OPENED = datetime(2026, 11, 3, 4, tzinfo=UTC)  # a Tuesday
MONDAYS = [midnight(date(2026, 11, day)) for day in (9, 16, 23, 30)]
XIHU, YUHANG = "330106", "330110"
STAFF = Person(staff_id=UUID(int=7), role=Role.ADMIN)
PROVEN = Circumstances(tier=Tier.STAFF_VERIFIED)


@pytest.fixture(autouse=True)
def wave(store):
    open_wave(store, STAFF, WAVE, OPENED)


def answer(store, people, day, score=4, district=XIHU, turn=1, reason="", beside=PROVEN, **other):
    """`people` are tokens; all give the same overall answer on a day of November."""
    form = Questionnaire({RANKED: score} | other, reason)
    with store.transaction() as tx:
        tx.satisfaction.add(
            [
                Response(
                    random_id(), WAVE.wave_id, token, turn, district, form,
                    date(2026, 11, day), False, beside,
                )
                for token in people
            ]
        )  # fmt: skip


def said_at(at) -> ThemeAnswer:
    return ThemeAnswer(XIHU, Dimension.NOISE, Status.DONE, "22 点后停工", at)


def tokens(count, name="a"):
    return [f"{name}{n}" for n in range(count)]


def overall(store, district=XIHU, basis=Basis.PROVEN) -> Estimate | None:
    return last_of(store, WAVE).of(district, basis).get(RANKED)


def test_nothing_is_public_before_the_first_monday_and_the_time_of_it_is_known(store):
    answer(store, tokens(40), 4)
    assert public_waves(store, MONDAYS[0] - timedelta(seconds=1)) == []
    assert times_of(store, WAVE, OPENED)[1].at == MONDAYS[0]
    assert public_waves(store, MONDAYS[0]) == [WAVE]
    assert (overall(store).n, overall(store).mean) == (40, 75)
    assert times_of(store, WAVE, MONDAYS[0])[1].at == MONDAYS[1]


def test_between_two_mondays_nothing_moves(store):
    answer(store, tokens(40), 4)
    publish_due(store, MONDAYS[0])
    before = last_of(store, WAVE)
    answer(store, tokens(100, "b"), 10, score=1)
    assert publish_due(store, MONDAYS[1] - timedelta(seconds=1)) == 0
    assert last_of(store, WAVE) == before
    assert publish_due(store, MONDAYS[1]) == 1
    assert overall(store).n == 140


def test_an_answer_of_the_monday_itself_waits_for_the_next(store):
    answer(store, tokens(40), 4)
    answer(store, tokens(40, "b"), 9, score=1)
    publish_due(store, MONDAYS[0] + timedelta(hours=5))
    assert overall(store).mean == 75


def test_it_does_not_matter_when_it_is_computed(store):
    """All four at once in December, or each on its Monday: the same figures."""
    for week in range(4):
        answer(store, tokens(12, f"w{week}"), 4 + 7 * week, score=1 + week)
    publish_due(store, MONDAYS[3] + timedelta(days=2))
    late = store.publications.of_wave(WAVE.wave_id)
    assert [one.due.at for one in late] == MONDAYS
    means = [publications.whole(store, one).of(XIHU, Basis.PROVEN)[RANKED].mean for one in late]
    assert means == [0, 12.5, 25, 37.5]


def test_nine_new_answers_wait_and_a_tenth_renews_the_district(store):
    answer(store, tokens(40), 4)
    answer(store, tokens(40, "y"), 4, district=YUHANG)
    publish_due(store, MONDAYS[0])
    answer(store, tokens(9, "b"), 10, score=1)
    answer(store, tokens(10, "z"), 10, score=1, district=YUHANG)
    publish_due(store, MONDAYS[1])
    assert (overall(store).mean, overall(store, YUHANG).mean) == (75, 60)
    assert last_of(store, WAVE).as_of(XIHU) == MONDAYS[0]
    assert last_of(store, WAVE).as_of(YUHANG) == MONDAYS[1]
    answer(store, ["b9"], 17, score=1)
    publish_due(store, MONDAYS[2])
    assert overall(store).mean == 60


def test_closing_publishes_differences_of_ten_or_more_alone(store):
    answer(store, tokens(40), 4)
    publish_due(store, MONDAYS[0])
    answer(store, tokens(9, "b"), 10, score=1)
    closing = MONDAYS[0] + timedelta(days=2)
    close_wave(store, STAFF, WAVE, closing)
    publish_due(store, closing)
    shown = last_of(store, WAVE)
    assert (shown.due.kind, shown.due.at) == (Kind.CLOSING, closing)
    assert overall(store).mean == 75


def test_changed_answers_count_as_new_ones_do(store):
    answer(store, tokens(40), 4)
    publish_due(store, MONDAYS[0])
    answer(store, tokens(10), 10, score=2, turn=2)
    publish_due(store, MONDAYS[1])
    assert (overall(store).n, overall(store).mean) == (40, 62.5)


def test_few_proofs_beside_many_words_are_not_told_apart(store):
    """Ten words come with two proofs: the two figures, side by side, would give the two away."""
    answer(store, tokens(20, "p"), 4)
    answer(store, tokens(20, "w"), 4, beside=Circumstances())
    publish_due(store, MONDAYS[0])
    answer(store, tokens(10, "v"), 10, score=1, beside=Circumstances())
    answer(store, tokens(2, "q"), 10, score=1)
    publish_due(store, MONDAYS[1])
    assert overall(store).mean == 75
    assert overall(store, basis=Basis.ALL).mean == 75 or overall(store, basis=Basis.ALL).n == 50


def test_the_city_is_made_of_the_districts_figures(store):
    answer(store, tokens(40), 4)
    answer(store, tokens(9, "y"), 4, score=1, district=YUHANG)
    publish_due(store, MONDAYS[0])
    assert overall(store, CITY).mean == 75


def test_two_at_once_make_one_publication(store):
    answer(store, tokens(40), 4)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: publish_due(store, MONDAYS[0]), range(4)))
    assert sum(made) == 1
    assert len(store.publications.of_wave(WAVE.wave_id)) == 1


def test_two_processes_at_once_make_one_publication(store, monkeypatch):
    """Two servers on one database: each with a lock of its own."""
    monkeypatch.setattr(publications, "_publishing", MagicMock())
    answer(store, tokens(40), 4)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: publish_due(store, MONDAYS[1]), range(4)))
    assert [p.due.at for p in store.publications.of_wave(WAVE.wave_id)] == MONDAYS[:2]
    assert store.broken_invariants() == {}


def test_who_reads_while_another_publishes_has_what_was_published_before(store):
    answer(store, tokens(40), 4)
    publish_due(store, MONDAYS[0])
    with publications._publishing:
        assert public_waves(store, MONDAYS[1]) == [WAVE]
        assert last_of(store, WAVE).due.at == MONDAYS[0]
    assert public_waves(store, MONDAYS[1]) == [WAVE]
    assert last_of(store, WAVE).due.at == MONDAYS[1]


def test_erasing_what_a_person_wrote_changes_nothing_that_is_public(store):
    people = tokens(12)
    answer(store, people, 4, score=2, reason="夜里有施工", **{Dimension.NOISE: 1})
    said = ThemeAnswer(
        XIHU, Dimension.NOISE, Status.DONE, "22 点后停工", OPENED + timedelta(days=2)
    )
    answer_theme(store, STAFF, WAVE.wave_id, said)
    publish_due(store, MONDAYS[0])
    before = last_of(store, WAVE)
    assert [one.words for one in before.answers] == ["22 点后停工"]
    assert (before.speed.raised, before.speed.answered) == (10, 10)
    with store.transaction() as tx:
        tx.satisfaction.forget_reasons(people[:5])
        tx.satisfaction.forget_concerns(people[:5])
    publications._publications.clear()
    assert last_of(store, WAVE) == before


def test_an_answer_to_fewer_than_ten_names_nobody(store):
    answer(store, tokens(9), 4, score=2, reason="夜里有施工", **{Dimension.NOISE: 1})
    answer(store, tokens(30, "y"), 4, district=YUHANG)
    said = ThemeAnswer(
        XIHU, Dimension.NOISE, Status.DONE, "22 点后停工", OPENED + timedelta(days=2)
    )
    assert answer_theme(store, STAFF, WAVE.wave_id, said) == 9
    publish_due(store, MONDAYS[0])
    assert (last_of(store, WAVE).answers, last_of(store, WAVE).speed) == ([], None)


def test_what_staff_answer_after_the_closing_is_public_the_monday_after(store):
    answer(store, tokens(12), 4, score=2, reason="夜里有施工", **{Dimension.NOISE: 1})
    close_wave(store, STAFF, WAVE, OPENED + timedelta(days=2))
    said = ThemeAnswer(
        XIHU, Dimension.NOISE, Status.DONE, "22 点后停工", OPENED + timedelta(days=3)
    )
    answer_theme(store, STAFF, WAVE.wave_id, said)
    publish_due(store, MONDAYS[0] - timedelta(hours=1))
    figures = last_of(store, WAVE).figures
    assert figures and last_of(store, WAVE).answers == []
    publish_due(store, MONDAYS[0])
    assert [one.words for one in last_of(store, WAVE).answers] == ["22 点后停工"]
    assert last_of(store, WAVE).figures == figures


def test_a_wave_that_was_over_before_has_its_closing_published_at_the_first_start(store):
    answer(store, tokens(40), 4)
    publish_due(store, midnight(date(2027, 1, 1)) + timedelta(hours=3))
    (only,) = store.publications.of_wave(WAVE.wave_id)
    assert (only.due.kind, only.due.at) == (Kind.CLOSING, midnight(date(2027, 1, 1)))


def broken_by(store, change, undo):
    """The invariants that a change by hand breaks; it is undone again."""
    broken = []
    for sql in (change, undo):
        with store._engine.writing() as connection:
            connection.execute(sql)
        broken.append(set(store.broken_invariants()))
    assert broken[1] == set()
    return broken[0]


@pytest.mark.parametrize(
    "column",
    ["published_at = published_at {} interval '1 hour'", "until_day = until_day {} 1"],
)
def test_a_publication_out_of_its_time_is_found(store, column):
    answer(store, tokens(40), 4)
    publish_due(store, MONDAYS[0])
    sql = f"update wave_publication set {column}"
    assert broken_by(store, sql.format("+"), sql.format("-")) == {
        "figure_published_outside_its_time"
    }


def test_a_figure_of_no_publication_before_it_is_found(store):
    answer(store, tokens(40), 4)
    publish_due(store, MONDAYS[0])
    sql = "update published_figure set as_of = as_of {} interval '7 days'"
    assert broken_by(store, sql.format("-"), sql.format("+")) == {
        "figure_published_outside_its_time"
    }


def test_a_figure_that_says_too_much_and_a_rank_of_too_few_are_found(store):
    answer(store, tokens(40), 4)
    publish_due(store, MONDAYS[0])
    sql = "update published_figure set people = {}"
    assert broken_by(store, sql.format(23), sql.format(40)) == {
        "figure_that_says_too_much",
        "rank_under_its_minimum",
    }
