"""Lists of taxa as files come."""

from pathlib import Path

import pytest

from observations.base.errors import Refused
from observations.taxa.list_file import Row, read_list
from tests.support.survey_files import workbook

TEXT = "scientificName,vernacularName\nPica serica,喜鹊\n"


def only(data: bytes) -> Row:
    [row] = read_list("名单.csv", data).rows
    return row


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (TEXT.encode("gb18030"), "GB18030"),
        (TEXT.replace("\n", "\r\n").encode("gbk"), "GB18030"),
    ],
)
def test_every_encoding_that_spreadsheets_write_is_read(data: bytes, encoding: str) -> None:
    assert only(data)["vernacularname"] == "喜鹊"
    assert read_list("x", data).encoding == encoding


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_the_separator_is_the_headings(separator: str) -> None:
    row = only(TEXT.replace(",", separator).encode())

    assert (row["scientificname"], row["vernacularname"]) == ("Pica serica", "喜鹊")


@pytest.mark.parametrize(
    "heading",
    ["学名,中文名", "dwc:scientificName,DWC:VERNACULARNAME", "拉丁名,俗名"]
    + ["http://rs.tdwg.org/dwc/terms/scientificName,http://rs.tdwg.org/dwc/terms/vernacularName"],
)
def test_headings_are_darwin_core_or_chinese(heading: str) -> None:
    row = only(f"{heading}\nPica serica,喜鹊\n".encode())

    assert (row["scientificname"], row["vernacularname"]) == ("Pica serica", "喜鹊")


def test_several_columns_of_names_are_joined_and_words_of_lists_understood() -> None:
    row = only("学名,中文名,别名,保护级别\nPica serica,喜鹊,鹊,二级\n".encode())

    assert row["vernacularname"] == "喜鹊|鹊"
    assert row["nationalprotection"] == "2"


def test_a_row_with_another_number_of_columns_is_not_whole_and_knows_its_line() -> None:
    more = 'Passer montanus\nPasser montanus,麻雀,,\nPasser montanus,麻雀,x\n"Passer,麻雀\n'
    rows = read_list("x", f"{TEXT}{more}".encode()).rows

    whole = [(2, True), (3, False), (4, True), (5, False), (6, False)]
    assert [(row.line, row.is_whole) for row in rows] == whole


def test_a_title_a_separator_line_and_a_workbook_are_read(tmp_path: Path) -> None:
    rows: list[list[object]] = [["杭州名录 2026"], ["学名", "中文名"], ["Pica serica", "喜鹊"]]
    for data in (
        f"杭州名录 2026\n{TEXT}".encode(),
        f"sep=;\n{TEXT.replace(',', ';')}".encode("gb18030"),
        workbook(tmp_path, rows).read_bytes(),
    ):
        assert only(data)["vernacularname"] == "喜鹊"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "checklist.no_names"),
        (b"a,b\n1,2\n", "checklist.no_names"),
        (b"scientificName,vernacularName\n", "checklist.empty"),
        (b"scientificName,vernacularName\n\n , \n", "checklist.empty"),
        (b"PK\x03\x04\x00\x00\xff\xff", "checklist.unreadable"),
        (b"scientificName\n\xff\xff\xff\n", "checklist.unreadable"),
        (b"scientificName\n" + b'"' + b"x" * 200_000 + b'"\n', "checklist.unreadable"),
    ],
)
def test_what_is_no_list_is_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_list("x", data)

    assert refused.value.code == code
