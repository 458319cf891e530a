"""Our Darwin Core Archive, read back by python-dwca-reader, on both engines."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import pytest
from dwca.read import DwCAReader
from dwca.rows import CoreRow

from db.opening import open_store
from db.photos import open_photos
from db.store import Store
from observations.base.ids import new_id
from observations.exchange.archive.terms import (
    CORE,
    IDENTIFICATION,
    MULTIMEDIA,
    Identified,
    Pictured,
    core_row,
    name_row,
    photo_row,
    plain,
    rank_of,
)
from observations.exchange.archive.writing import fingerprint_of, write_archive
from observations.map.exploring import Filters
from observations.places.distance import metres_between
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from tests.support.photographs import hangzhou_jpeg, png
from tests.support.sightings import MANDARIN, NOW, phone, photo, record, said

SITE = "https://luji.example"
PHEASANT = taxon_id_of("Syrmaticus ellioti")
LOTUS = taxon_id_of("Nelumbo nucifera")
TODAY = date(2026, 5, 10)
DWC = "http://rs.tdwg.org/dwc/terms/"
DC = "http://purl.org/dc/terms/"
# https://www.gbif.org/data-quality-requirements-occurrences
REQUIRED = ["occurrenceID", "basisOfRecord", "scientificName", "eventDate"]
RECOMMENDED = ["countryCode", "taxonRank", "kingdom", "decimalLatitude", "decimalLongitude"]
RECOMMENDED += ["geodeticDatum", "coordinateUncertaintyInMeters"]
# Of https://eml.ecoinformatics.org/eml-2.2.0 (eml-resource, eml-dataset, eml-party, eml-coverage).
PARTY = ["individualName", "organizationName", "positionName", "address", "phone"]
PARTY += ["electronicMailAddress", "onlineUrl", "userId", "role"]
EML_ORDER = {
    "dataset": [
        *["alternateIdentifier", "shortName", "title", "creator", "metadataProvider"],
        *["associatedParty", "pubDate", "language", "series", "abstract", "keywordSet"],
        *["additionalInfo", "intellectualRights", "licensed", "distribution", "coverage"],
        *["annotation", "purpose", "introduction", "gettingStarted", "acknowledgements"],
        *["maintenance", "contact", "publisher", "pubPlace", "methods", "project"],
    ],
    **dict.fromkeys(["creator", "metadataProvider", "contact", "publisher"], PARTY),
    "licensed": ["licenseName", "url", "identifier"],
    "coverage": ["geographicCoverage", "temporalCoverage", "taxonomicCoverage"],
    "geographicCoverage": ["geographicDescription", "boundingCoordinates"],
    "boundingCoordinates": [
        *["westBoundingCoordinate", "eastBoundingCoordinate"],
        *["northBoundingCoordinate", "southBoundingCoordinate"],
    ],
    "rangeOfDates": ["beginDate", "endDate"],
    "methodStep": ["description"],
}
EML_REQUIRED = ["title", "abstract/para", "publisher/organizationName", "intellectualRights/para"]
EML_REQUIRED += ["contact/organizationName", "creator/organizationName"]
EML_REQUIRED += ["metadataProvider/organizationName"]


@pytest.fixture
def city(store: Store, tmp_path: Path) -> Store:
    """A store with seven sightings, of this test's own."""
    return with_seven_sightings(store, tmp_path)


@dataclass(frozen=True)
class Archived:
    """A city that no test changes, and what a reader makes of its archive."""

    store: Store
    rows: list[CoreRow]
    metadata: Any


@pytest.fixture(scope="module")
def archived(module_store_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archived]:
    """The archive of seven sightings, written and read once an engine."""
    folder = tmp_path_factory.mktemp("archived")
    store = with_seven_sightings(open_store(module_store_url), folder)
    yield Archived(store, *read(store, folder))
    store.close()


