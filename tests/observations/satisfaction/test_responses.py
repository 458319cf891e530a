import pytest

from observations.base.errors import Refused
from observations.satisfaction.dimensions import Dimension, score
from observations.satisfaction.responses import Questionnaire, refuse_unusable


def refused(questionnaire):
    with pytest.raises(Refused) as refusal:
        refuse_unusable(questionnaire)
        questionnaire.kept_reason  # noqa: B018 - reading it is the check
    return refusal.value.code


def test_answers_are_shown_from_0_to_100():
    assert [score(answer) for answer in (1, 2, 3, 4, 5)] == [0, 25, 50, 75, 100]


def test_one_answer_is_enough():
    refuse_unusable(Questionnaire({Dimension.NOISE: 3}))


def test_an_empty_form_is_refused():
    assert refused(Questionnaire({}, "只写了字")) == "satisfaction.empty"


@pytest.mark.parametrize("answer", [0, 6, -1])
def test_an_answer_off_the_scale_is_refused(answer):
    assert refused(Questionnaire({Dimension.AIR: answer})) == "satisfaction.off_scale"


def test_why_is_asked_beside_a_low_answer_only():
    assert Questionnaire({Dimension.AIR: 2, Dimension.WATER: 5}).asks_why
    assert not Questionnaire({Dimension.AIR: 3, Dimension.WATER: 5}).asks_why


def test_a_reason_is_kept_beside_a_low_answer_only():
    assert Questionnaire({Dimension.AIR: 1}, "  烟味  ").kept_reason == "烟味"
    assert Questionnaire({Dimension.AIR: 1}, "   ").kept_reason is None
    assert Questionnaire({Dimension.AIR: 4}, "烟味").kept_reason is None


def test_a_long_or_unreadable_reason_is_refused():
    assert Questionnaire({Dimension.AIR: 1}, "字" * 500).kept_reason == "字" * 500
    assert refused(Questionnaire({Dimension.AIR: 1}, "字" * 501)) == "text.too_long"
    assert refused(Questionnaire({Dimension.AIR: 1}, "a\x00b")) == "text.unreadable"
