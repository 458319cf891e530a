"""Columns are found by Darwin Core's words, iNaturalist's and Chinese ones."""

import pytest

from observations.exchange.survey_file.headers import missing_columns, terms_of


@pytest.mark.parametrize(
    "headers",
    [
        ["occurrenceID", "scientificName", "decimalLatitude", "decimalLongitude", "eventDate"],
        ["dwc:occurrenceID", "DWC:ScientificName", "Decimal Latitude", "decimal_longitude", "year"],
        ["id", "scientific_name", "latitude", "longitude", "observed_on"],
        ["\ufeff编号", "学名", "纬度（°）", "经度(度)", "调查日期"],
        [f"http://rs.tdwg.org/dwc/terms/{x}" for x in ("occurrenceID", "scientificName")]
        + ["纬度", "经度", "日期"],
    ],
)
def test_whichever_language_the_header_speaks(headers: list[str]) -> None:
    terms = terms_of(headers)
    assert missing_columns(terms) == []
    assert [terms["occurrenceID"], terms["decimalLatitude"]] == [0, 2]


def test_what_is_missing_is_named() -> None:
    assert missing_columns(terms_of(["学名", "纬度"])) == [
        "occurrenceID",
        "decimalLongitude",
        "eventDate",
    ]


def test_of_two_columns_the_likelier_counts() -> None:
    assert terms_of(["id", "occurrenceID"])["occurrenceID"] == 1
