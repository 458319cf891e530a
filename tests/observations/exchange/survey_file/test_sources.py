"""Files that others made: what opens, and what is refused with which reason."""

import struct
import zipfile
from pathlib import Path

import pytest

from observations.base.errors import Refused
from observations.exchange.survey_file.sources import encoding_of, open_source
from tests.support.survey_files import (
    HEADER,
    HERON,
    PHEASANT,
    PHOTOS,
    ROWS,
    archive,
    csv_file,
    meta,
    table,
    workbook,
)

ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]>'


def read(path: Path) -> list[dict[str, str]]:
    with open_source(path) as source:
        list(source.references())
        return [dict(row.cells) for row in source.rows()]


def why(path: Path) -> Refused:
    with pytest.raises(Refused) as refused:
        read(path)
    return refused.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_in_each_encoding_reads_the_same(tmp_path: Path, encoding: str) -> None:
    rows = [[*row, "夜鹭"] for row in ROWS]
    header = ["编号", "学名", "纬度", "经度", "日期", "中文名"]
    rows_read = read(csv_file(tmp_path, rows, header, encoding))
    assert [row["vernacularName"] for row in rows_read] == ["夜鹭"] * 3
    assert rows_read[0]["decimalLatitude"] == "30.2694"


def test_tabs_and_semicolons_part_cells_too(tmp_path: Path) -> None:
    for sign in "\t;":
        path = csv_file(tmp_path)
        path.write_text(path.read_text().replace(",", sign).replace('"', ""))
        assert len(read(path)) == 3


def test_text_in_no_known_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = csv_file(tmp_path)
    path.write_bytes(path.read_bytes() + b"HZ-4,\xff\xff,1,2,2020\n")
    assert (why(path).code, why(path).values["line"]) == ("dataset.encoding", 5)
    with pytest.raises(Refused):
        encoding_of(path)


def test_an_archive_reads_as_its_meta_says(tmp_path: Path) -> None:
    with open_source(archive(tmp_path)) as source:
        assert source.described.title == "Beetles of Tianmu"
        assert "licenses/by/4.0" in source.described.licence
        assert source.described.rights_holder == "Tianmu Station"
        assert [row.line for row in source.rows()] == [2, 3, 4]


def test_an_archive_in_a_folder_with_litter_opens(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("__MACOSX/meta.xml", "litter")
        packed.writestr("inner/meta.xml", meta())
        packed.writestr("inner/occurrence.csv", table(ROWS))
    assert len(read(path)) == 3


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"meta_xml": None}, "dataset.meta_missing"),
        ({"meta_xml": "<archive"}, "dataset.meta_unreadable"),
        ({"meta_xml": "<html/>"}, "dataset.meta_unreadable"),
        ({"meta_xml": ENTITY + meta()}, "dataset.xml_entities"),
        ({"meta_xml": LAUGHS + meta()}, "dataset.xml_entities"),
        ({"eml_xml": ENTITY + "<a>&x;</a>"}, "dataset.xml_entities"),
        ({"meta_xml": meta().replace("Occurrence", "Taxon")}, "dataset.core_type"),
        ({"meta_xml": meta().replace("occurrence.csv", "../../etc/passwd")}, "dataset.zip_path"),
        ({"meta_xml": meta().replace("occurrence.csv", "http://a.b/c.csv")}, "dataset.zip_path"),
        ({"meta_xml": meta().replace("UTF-8", "EBCDIC")}, "dataset.encoding_unknown"),
        ({"occurrence_csv": None}, "dataset.member_missing"),
        ({"occurrence_csv": table(ROWS).encode("utf-16")}, "dataset.encoding"),
        ({"meta_xml": meta().replace("eventDate", "locality")}, "dataset.columns_missing"),
        ({"meta_xml": meta(PHOTOS)}, "dataset.member_missing"),
    ],
)
def test_a_broken_archive_is_refused(
    tmp_path: Path, members: dict[str, str | None], code: str
) -> None:
    assert why(archive(tmp_path, **members)).code == code


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/evil", "a\\..\\evil", "C:evil"])
def test_a_path_out_of_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    path = archive(tmp_path)
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr(zipfile.ZipInfo(name), "x")
    assert why(path).code == "dataset.zip_path"


def test_a_link_in_the_archive_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path)
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr(link, "/etc/passwd")
    assert why(path).code == "dataset.zip_path"


def test_a_bomb_is_refused_by_what_it_says_of_itself(tmp_path: Path) -> None:
    path = archive(tmp_path, occurrence_csv=b"0" * 80_000_000)
    assert path.stat().st_size < 200_000
    assert why(path).code == "dataset.zip_bomb"


