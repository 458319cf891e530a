"""Receipt numbers and public places."""

from observations.base.ids import new_id
from observations.occurrences.occurrence import public_place, receipt_number
from observations.places.cells import CITY_RESOLUTION, cell_of


def test_a_receipt_number_can_be_read_out_and_differs() -> None:
    numbers = {receipt_number(new_id()) for _ in range(500)}
    assert len(numbers) == 500
    assert all(len(number) == 12 and number.startswith("LJ-") for number in numbers)
    assert not any(letter in "".join(numbers)[3:].replace("LJ-", "") for letter in "ILOU")


def test_an_exact_place_has_both_cells() -> None:
    place = public_place(30.2694, 120.0631, None)
    assert place.district == "330106"
    assert place.cell_city == cell_of(30.2694, 120.0631, CITY_RESOLUTION)
    assert place.cell_quarter is not None


def test_a_generalised_place_has_no_fine_cell() -> None:
    assert public_place(30.25, 120.05, 10).cell_quarter is None
