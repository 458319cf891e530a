"""Recovery codes, as a person writes them down."""

from observations.people.recovery import ALPHABET, LENGTH, hash_code, make_code


def test_a_code_has_a_hundred_random_bits() -> None:
    assert LENGTH * 5 >= 80
    assert len({make_code() for _ in range(200)}) == 200
    assert all(letter in ALPHABET for letter in make_code().replace("-", ""))


def test_a_code_is_read_however_it_was_written_down() -> None:
    code = "0A1BC-DEFGH-JKMNP-QRSTV"
    assert hash_code(code) == hash_code(" oaLbc defgh  jkmnp qrstv ")


def test_another_code_has_another_hash() -> None:
    assert hash_code(make_code()) != hash_code(make_code())