def test_a_bomb_that_lies_about_its_size_is_broken(tmp_path: Path) -> None:
    path = archive(tmp_path, occurrence_csv=table(ROWS * 50_000))
    data = bytearray(path.read_bytes())
    for at in range(len(data) - 46):  # each entry of the central directory
        if data[at : at + 4] == b"PK\x01\x02" and b"occurrence" in data[at + 46 : at + 60]:
            data[at + 24 : at + 28] = struct.pack("<I", 100)
    path.write_bytes(data)
    assert why(path).code == "dataset.zip_broken"


def test_a_locked_a_cut_and_a_damaged_zip_are_refused(tmp_path: Path) -> None:
    path = archive(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert why(path).code == "dataset.zip_broken"
    damaged = bytearray(data)
    at = data.index(b"occurrence.csv") + 20
    damaged[at : at + 10] = b"\0" * 10
    path.write_bytes(damaged)
    assert why(path).code == "dataset.zip_broken"
    locked = bytearray(data)
    for at in range(len(data) - 46):
        if data[at : at + 4] == b"PK\x01\x02":
            locked[at + 8] |= 1
    path.write_bytes(locked)
    assert why(path).code == "dataset.zip_locked"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xml", b"\xef\xbb\xbf<?xml version='1.0'?><a/>", "dataset.is_xml"),
        ("a.xls", b"\xd0\xcf\x11\xe0rest", "dataset.is_excel"),
        ("a.csv", b"a,b\n1,2\n", "dataset.columns_missing"),
        ("a.csv", b"", "dataset.columns_missing"),
        ("a.zip", b"not a zip", "dataset.zip_broken"),
    ],
)
def test_what_is_no_survey_file_is_told_so(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert why(path).code == code


def test_a_broken_workbook_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.xml", "<a/>")
    assert why(path).code == "dataset.is_excel"


def test_a_workbook_reads_as_a_csv(tmp_path: Path) -> None:
    title: list[list[object]] = [["西溪湿地调查表"], []]
    row: list[object] = ["HZ-1", "Ardea alba", 30.2694, 120.0631, "2023-05-09"]
    path = workbook(tmp_path, [*title, [*HEADER, "数量"], [*row, 3.0], ["", "", "", "", "", ""]])
    with open_source(path) as source:
        [one] = source.rows()
    assert one.line == 4
    assert (one.cells["decimalLatitude"], one.cells["individualCount"]) == ("30.2694", "3")


def test_the_sheet_with_the_columns_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path, [list(HEADER), *map(list, ROWS)], sheets=3)
    assert len(read(path)) == 3
    bare = workbook(tmp_path, [["a", "b"]], name="bare.xlsx")
    assert why(bare).code == "dataset.columns_missing"


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "ZZZ9999999"])
def test_a_workbook_with_cells_far_apart_takes_no_memory(tmp_path: Path, place: str) -> None:
    path = workbook(tmp_path, [list(HEADER), *map(list, ROWS)])
    far = tmp_path / "far.xlsx"
    with zipfile.ZipFile(path) as one, zipfile.ZipFile(far, "w") as other:
        for name in one.namelist():
            text = one.read(name).decode()
            other.writestr(name, text.replace('r="E4"', f'r="{place}"').replace("B1", "AAA1"))
    assert why(far).code == "dataset.is_excel"


def rows_and_faults(path: Path) -> list[tuple[int, str, str]]:
    with open_source(path) as source:
        return [(row.line, row.cells.get("occurrenceID", ""), row.fault) for row in source.rows()]


@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_no_row_swallows_another(tmp_path: Path, sign: str) -> None:
    """A lone quote spoils its own row; whatever follows is read as what it is."""
    lines = [
        sign.join(HEADER),
        sign.join(["HZ-1", "Ardea alba", "30.2", "120.1", "2023-05-09"]),
        sign.join(["HZ-2", '"Ardea alba', "30.3", "120.2", "2023-05-09"]),
        sign.join(["HZ-3", "Ardea alba", "30.4", "120.3", "2023-05-09"]),
        sign.join(["HZ-4", 'Ardea alba"', "30.5", "120.4", "2023-05-09"]),
        sign.join(["HZ-5", "Ardea alba", "30.6", "120.5", "2023-05-09"]),
    ]
    path = tmp_path / "a.csv"
    path.write_text("\r\n".join(lines))
    assert rows_and_faults(path) == [
        (2, "HZ-1", ""),
        (3, "HZ-2", "quotes"),
        (4, "HZ-3", ""),
        (5, "HZ-4", ""),
        (6, "HZ-5", ""),
    ]


@pytest.mark.parametrize("bad", ['"Ardea" alba', '"Ardea alba', '"'])
def test_a_quote_that_is_never_closed_spoils_its_row_alone(tmp_path: Path, bad: str) -> None:
    text = ",".join(HEADER) + f"\nHZ-1,{bad},30.2,120.1,2023-05-09\n"
    text += "".join(f"HZ-{k},Ardea alba,30.2,120.1,2023-05-09\n" for k in range(2, 3_000))
    path = tmp_path / "a.csv"
    path.write_text(text)
    found = rows_and_faults(path)
    assert found[0] == (2, "HZ-1", "quotes")
    assert len(found) == 2_999
    assert {fault for _, _, fault in found[1:]} == {""}


