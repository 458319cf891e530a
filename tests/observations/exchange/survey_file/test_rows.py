"""One row as others write it: its place, its numbers, whether it was captive."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from observations.base.errors import Refused
from observations.exchange.survey_file.headers import terms_of
from observations.exchange.survey_file.licences import chosen_licence, licence_of
from observations.exchange.survey_file.rows import Reader
from observations.places.datum import bd09_of, gcj02_of
from observations.places.distance import metres_between
from observations.surveys.datasets import SurveyOccurrence
from tests.observations.exchange.test_names import LISTED

READER = Reader(UUID(int=1), LISTED, rules_out_sensitive=False, today=date(2026, 5, 9))
HERON = {
    "occurrenceID": "HZ-1",
    "scientificName": "Nycticorax nycticorax",
    "decimalLatitude": "30.2694",
    "decimalLongitude": "120.0631",
    "eventDate": "2023-05-09",
}


def read(**cells: str) -> SurveyOccurrence:
    return READER.read({**HERON, **cells})


@pytest.mark.parametrize(
    ("datum", "shifted"),
    [
        ("GCJ-02", gcj02_of),
        ("BD-09", lambda a, b: bd09_of(*gcj02_of(a, b))),
        ("百度坐标", lambda a, b: bd09_of(*gcj02_of(a, b))),
        ("bd09ll", lambda a, b: bd09_of(*gcj02_of(a, b))),
        ("WGS 84 (EPSG:4326)", lambda a, b: (a, b)),
    ],
)
def test_every_datum_is_converted(datum: str, shifted: Any) -> None:
    latitude, longitude = shifted(30.2694, 120.0631)
    cells = {"decimalLatitude": f"{latitude:.7f}", "decimalLongitude": f"{longitude:.7f}"}
    one = read(**cells, geodeticDatum=datum)
    assert metres_between(one.decimal_latitude, one.decimal_longitude, 30.2694, 120.0631) < 0.1


@pytest.mark.parametrize(
    ("cells", "means"),
    [
        ({"establishmentMeans": "native", "degreeOfEstablishment": "captive"}, "planted"),
        ({"degreeOfEstablishment": "cultivated"}, "planted"),
        ({"establishmentMeans": "managed"}, "planted"),
        ({"captive": "true"}, "planted"),
        ({"captive": "1", "establishmentMeans": "native"}, "planted"),
        ({"captive": "cultivated"}, "planted"),
        ({"是否栽培": "是"}, "planted"),
        ({"野生或栽培": "人工栽培"}, "planted"),
        ({"basisOfRecord": "LivingSpecimen"}, "planted"),
        ({"captive": "false", "establishmentMeans": "native"}, "wild"),
        ({"captive": "false"}, None),
        ({"establishmentMeans": "uncertain"}, None),
    ],
)
def test_captive_or_cultivated_by_any_column(cells: dict[str, str], means: str | None) -> None:
    headers = terms_of(list(cells))
    values = {term: list(cells.values())[column] for term, column in headers.items()}
    assert read(**values).establishment_means == (
        "planted_or_captive" if means == "planted" else means
    )


@pytest.mark.parametrize(
    "cells",
    [
        {"individualCount": "3只"},
        {"individualCount": "3.00"},
        {"individualCount": "三只"},
        {"individualCount": "\uff13 只"},
        {"decimalLatitude": "30°16′9.84″N", "decimalLongitude": "东经120°3′47.16″"},
        {"decimalLatitude": "N30.2694", "decimalLongitude": "E120.0631"},
        {"coordinateUncertaintyInMeters": "±50 m"},
        {"eventDate": "2023年5月9日"},
    ],
)
def test_numbers_in_many_spellings(cells: dict[str, str]) -> None:
    one = read(**cells)
    assert metres_between(one.decimal_latitude, one.decimal_longitude, 30.2694, 120.0631) < 1
    assert one.individual_count in (None, 3)
    assert one.first_day == date(2023, 5, 9)


@pytest.mark.parametrize("licence", ["全部保留", "MIT", "no cc by", "CC BY 9.0", "attribution"])
def test_only_a_known_licence_is_chosen(licence: str) -> None:
    with pytest.raises(Refused) as refused:
        chosen_licence(licence)
    assert refused.value.code == "dataset.licence_unknown"


@pytest.mark.parametrize(
    ("licence", "address"),
    [
        ("CC0", "publicdomain/zero/1.0/"),
        ("cc by 4.0", "licenses/by/4.0/"),
        ("CC-BY-NC", "licenses/by-nc/4.0/"),
        ("https://creativecommons.org/licenses/by/3.0/", "licenses/by/3.0/"),
    ],
)
def test_a_known_licence_is_kept_with_its_version(licence: str, address: str) -> None:
    assert chosen_licence(licence) == f"https://creativecommons.org/{address}"
    assert licence_of(f"This work: {licence} .") == f"https://creativecommons.org/{address}"
