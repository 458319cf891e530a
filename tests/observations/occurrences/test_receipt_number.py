"""The number on a receipt, as people type it."""

import pytest

from observations.base.ids import new_id
from observations.occurrences.occurrence import ending_of, receipt_number


@pytest.mark.parametrize(
    "typed",
    [
        "LJ-7K2M-Q9XB",
        "lj 7k2m q9xb",
        "7K2MQ9XB",
        " 7k2m-q9xb ",
        "ＬＪ－７Ｋ２Ｍ－Ｑ９ＸＢ",
        "LJ7K2MQ9XB",
    ],
)
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    assert ending_of(typed) == ending_of("LJ-7K2M-Q9XB") is not None


def test_letters_that_look_like_digits_are_digits() -> None:
    assert ending_of("LJ-O0I1-L000") == ending_of("LJ-0011-1000")


@pytest.mark.parametrize("typed", ["", "LJ-", "7K2M", "LJ-7K2M-Q9XBB", "LJ-7K2M-Q9XU", "鹭" * 8])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert ending_of(typed) is None


def test_each_id_is_found_again() -> None:
    for _ in range(200):
        one = new_id()
        assert one.hex.endswith(ending_of(receipt_number(one)) or "no")
