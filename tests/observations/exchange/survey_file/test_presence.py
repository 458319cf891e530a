"""Presence is said, never assumed."""

import pytest

from observations.exchange.survey_file.presence import KnownAbsence, check_presence
from observations.exchange.survey_file.problems import RowProblem

ABSENT = (
    ["absent", "Absent", "ABSENCE", "ausente", "absente", "notDetected", "not detected"]
    + ["not_found", "No", "FALSE", "0", "none", "未见", "未见到", "无", "没有", "未发现", "否", "-"]
    + ["未检出。", " 未 见 ", "\uff10"]
)
PRESENT = ["present", "Presence", "presente", "yes", "TRUE", "1", "+", "有", "见到", "是", "存在"]
UNKNOWN = ["doubtful", "maybe", "?", "可能", "extinct", "common", "excluded", "2", "present?"]


@pytest.mark.parametrize("word", ABSENT)
def test_a_known_absence_is_no_sighting(word: str) -> None:
    with pytest.raises(KnownAbsence):
        check_presence({"occurrenceStatus": word})


@pytest.mark.parametrize("word", PRESENT)
def test_presence_in_many_words(word: str) -> None:
    check_presence({"occurrenceStatus": word, "individualCount": "2"})


@pytest.mark.parametrize("word", UNKNOWN)
def test_an_unknown_word_is_a_problem(word: str) -> None:
    with pytest.raises(RowProblem) as refused:
        check_presence({"occurrenceStatus": word})
    assert refused.value.code == "presence_unknown"


@pytest.mark.parametrize("term", ["individualCount", "organismQuantity"])
@pytest.mark.parametrize("amount", ["0", "0.0", "0只", "0 株", "零", "00"])
def test_none_counted_is_an_absence(term: str, amount: str) -> None:
    with pytest.raises(KnownAbsence):
        check_presence({term: amount})


@pytest.mark.parametrize(
    "cells",
    [
        {"occurrenceStatus": "present", "individualCount": "0"},
        {"occurrenceStatus": "absent", "individualCount": "3"},
        {"occurrenceStatus": "无", "organismQuantity": "5"},
        {"individualCount": "0", "organismQuantity": "12.5"},
    ],
)
def test_a_status_and_a_count_that_disagree_are_a_problem(cells: dict[str, str]) -> None:
    with pytest.raises(RowProblem) as refused:
        check_presence(cells)
    assert refused.value.code == "presence_contradicted"


def test_without_a_word_it_was_seen() -> None:
    check_presence({})
    check_presence({"organismQuantity": "r"})
