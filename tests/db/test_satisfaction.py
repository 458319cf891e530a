"""Satisfaction on both engines."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from observations.base.errors import Refused, StorageError
from observations.base.ids import new_id, random_id
from observations.base.roles import Person, Role
from observations.people.consent import CONSENT_VERSION
from observations.people.consenting import give_consent
from observations.people.joining import choose_home_district
from observations.people.observer import ELSEWHERE
from observations.places.districts import DISTRICTS
from observations.satisfaction.dimensions import Dimension
from observations.satisfaction.figures.board import AnswerCount
from observations.satisfaction.margins import census
from observations.satisfaction.own_answers import answers_of, forget_person, own_answer
from observations.satisfaction.publication.publications import last_of, public_waves
from observations.satisfaction.responses import Circumstances, Questionnaire, Response
from observations.satisfaction.submission import record, submit
from observations.satisfaction.tiers import Tier
from observations.satisfaction.wave_steps import open_wave
from observations.satisfaction.waves import Wave

SECRET = b"s" * 32
NOW, MONDAY = datetime(2026, 11, 3, 4, tzinfo=UTC), datetime(2026, 11, 9, tzinfo=UTC)
WAVE = Wave(2026, 4)
XIHU, YUHANG = "330106", "330110"
GOOD = Questionnaire({Dimension.AIR: 4, Dimension.OVERALL: 5})
BAD = Questionnaire({Dimension.NOISE: 1, Dimension.OVERALL: 2}, "夜里有施工")


STAFF = Person(staff_id=UUID(int=7), role=Role.ADMIN)


@pytest.fixture
def device(store) -> UUID:
    """A browser whose user has consented, while a wave is open."""
    open_wave(store, STAFF, WAVE, NOW, version=1)
    device_id = new_id()
    give_consent(store, device_id, CONSENT_VERSION, True, "CC BY 4.0", NOW)
    return device_id


def answered(store, device, questionnaire=GOOD, home=XIHU, now=NOW):
    return submit(store, SECRET, device, home, questionnaire, now)


def observer_of(store, device):
    return store.people.observer_of_device(device)


def response(token, turn=1, district=XIHU, form=GOOD, is_demo=False):
    return Response(
        random_id(),
        WAVE.wave_id,
        token,
        turn,
        district,
        form,
        date(2026, 11, 3),
        is_demo,
        Circumstances(tier=Tier.ON_SITE),
    )


def test_an_answer_is_kept_and_makes_its_wave_and_its_observer(store, device):
    assert store.satisfaction.waves() == []
    response = answered(store, device)
    assert store.satisfaction.waves() == [WAVE]
    observer = observer_of(store, device)
    assert observer.home_district == XIHU
    assert own_answer(store, SECRET, observer.observer_id, NOW) == response
    assert (response.turn, response.district, response.questionnaire) == (1, XIHU, GOOD)


def test_nothing_kept_leads_back_to_the_person(store, device):
    response = answered(store, device)
    observer = observer_of(store, device)
    assert observer.observer_id.hex not in repr(response)
    assert response.response_id.version == 4
    assert response.answered_on == date(2026, 11, 3)


def test_an_answer_can_be_changed_and_counts_once(store, device):
    answered(store, device, GOOD)
    changed = answered(store, device, BAD, home=None)
    assert changed.turn == 2
    counted = store.satisfaction.counts(WAVE.wave_id)
    assert counted == [
        AnswerCount(XIHU, Dimension.NOISE, 1, 1),
        AnswerCount(XIHU, Dimension.OVERALL, 2, 1),
    ]


def test_the_same_answer_twice_is_stored_once(store, device):
    assert answered(store, device, BAD) == answered(store, device, BAD)
    assert len(answers_of(store, SECRET, observer_of(store, device).observer_id)) == 1


def test_who_moves_counts_in_the_new_district_only(store, device):
    answered(store, device, GOOD, home=XIHU)
    answered(store, device, GOOD, home=YUHANG)
    assert {count.district for count in store.satisfaction.counts(WAVE.wave_id)} == {YUHANG}


def test_the_next_wave_is_a_new_answer(store, device):
    answered(store, device)
    later = datetime(2027, 1, 5, tzinfo=UTC)
    open_wave(store, STAFF, Wave(2027, 1), later, version=1)
    second = answered(store, device, home=None, now=later)
    assert second.turn == 1
    assert store.satisfaction.waves() == [Wave(2027, 1), WAVE]


@pytest.mark.parametrize(
    ("home", "form", "code"),
    [
        (None, GOOD, "satisfaction.home_unknown"),
        (ELSEWHERE, GOOD, "satisfaction.elsewhere"),
        ("310115", GOOD, "district.unknown"),
        (XIHU, Questionnaire(), "satisfaction.empty"),
        (XIHU, Questionnaire({Dimension.AIR: 9}), "satisfaction.off_scale"),
        (XIHU, Questionnaire({Dimension.AIR: 1}, "字" * 501), "text.too_long"),
    ],
)
def test_what_is_refused_leaves_nothing(store, device, home, form, code):
    with pytest.raises(Refused) as refusal:
        answered(store, device, form, home)
    assert refusal.value.code == code
    assert store.satisfaction.waves() == []
    assert observer_of(store, device) is None


def test_nobody_answers_before_consent(store):
    with pytest.raises(Refused) as refusal:
        answered(store, new_id())
    assert refusal.value.code == "consent.missing"


def test_a_home_elsewhere_that_is_known_refuses_too(store, device):
    answered(store, device)
    choose_home_district(store, device, ELSEWHERE, DISTRICTS, NOW)
    with pytest.raises(Refused) as refusal:
        answered(store, device, BAD, home=None)
    assert refusal.value.code == "satisfaction.elsewhere"


def test_a_reason_is_kept_as_it_was_written(store, device):
    words = "<script>alert(1)</script> ' \" 𠮷 🐸"
    answered(store, device, Questionnaire({Dimension.WATER: 2}, words))
    observer = observer_of(store, device)
    assert own_answer(store, SECRET, observer.observer_id, NOW).questionnaire.reason == words


def test_forgetting_a_person_erases_the_words_and_keeps_the_ratings(store, device):
    answered(store, device, BAD)
    observer_id = observer_of(store, device).observer_id
    with store.transaction() as tx:
        forget_person(tx, SECRET, observer_id)
    (left,) = answers_of(store, SECRET, observer_id)
    assert left.questionnaire == Questionnaire(BAD.answers)


def test_many_answers_are_added_at_once_and_make_a_board(store):
    happy = [response(f"happy{k}", district=XIHU, is_demo=True) for k in range(40)]
    sad = [response(f"sad{k}", district=YUHANG, form=BAD, is_demo=True) for k in range(35)]
    with store.transaction() as tx:
        tx.satisfaction.open_wave(WAVE)
        tx.satisfaction.open_wave(WAVE)
        tx.satisfaction.add(happy + sad)
    assert public_waves(store, MONDAY) == [WAVE]
    board = last_of(store, WAVE).board(list(DISTRICTS), census())
    assert [row.district for row in board.ranked] == [XIHU, YUHANG]
    assert board.is_demo
    assert board.city[Dimension.OVERALL].n == 70
    assert Dimension.WATER not in board.city


def test_a_batch_can_be_recorded_inside_one_transaction(store, device):
    first = answered(store, device)
    observer_id = observer_of(store, device).observer_id
    with store.transaction() as tx:
        assert record(tx, SECRET, observer_id, XIHU, GOOD, NOW) == first
        assert record(tx, SECRET, observer_id, XIHU, BAD, NOW).turn == 2
        assert record(tx, SECRET, observer_id, XIHU, GOOD, NOW).turn == 3


@pytest.mark.parametrize(
    "wrong",
    [
        response("a", form=Questionnaire({Dimension.AIR: 6})),
        response("a", form=Questionnaire()),
        response("a", turn=0),
    ],
)
def test_the_tables_refuse_what_the_rules_would_refuse(store, wrong):
    with pytest.raises(StorageError), store.transaction() as tx:
        tx.satisfaction.open_wave(WAVE)
        tx.satisfaction.add([wrong])
    assert store.satisfaction.waves() == []


def test_one_turn_is_stored_once(store):
    with pytest.raises(StorageError), store.transaction() as tx:
        tx.satisfaction.open_wave(WAVE)
        tx.satisfaction.add([response("a"), response("a")])


def test_an_answer_without_a_wave_breaks_an_invariant(store):
    lonely = response("a")
    with store.transaction() as tx:
        tx.satisfaction.add([lonely])
    assert set(store.broken_invariants()) == {"response_of_no_wave"}
    with store.transaction() as tx:
        tx.satisfaction.open_wave(WAVE)


def test_an_answer_outside_its_wave_breaks_an_invariant(duckdb_store):
    late = dataclasses.replace(response("a"), answered_on=date(2027, 1, 1))
    with pytest.raises(RuntimeError, match="seen"), duckdb_store.transaction() as tx:
        tx.satisfaction.open_wave(WAVE)
        tx.satisfaction.add([late])
        raise RuntimeError("seen")
    assert duckdb_store.broken_invariants() == {}


def test_the_published_scores_are_there_with_their_source(store):
    scores = store.satisfaction.official_scores()
    latest = next(s for s in scores if (s.scope, s.dimension) == ("330000", "total"))
    assert (latest.year, latest.score) == (2025, 89.62)
    assert all(s.source and s.confidence for s in scores)
    assert "330100" not in {s.scope for s in scores}


def test_answers_of_one_person_at_the_same_time_are_kept_one_after_the_other(store, device):
    first = answered(store, device)
    forms = [Questionnaire({Dimension.AIR: 1 + k % 5, Dimension.WATER: 1 + k}) for k in range(5)]
    with ThreadPoolExecutor(5) as pool:
        responses = list(pool.map(lambda form: answered(store, device, form, home=None), forms))
    turns = sorted(response.turn for response in responses)
    assert turns == list(range(first.turn + 1, first.turn + 6))


def test_the_first_two_answers_of_one_person_may_meet(store, device):
    with ThreadPoolExecutor(2) as pool:
        responses = list(pool.map(lambda form: answered(store, device, form), [GOOD, BAD]))
    assert sorted(response.turn for response in responses) == [1, 2]