def with_seven_sightings(store: Store, tmp_path: Path) -> Store:
    """Seven sightings for an archive.

    A heron with two photos, a planted lotus, a mandarin duck, a pheasant whose place is rough, a
    hidden heron, a bird nobody named, and a heron that is not released.
    """
    photos = open_photos(f"file://{tmp_path}/photos")
    device_id = phone(store)
    uploads = [str(photo(store, photos, device_id, data)) for data in (hangzhou_jpeg(), png())]
    other = {"latitude": 30.2113, "longitude": 119.4867, "uncertainty_m": 30, "source": "map"}
    said(store, record(store, device_id, photos=uploads, count=2), Verdict.ACCEPT)
    planted = {"taxon_id": str(LOTUS), "establishment_means": "planted_or_captive"}
    said(store, record(store, device_id, **planted), Verdict.PLAUSIBLE)
    for taxon_id in (PHEASANT, MANDARIN):
        said(store, record(store, device_id, taxon_id=str(taxon_id), place=other), Verdict.ACCEPT)
    said(store, record(store, device_id, hide_exact_place=True), Verdict.ACCEPT)
    said(store, record(store, device_id, taxon_id=None, name="小鸟", group="bird"), Verdict.ACCEPT)
    record(store, device_id)
    return store


def bytes_of(store: Store) -> bytes:
    stream = io.BytesIO()
    write_archive(store, stream, SITE, TODAY, lambda *_step: None)
    return stream.getvalue()


def read(store: Store, folder: Path) -> tuple[list[CoreRow], Any]:
    path = folder / "dwca.zip"
    path.write_bytes(bytes_of(store))
    with DwCAReader(str(path)) as archive:
        rows = list(archive.rows)
        assert all(row.extensions is not None for row in rows)  # read while the file is open
        return rows, archive.metadata


def short(row: Any) -> dict[str, str]:
    return {term.rsplit("/", 1)[-1]: text for term, text in row.data.items()}


def expected(store: Store) -> dict[UUID, list[str]]:
    taxa = {taxon.taxon_id: taxon for taxon in store.taxa.all_taxa()}
    return {r.public_id: core_row(r, taxa, SITE) for r in store.map.page(Filters(), None, 100)}


def test_every_row_comes_back_equal(archived: Archived) -> None:
    rows = archived.rows
    expected_rows = expected(archived.store)
    assert len(rows) == len(expected_rows) == 6
    for row in rows:
        assert [row.data[term] for term in CORE] == expected_rows[UUID(row.id)]


def test_every_photo_and_every_name_comes_back_equal(archived: Archived) -> None:
    rows = archived.rows
    records = {r.public_id: r for r in archived.store.map.page(Filters(), None, 100)}
    taxa = {taxon.taxon_id: taxon for taxon in archived.store.taxa.all_taxa()}
    ids = [r.occurrence_id for r in records.values()]
    expected_rows = {
        MULTIMEDIA: [
            photo_row(p, records[p.public_id], SITE) for p in archived.store.exchange.photos(ids)
        ],
        IDENTIFICATION: [
            name_row(n, records[n.public_id], taxa[n.taxon_id])
            for n in archived.store.exchange.identifications(ids)
        ],
    }
    extensions: dict[str, list[list[str]]] = {MULTIMEDIA: [], IDENTIFICATION: []}
    for row in rows:
        for one in row.extensions:
            extensions[one.rowtype].append([row.id, *one.data.values()])
    assert {kind: sorted(some) for kind, some in extensions.items()} == {
        kind: sorted(some) for kind, some in expected_rows.items()
    }
    assert len(extensions[MULTIMEDIA]) == 2 and len(extensions[IDENTIFICATION]) == 5


@pytest.mark.parametrize("term", REQUIRED)
def test_gbif_required_term_is_filled_in_every_row(archived: Archived, term: str) -> None:
    assert all(short(row)[term] for row in archived.rows)


@pytest.mark.parametrize("term", RECOMMENDED)
def test_gbif_strongly_recommended_term_is_filled(archived: Archived, term: str) -> None:
    assert all(short(row)[term] for row in archived.rows)


def test_gbif_individual_count_is_given_where_somebody_counted(archived: Archived) -> None:
    counted = sorted(short(row)["individualCount"] for row in archived.rows)
    assert counted == ["", "", "", "", "", "2"]


def test_gbif_occurrence_ids_are_unique(archived: Archived) -> None:
    ids = [row.id for row in archived.rows]
    assert len(set(ids)) == len(ids) and all(UUID(one) for one in ids)