def test_quotes_follow_what_the_archive_says(tmp_path: Path) -> None:
    plain = meta().replace("fieldsEnclosedBy='\"'", "fieldsEnclosedBy=''")
    text = ",".join(HEADER) + '\nHZ-1,"Ardea alba,30.2,120.1,2023-05-09\nHZ-2,a",30,120,2023\n'
    path = archive(tmp_path, meta_xml=plain, occurrence_csv=text)
    assert [fault for _, _, fault in rows_and_faults(path)] == ["", ""]
    path = archive(tmp_path, name="b.zip", occurrence_csv=text)
    assert rows_and_faults(path) == [(2, "HZ-1", "quotes"), (3, "HZ-2", "")]


def test_a_remark_over_several_lines_is_one_cell(tmp_path: Path) -> None:
    rows = [[*HERON, "seen\nfrom, the bridge"], [*PHEASANT, "x"]]
    path = csv_file(tmp_path, rows, [*HEADER, "remarks"])
    with open_source(path) as source:
        found = [(row.line, row.fault, row.is_spread) for row in source.rows()]
    assert found == [(2, "", True), (3, "", False)]


def test_cells_too_many_are_told_and_empty_ones_are_not(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = ["HZ-1,Ardea alba,30.2,120.1,2023-05-09,,,", "HZ-2,Ardea alba,30.2,120.1,2023-05-09,x"]
    path.write_text("\n".join([",".join(HEADER) + ",,", *rows, ",,,,", " , ,"]))
    assert rows_and_faults(path) == [(2, "HZ-1", ""), (3, "HZ-2", "columns")]


@pytest.mark.parametrize(
    "head",
    [
        "sep=;\n",
        '"sep=;"\r\n',
        "西溪湿地鸟类调查表\n",
        "西溪湿地鸟类调查表;;;;\n;;;;\n填表人：王;;日期;;2023\n",
        "\ufeffsep=;\n",
    ],
)
def test_what_stands_above_the_heading_is_passed_over(tmp_path: Path, head: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(head + table(ROWS).replace(",", ";").replace('"', ""), encoding="utf-8")
    assert [row["occurrenceID"] for row in read(path)] == ["HZ-1", "HZ-2", "HZ-3"]


def packed(folder: Path, meta_xml: str, **files: str) -> Path:
    path = folder / "packed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Data/Meta.XML", meta_xml)
        for name, text in files.items():
            archive.writestr(f"Data/{name.replace('_', '.')}", text)
    return path


def test_paths_are_found_in_any_case_and_with_a_dot(tmp_path: Path) -> None:
    text = meta().replace("occurrence.csv", "./OCCURRENCE.csv")
    assert len(read(packed(tmp_path, text, occurrence_CSV=table(ROWS)))) == 3


def test_a_core_of_several_files_is_read_whole(tmp_path: Path) -> None:
    text = meta().replace("</files>", "<location>more.csv</location></files>")
    more = table([["HZ-4", *HERON[1:]]])
    with open_source(packed(tmp_path, text, occurrence_csv=table(ROWS), more_csv=more)) as source:
        found = [(row.line, row.cells["occurrenceID"]) for row in source.rows()]
    assert found == [(2, "HZ-1"), (3, "HZ-2"), (4, "HZ-3"), (6, "HZ-4")]


def test_a_core_without_a_row_type_is_taken_by_its_columns(tmp_path: Path) -> None:
    text = meta().replace('rowType="http://rs.tdwg.org/dwc/terms/Occurrence"', "")
    assert len(read(archive(tmp_path, meta_xml=text))) == 3


def test_an_extension_in_an_unknown_encoding_is_left_out(tmp_path: Path) -> None:
    text = meta(PHOTOS.replace("UTF-8", "EBCDIC-X"))
    path = archive(tmp_path, meta_xml=text, multimedia_csv="HZ-9,https://a/1.jpg\n")
    assert len(read(path)) == 3


def test_an_encoding_that_python_knows_is_read(tmp_path: Path) -> None:
    rows = [[*ROWS[0][:1], "Ardea alba", *ROWS[0][2:]]]
    text = meta().replace("UTF-8", "Big5")
    path = archive(tmp_path, meta_xml=text, occurrence_csv=table(rows).encode("big5"))
    assert len(read(path)) == 1


def test_a_file_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    assert why(tmp_path / "no.csv").code == "dataset.file_missing"


def test_a_cell_without_end_is_refused_with_its_row(tmp_path: Path) -> None:
    path = csv_file(tmp_path)
    path.write_text(path.read_text() + 'HZ-4,"' + "x" * 200_000)
    assert (why(path).code, why(path).values["line"]) == ("dataset.csv_broken", 5)
