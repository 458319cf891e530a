"""H3 cells."""

from observations.places.cells import (
    CITY_RESOLUTION,
    QUARTER_RESOLUTION,
    cell_of,
    centre_of,
    outline_of,
    parent_of,
)


def test_a_fine_cell_lies_in_the_coarse_cell_of_its_centre() -> None:
    fine = cell_of(30.2694, 120.0631, QUARTER_RESOLUTION)

    assert parent_of(fine, CITY_RESOLUTION) == cell_of(*centre_of(fine), CITY_RESOLUTION)


def test_a_cell_has_six_corners_round_its_centre() -> None:
    cell = cell_of(30.245, 120.14, CITY_RESOLUTION)
    latitudes = [latitude for latitude, _ in outline_of(cell)]

    assert len(latitudes) == 6
    assert min(latitudes) < centre_of(cell)[0] < max(latitudes)
