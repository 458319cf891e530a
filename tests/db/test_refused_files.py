"""Broken or hostile survey files are refused with the reason, or with the row and the reason.

The store is afterwards what it was, on both engines.
"""

import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import Store
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.commands.import_survey import problem_line
from observations.exchange.survey_file.problems import FILE_WORDS
from observations.exchange.survey_import import ImportOptions, dry_run, import_survey
from observations.verification.decisions import Verdict
from tests.support.sightings import NOW, phone, record, said
from tests.support.store_rows import every_row
from tests.support.survey_files import EML, HERON, PHOTOS, ROWS, archive, csv_file, meta, table

ADMIN = Person(staff_id=new_id(), role=Role.ADMIN)
CHINESE = [[*row, name] for row, name in zip(ROWS, ("夜鹭", "白颈长尾雉", "黑负葬甲"), strict=True)]
CHINESE_HEADER = ["编号", "学名", "纬度", "经度", "日期", "中文名"]
ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]>'
OUTSIDE = ["GBIF-1", "Ardea alba", "41.6219", "-93.7328", "2019-08-13"]
SIMPLE_XML = """<?xml version="1.0" encoding="utf-8"?>
<dwr:SimpleDarwinRecordSet xmlns:dwr="http://rs.tdwg.org/dwc/xsd/simpledarwincore/"
  xmlns:dwc="http://rs.tdwg.org/dwc/terms/"><dwr:SimpleDarwinRecord>
  <dwc:scientificName>Dirona picta</dwc:scientificName></dwr:SimpleDarwinRecord>
</dwr:SimpleDarwinRecordSet>"""
INATURALIST = ["id", "observed_on", "license", "latitude", "longitude", "positional_accuracy"]
INATURALIST += ["public_positional_accuracy", "coordinates_obscured", "captive_cultivated"]
INATURALIST += ["time_zone", "scientific_name", "common_name", "iconic_taxon_name"]
Make = Callable[[Path], Path]


@pytest.fixture
def city(store: Store, tmp_path: Path) -> Store:
    """A released sighting and a dataset that were there before."""
    said(store, record(store, phone(store)), Verdict.ACCEPT)
    import_survey(store, csv_file(tmp_path, name="before.csv"), ImportOptions(), ADMIN, NOW)
    return store


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def with_member(name: str, link: bool = False) -> Make:
    """A good archive with one member more."""

    def make(folder: Path) -> Path:
        path, entry = archive(folder), zipfile.ZipInfo(name)
        if link:
            entry.external_attr = 0o120777 << 16
        with zipfile.ZipFile(path, "a") as packed:
            packed.writestr(entry, "/etc/passwd")
        return path

    return make


def lying_bomb(folder: Path) -> Path:
    """An archive that says that its table has 100 bytes."""
    path = archive(folder, occurrence_csv=table(ROWS * 20_000))
    data = bytearray(path.read_bytes())
    at = data.index(b"occurrence.csv", data.index(b"PK\x01\x02")) - 46
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    return saved(folder, path.name, bytes(data))


def archive_of(**members: str | bytes | None) -> Make:
    return lambda folder: archive(folder, **members)


def encoded(encoding: str) -> bytes:
    return table(CHINESE, CHINESE_HEADER).encode(encoding)