def test_gbif_dates_are_iso_8601_and_agree_with_their_parts(archived: Archived) -> None:
    for row in archived.rows:
        terms = short(row)
        assert re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", terms["eventDate"])
        parts = [terms["year"], terms["month"].zfill(2), terms["day"].zfill(2)]
        assert terms["eventDate"] == "-".join(parts[: 3 if terms["day"] else 2])


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("basisOfRecord", {"HumanObservation"}),
        ("occurrenceStatus", {"present"}),
        ("countryCode", {"CN"}),
        ("geodeticDatum", {"WGS84"}),
        ("kingdom", {"Animalia", "Plantae", "Fungi", "incertae sedis"}),
        ("taxonRank", {"species", "subspecies", "variety", "class", "phylum", "kingdom"}),
        ("degreeOfEstablishment", {"", "cultivated", "captive"}),
        ("license", {"https://creativecommons.org/licenses/by/4.0/"}),
    ],
)
def test_gbif_controlled_values_only(archived: Archived, term: str, words: set[str]) -> None:
    assert {short(row)[term] for row in archived.rows} <= words


def test_gbif_generalised_and_withheld_are_said_where_and_only_where_they_are(
    archived: Archived,
) -> None:
    rough = {str(r.public_id) for r in archived.store.map.page(Filters(), None, 100) if r.grid}
    rows = {row.id: short(row) for row in archived.rows}
    for term in ("dataGeneralizations", "informationWithheld"):
        assert {one for one, terms in rows.items() if terms[term]} == rough
    assert len(rough) == 3
    assert not any(rows[one]["recordedBy"] or rows[one]["day"] for one in rough)


def test_gbif_uncertainty_of_every_generalised_row_covers_its_cell(archived: Archived) -> None:
    grids = {
        str(r.public_id): r.grid for r in archived.store.map.page(Filters(), None, 100) if r.grid
    }
    rows = {row.id: short(row) for row in archived.rows}
    for one, grid in grids.items():
        middle = float(rows[one]["decimalLatitude"]), float(rows[one]["decimalLongitude"])
        half = 0.5 / grid
        corners = [(middle[0] + a, middle[1] + b) for a in (-half, half) for b in (-half, half)]
        farthest = max(metres_between(*middle, *corner) for corner in corners)
        assert float(rows[one]["coordinateUncertaintyInMeters"]) >= farthest


def test_a_bird_that_nobody_named_has_the_name_of_its_group(archived: Archived) -> None:
    birds = [r for r in map(short, archived.rows) if r["scientificName"] == "Aves"]
    assert [(bird["taxonRank"], bird["class"]) for bird in birds] == [("class", "Aves")]


@pytest.mark.parametrize("path", EML_REQUIRED)
def test_gbif_metadata_has(archived: Archived, path: str) -> None:
    found = archived.metadata.find(f"dataset/{path}")
    assert found is not None and "".join(found.itertext()).strip()


def test_gbif_metadata_is_eml_2_2_with_licence_extent_and_citation(archived: Archived) -> None:
    with zipfile.ZipFile(io.BytesIO(bytes_of(archived.store))) as archive:
        root = ElementTree.fromstring(archive.read("eml.xml"))
    assert root.tag == "{https://eml.ecoinformatics.org/eml-2.2.0}eml"
    link = root.find("dataset/intellectualRights/para/ulink")
    assert link is not None
    assert link.get("url") == "https://creativecommons.org/licenses/by/4.0/legalcode"
    assert root.findtext("dataset/licensed/identifier") == "CC-BY-4.0"
    days = "dataset/coverage/temporalCoverage/rangeOfDates"
    assert root.findtext(f"{days}/beginDate/calendarDate") == "2026-05-01"
    assert root.find("dataset/coverage/geographicCoverage/boundingCoordinates") is not None
    assert "Green Traces" in (root.findtext("additionalMetadata/metadata/gbif/citation") or "")


def test_gbif_metadata_stands_in_the_order_that_eml_2_2_asks(archived: Archived) -> None:
    """The schema is a sequence: a right element in a wrong place makes the document invalid."""
    root = archived.metadata
    assert set(root.attrib) >= {"packageId", "system"}
    assert [part.tag for part in root] == ["dataset", "additionalMetadata"]
    for path, order in EML_ORDER.items():
        parts = [part for part in root.iter() if part.tag == path.rsplit("/", 1)[-1]]
        assert parts, path
        for part in parts:
            places = [order.index(child.tag) for child in part]
            assert places == sorted(places), path


def test_the_same_rows_make_the_same_bytes_and_mark(city: Store) -> None:
    assert bytes_of(city) == bytes_of(city)
    assert fingerprint_of(city, SITE) == fingerprint_of(city, SITE)