WITH_CHINESE = table([[*HERON[:4], "二〇二三年五月"]])
REFUSED: dict[str, tuple[Make, str]] = {
    "no meta.xml": (archive_of(meta_xml=None), "dataset.meta_missing"),
    "meta.xml cut short": (archive_of(meta_xml=meta()[:200]), "dataset.meta_unreadable"),
    "a table that is not there": (archive_of(occurrence_csv=None), "dataset.member_missing"),
    "an extension that is not there": (archive_of(meta_xml=meta(PHOTOS)), "dataset.member_missing"),
    "GB18030 that calls itself UTF-8": (
        archive_of(occurrence_csv=WITH_CHINESE.encode("gb18030")),
        "dataset.encoding",
    ),
    "UTF-16 that calls itself UTF-8": (
        archive_of(occurrence_csv=table(ROWS).encode("utf-16")),
        "dataset.encoding",
    ),
    "UTF-8 that calls itself UTF-16": (
        archive_of(meta_xml=meta().replace("UTF-8", "UTF-16")),
        "dataset.encoding",
    ),
    "an encoding nobody knows": (
        archive_of(meta_xml=meta().replace("UTF-8", "EBCDIC")),
        "dataset.encoding_unknown",
    ),
    "letters of no encoding": (
        lambda folder: saved(folder, "a.csv", encoded("utf-8") + b"HZ-4,\xff\xff,1,2,2020,\n"),
        "dataset.encoding",
    ),
    "UTF-16 without its mark": (
        lambda folder: saved(folder, "a.csv", encoded("utf-16-le")),
        "dataset.encoding",
    ),
    "UTF-16 cut inside a letter": (
        lambda folder: saved(folder, "a.csv", encoded("utf-16")[:-1]),
        "dataset.encoding",
    ),
    "a bomb": (archive_of(occurrence_csv=b"0" * 80_000_000), "dataset.zip_bomb"),
    "a bomb that lies": (lying_bomb, "dataset.zip_broken"),
    "metadata without end": (
        archive_of(meta_xml=b" " * 5_000_000 + meta().encode()),
        "dataset.meta_unreadable",
    ),
    "a path upwards": (with_member("../../evil.csv"), "dataset.zip_path"),
    "a path from the root": (with_member("/etc/evil"), "dataset.zip_path"),
    "a path of Windows": (with_member("a\\..\\evil"), "dataset.zip_path"),
    "a link": (with_member("link", link=True), "dataset.zip_path"),
    "a table outside": (
        archive_of(meta_xml=meta().replace("occurrence.csv", "../../etc/passwd")),
        "dataset.zip_path",
    ),
    "a table elsewhere": (
        archive_of(meta_xml=meta().replace("occurrence.csv", "http://a.example/b.csv")),
        "dataset.zip_path",
    ),
    "an entity in meta.xml": (archive_of(meta_xml=ENTITY + meta()), "dataset.xml_entities"),
    "laughs in meta.xml": (archive_of(meta_xml=LAUGHS + meta()), "dataset.xml_entities"),
    "an entity in eml.xml": (archive_of(eml_xml=ENTITY + EML), "dataset.xml_entities"),
    "a core of taxa": (
        archive_of(meta_xml=meta().replace("Occurrence", "Taxon")),
        "dataset.core_type",
    ),
    "iNaturalist's simple XML": (
        lambda folder: saved(folder, "simple.xml", SIMPLE_XML.encode()),
        "dataset.is_xml",
    ),
    "an old Excel workbook": (
        lambda folder: saved(folder, "a.xls", b"\xd0\xcf\x11\xe0rest"),
        "dataset.is_excel",
    ),
    "no columns": (lambda folder: saved(folder, "a.csv", b"a,b\n1,2\n"), "dataset.columns_missing"),
    "a header without end": (
        lambda folder: saved(folder, "a.csv", b"a" * 300_000),
        "dataset.columns_missing",
    ),
    "nothing at all": (lambda folder: saved(folder, "a.csv", b""), "dataset.columns_missing"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_file_is_refused_and_nothing_changes(
    city: Store, tmp_path: Path, name: str
) -> None:
    make, code = REFUSED[name]
    before = every_row(city)
    with pytest.raises(Refused) as refused:
        import_survey(city, make(tmp_path), ImportOptions(skips_problems=True), ADMIN, NOW)
    assert refused.value.code == code
    assert FILE_WORDS[code].format(**refused.value.values)  # a sentence, nothing left open
    assert every_row(city) == before


def orphans(folder: Path) -> Path:
    photos = "HZ-1,https://a.example/1.jpg\nHZ-99,https://a.example/2.jpg\n,https://a.example/3\n"
    return archive(folder, meta_xml=meta(PHOTOS), multimedia_csv=photos)


def no_core_ids(folder: Path) -> Path:
    """Rows without a core id, and an extension that refers to none."""
    rows = [HERON, ["", *HERON[1:]], ["", *ROWS[1][1:]]]
    nowhere = meta(PHOTOS).replace('<coreid index="0"/>', "<coreid/>")
    photos = "夜鹭,https://a.example/1.jpg\n"
    return archive(folder, meta_xml=nowhere, occurrence_csv=table(rows), multimedia_csv=photos)


def formulas(folder: Path) -> Path:
    evil = ["=HYPERLINK(1)", "@SUM(1)", "+1+1", "-2+3", "\t=1"]
    rows = [[f"F-{k}", cell, *HERON[2:]] for k, cell in enumerate(evil)]
    return csv_file(folder, [HERON, *rows, ["=1+1", *HERON[1:]]])


def gbif_of_2009(folder: Path) -> Path:
    """An archive like GBIF's own test archive.

    It has a folder, system files, an old row type, old terms, and no row in Hangzhou.
    """
    old = meta().replace("terms/Occurrence", "terms/DarwinCore")
    old = old.replace("scientificName", "ScientificName").replace("eventDate", "EventDate")
    path = folder / "gbif.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("__MACOSX/archive-occ/._meta.xml", b"\x00\x05litter")
        packed.writestr("archive-occ/meta.xml", old)
        packed.writestr("archive-occ/occurrence.csv", table([OUTSIDE, ["GBIF-2", *OUTSIDE[1:]]]))
    return path


def inaturalist(folder: Path) -> Path:
    """As iNaturalist exports: an obscured row, a captive one, several time zones; elsewhere."""
    plain = ["1", "2019-08-13", "CC-BY-NC", "41.62", "-93.73", "77", "77", "false", "false"]
    plain += ["Central Time (US & Canada)", "Calopteryx maculata", "Ebony Jewelwing", "Insecta"]
    obscured = ["2", "2019-08-14", "", "-33.8", "151.2", "12", "28500", "true", "false"]
    obscured += ["Sydney", "Phascolarctos cinereus", "Koala", "Mammalia"]
    captive = ["3", "2019-08-15", "CC0", "52.5", "13.4", "", "", "false", "true"]
    captive += ["Berlin", "Ginkgo biloba", "Ginkgo", "Plantae"]
    return csv_file(folder, [plain, obscured, captive], INATURALIST, name="inaturalist.csv")


BY_ROW: dict[str, tuple[Make, list[tuple[int, str]]]] = {
    "orphans": (orphans, [(2, "orphan"), (3, "orphan")]),
    "no core ids": (no_core_ids, [(3, "no_id"), (4, "no_id"), (1, "orphan")]),
    # the tab goes with the blanks round a cell, and what it hid is a formula again
    "formulas": (formulas, [(line, "formula") for line in range(3, 9)]),
    "GBIF's of 2009": (gbif_of_2009, [(2, "place_outside"), (3, "place_outside")]),
    "iNaturalist's": (inaturalist, [(line, "place_outside") for line in (2, 3, 4)]),
}


@pytest.mark.parametrize("name", BY_ROW)
def test_bad_rows_are_told_one_by_one_and_nothing_changes(
    city: Store, tmp_path: Path, name: str
) -> None:
    make, problems = BY_ROW[name]
    path, before = make(tmp_path), every_row(city)
    options = ImportOptions(code="from-elsewhere")
    city.datasets.datasets()
    withdrawn_ids = (
        ImportOptions(code="before") if name in ("orphans", "no core ids", "formulas") else options
    )
    findings = dry_run(city, path, withdrawn_ids, ADMIN, NOW)
    assert [(problem.line, problem.code) for problem in findings.problems.listed] == problems
    for language in ("zh", "en"):
        assert all(problem_line(one, language) for one in findings.problems.listed)
    with pytest.raises(Refused) as refused:
        import_survey(city, path, withdrawn_ids, ADMIN, NOW)
    assert refused.value.code in ("dataset.problems", "dataset.nothing_good")
    assert every_row(city) == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_good_file_in_each_encoding_is_the_same_rows(
    store: Store, tmp_path: Path, encoding: str
) -> None:
    path = csv_file(tmp_path, CHINESE, CHINESE_HEADER, encoding)
    assert import_survey(store, path, ImportOptions(), ADMIN, NOW).new == 3
    again = import_survey(
        store, csv_file(tmp_path, CHINESE, CHINESE_HEADER), ImportOptions(), ADMIN, NOW
    )
    assert (again.new, again.changed, again.same) == (0, 0, 3)


def test_a_header_with_broken_lines_is_understood(duckdb_store: Store, tmp_path: Path) -> None:
    header = ["编号", "学名", "纬度\n（°）", "经度\r\n（°）", "日期", "中文名"]
    findings = dry_run(
        duckdb_store, csv_file(tmp_path, CHINESE, header), ImportOptions(), ADMIN, NOW
    )
    assert (findings.good, len(findings.problems)) == (3, 0)


EXPORTS = [  # name, rows, what each row is told; or the refusal of the file
    ("gbif_occurrence.zip", 1534, "place_outside"),
    ("inaturalist_export.csv", 47, "place_outside"),
    ("null_core_id.zip", 0, "dataset.core_type"),
    ("inaturalist_simple.xml", 0, "dataset.is_xml"),
]


@pytest.mark.needs_shared
@pytest.mark.parametrize(("name", "rows", "code"), EXPORTS)
def test_what_others_exported_is_told_row_by_row_or_refused(
    city: Store, shared: Path, name: str, rows: int, code: str
) -> None:
    path, before = shared / "exports" / name, every_row(city)
    with pytest.raises(Refused) as refused:
        import_survey(city, path, ImportOptions(skips_problems=True), ADMIN, NOW)
    assert refused.value.code == ("dataset.nothing_good" if rows else code)
    if rows:
        findings = dry_run(city, path, ImportOptions(), ADMIN, NOW)
        told = [one.line for one in findings.problems.listed if one.code == code]
        assert (findings.rows, len(set(told)), findings.good) == (rows, rows, 0)
    assert every_row(city) == before


@pytest.mark.needs_shared
def test_every_file_of_others_is_tried(shared: Path) -> None:
    there = {path.name for path in (shared / "exports").iterdir()} - {"README.md"}
    assert there == {name for name, _, _ in EXPORTS}


def _damaged(data: bytes, dice: random.Random) -> bytes:
    """The bytes with a part changed, cut out or said twice."""
    at = dice.randrange(len(data))
    end = min(len(data), at + dice.choice([1, 2, 8, 64]))
    inside = dice.choice([b"", dice.randbytes(end - at), data[at:end] * 2, b"\x00", b'"', b"\n"])
    return data[:at] + inside + data[end:]


def test_whatever_is_damaged_is_refused_or_read_and_never_fails_otherwise(
    duckdb_store: Store, tmp_path: Path
) -> None:
    """Files damaged at random: a refusal has its sentence, and every row told has its line."""
    dice, photos = random.Random(2026), "HZ-1,https://a.example/1.jpg\n"
    parts = {"meta.xml": meta(PHOTOS), "eml.xml": EML, "occurrence.csv": table(ROWS)}
    members = {name: text.encode() for name, text in {**parts, "multimedia.csv": photos}.items()}
    for number in range(300):
        path = tmp_path / f"{number}.{'csv' if number % 5 == 0 else 'zip'}"
        if number % 5 == 0:
            path.write_bytes(_damaged(encoded("gb18030"), dice))
        else:
            hit = dice.choice(list(members))
            with zipfile.ZipFile(path, "w") as packed:
                for name, text in members.items():
                    packed.writestr(name, _damaged(text, dice) if name == hit else text)
            if number % 5 == 1:
                path.write_bytes(_damaged(path.read_bytes(), dice))
        try:
            findings = dry_run(duckdb_store, path, ImportOptions(), ADMIN, NOW)
        except Refused as refused:
            assert FILE_WORDS[refused.code].format(**refused.values)
        else:
            assert all(problem_line(one, "en") for one in findings.problems.listed)