def test_the_mark_changes_with_what_is_public_and_with_nothing_else(city: Store) -> None:
    before = fingerprint_of(city, SITE)
    device_id = phone(city)
    waiting = record(city, device_id)
    secret = next(t for t in city.taxa.all_taxa() if t.sensitive_category == 1)
    said(city, record(city, device_id, taxon_id=str(secret.taxon_id)), Verdict.ACCEPT)
    assert fingerprint_of(city, SITE) == before
    said(city, waiting, Verdict.ACCEPT)
    after = fingerprint_of(city, SITE)
    assert after != before
    said(city, waiting, Verdict.WITHHOLD)
    assert fingerprint_of(city, SITE) == before


def test_nothing_of_a_hidden_place_or_time_is_in_it(store: Store, tmp_path: Path) -> None:
    device_id = phone(store)
    place = {"latitude": 30.21137, "longitude": 119.48673, "uncertainty_m": 3, "source": "exif"}
    moment = (NOW - timedelta(days=12, hours=3)).isoformat()
    occurrence_id = record(
        store, device_id, taxon_id=str(PHEASANT), place=place, event_date=moment, note="在松树下"
    )
    said(store, occurrence_id, Verdict.ACCEPT)
    with zipfile.ZipFile(io.BytesIO(bytes_of(store))) as archive:
        whole = "".join(archive.read(name).decode() for name in archive.namelist())
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    for hidden in ("30.211", "119.486", "2026-04-27", "松树", str(occurrence_id), str(device_id)):
        assert hidden not in whole
    assert str(occurrence_id)[:8] not in whole  # nor the time that a UUIDv7 begins with


def test_an_earlier_sensitive_name_of_an_exact_record_is_not_told(city: Store) -> None:
    ids = [r.occurrence_id for r in city.map.page(Filters(), None, 100)]
    categories = {t.taxon_id: t.sensitive_category for t in city.taxa.all_taxa()}
    rough = {r.public_id for r in city.map.page(Filters(), None, 100) if r.grid}
    told = city.exchange.identifications(ids)
    assert all(n.public_id in rough or categories[n.taxon_id] is None for n in told)


def test_an_empty_city_has_an_archive_too(store: Store, tmp_path: Path) -> None:
    rows, metadata = read(store, tmp_path)
    assert rows == [] and metadata.find("dataset/title") is not None


def test_cells_are_plain() -> None:
    assert plain("a\tb\nc") == "a b c"
    assert plain("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert (plain(-1.5), plain(None)) == ("-1.5", "")


def test_ranks() -> None:
    assert rank_of("Nycticorax nycticorax") == "species"
    assert rank_of("Taxus wallichiana var. mairei") == "variety"
    assert rank_of("Trachemys scripta elegans") == "subspecies"


def test_a_photo_that_is_not_free_says_so(city: Store) -> None:
    exact = next(r for r in city.map.page(Filters(), None, 100) if not r.grid)
    shown = Pictured(exact.public_id, 1, "a" * 64, "all rights reserved")
    assert photo_row(shown, exact, SITE)[-1] == "http://rightsstatements.org/vocab/InC/1.0/"


def test_a_generalised_record_does_not_tell_when_it_was_named(city: Store) -> None:
    rough = next(r for r in city.map.page(Filters(), None, 100) if r.grid)
    taxon = next(t for t in city.taxa.all_taxa() if t.taxon_id == PHEASANT)
    name = Identified(rough.public_id, new_id(NOW), PHEASANT, True, NOW, True)
    cells = name_row(name, rough, taxon)
    assert "2026" not in " ".join(cells)


def test_ids_of_names_do_not_tell_the_minute(city: Store) -> None:
    exact = next(r for r in city.map.page(Filters(), None, 100) if not r.grid)
    taxon = next(t for t in city.taxa.all_taxa() if t.taxon_id == exact.taxon_id)
    name = Identified(exact.public_id, new_id(NOW), taxon.taxon_id, False, NOW, True)
    assert UUID(name_row(name, exact, taxon)[1]).version != 7


def test_demo_rows_say_so_in_title_and_row(city: Store) -> None:
    exact = next(r for r in city.map.page(Filters(), None, 100) if not r.grid)
    terms = dict(zip(CORE, core_row(replace(exact, is_demo=True), {}, SITE), strict=True))
    assert json.loads(terms[f"{DWC}dynamicProperties"]) == {"isDemo": True}
    assert "demo" in terms[f"{DWC}datasetName"].lower()
