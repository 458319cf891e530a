"""One picture on two records does not tell the hidden place of one."""

import io
from pathlib import Path

import pytest
from PIL import Image

from db.photos import FolderOfPhotos
from db.store import Store
from observations.base.ids import new_id
from observations.map.projection import project, rebuild
from observations.media.hashing import bits_between, is_sha256, picture_hash
from observations.media.store import PhotoFiles
from observations.occurrences.deciding import NewName
from observations.occurrences.occurrence import PublicOccurrence
from observations.privacy.erasing import erase
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from tests.support.photographs import as_jpeg, drawn, plain_jpeg, saved
from tests.support.sightings import NIGHT_HERON, NOW, UUID, XIXI, phone, photo, record, said

PHEASANT = taxon_id_of("Syrmaticus ellioti")
ELSEWHERE = {**XIXI, "latitude": 30.31}


@pytest.fixture
def photos(tmp_path: Path) -> PhotoFiles:
    """An empty folder of photos."""
    return FolderOfPhotos(tmp_path / "photos")


def seen(
    store: Store,
    photos: PhotoFiles,
    data: bytes,
    taxon_id: UUID = NIGHT_HERON,
    device_id: UUID | None = None,
    **changes: object,
) -> UUID:
    """A record with this picture, not decided yet, by somebody else each time."""
    device_id = device_id or phone(store)
    upload = photo(store, photos, device_id, data)
    return record(
        store, device_id, id=str(new_id()), photos=[str(upload)], taxon_id=str(taxon_id), **changes
    )


def public(store: Store, occurrence_id: UUID) -> PublicOccurrence:
    """What everyone sees of it."""
    whole = store.occurrences.occurrence(occurrence_id)
    assert whole
    shown = store.occurrences.public(whole.public_id)
    assert shown
    return shown


def name_of(store: Store, occurrence_id: UUID) -> str | None:
    """The name under which everyone sees its first photo, the same at each door."""
    told = public(store, occurrence_id)
    pictured = store.exchange.photos([occurrence_id])
    shown = store.occurrences.public_photographs(occurrence_id)
    assert [one.sha256 for one in shown] == [one.sha256 for one in pictured]
    assert told.photo_count == len(pictured)
    assert told.photo_sha256 == (pictured[0].sha256 if pictured else None)
    assert not store.broken_invariants()
    return told.photo_sha256


def cropped(share: float) -> bytes:
    """The drawing without some of its edge."""
    picture = drawn()
    edge = round(picture.width * share)
    return as_jpeg(picture.crop((edge, edge, picture.width - edge, picture.height - edge)))


COPIES = {
    "the same file": plain_jpeg(),
    "smaller": plain_jpeg((640, 480)),
    "saved again": as_jpeg(drawn(), quality=30),
    "as PNG": saved(drawn(), "PNG"),
    "a little cut": cropped(0.01),
}


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("is_hidden_first", [True, False], ids=["hidden first", "exact first"])
def test_a_hidden_record_shows_no_picture_that_is_public_elsewhere(
    store: Store, photos: PhotoFiles, copy: str, is_hidden_first: bool
) -> None:
    exact = seen(store, photos, plain_jpeg())
    hidden = seen(store, photos, COPIES[copy], PHEASANT, place=ELSEWHERE)
    for one in (hidden, exact) if is_hidden_first else (exact, hidden):
        said(store, one, Verdict.ACCEPT)
    assert name_of(store, hidden) is None
    assert name_of(store, exact) is not None
    said(store, exact, Verdict.WITHHOLD)
    assert name_of(store, hidden) is not None
    said(store, exact, Verdict.ACCEPT)
    assert name_of(store, hidden) is None


def test_a_picture_of_its_own_has_a_name_that_leads_nowhere(
    store: Store, photos: PhotoFiles
) -> None:
    said(store, seen(store, photos, turned()), Verdict.ACCEPT)
    hidden = seen(store, photos, plain_jpeg(), PHEASANT, place=ELSEWHERE)
    said(store, hidden, Verdict.ACCEPT)
    name = name_of(store, hidden)
    [(sha256, _licence)] = store.occurrences.photos(hidden)
    assert name and name != sha256 and is_sha256(name)
    assert store.occurrences.generalised_photo(name) == sha256
    assert not any(is_public for _, is_public in store.occurrences.photo_viewers(sha256))


def turned() -> bytes:
    """The drawing upside down: nothing like it."""
    data = as_jpeg(drawn().transpose(Image.Transpose.ROTATE_180))
    with Image.open(io.BytesIO(data)) as picture:
        assert bits_between(picture_hash(picture), picture_hash(drawn())) > 10
    return data


def test_of_two_hidden_records_with_one_picture_neither_shows_it(
    store: Store, photos: PhotoFiles
) -> None:
    """The finer square of one would tell where in its wide square the other was."""
    rare = seen(store, photos, plain_jpeg(), PHEASANT)
    wish = seen(store, photos, plain_jpeg(), hide_exact_place=True, place=ELSEWHERE)
    said(store, rare, Verdict.ACCEPT)
    assert name_of(store, rare)
    said(store, wish, Verdict.ACCEPT)
    assert (name_of(store, rare), name_of(store, wish)) == (None, None)


def test_a_record_renamed_to_a_sensitive_taxon_hides_its_photo_or_renames_it(
    store: Store, photos: PhotoFiles
) -> None:
    alone, shared = seen(store, photos, turned()), seen(store, photos, plain_jpeg())
    other = seen(store, photos, plain_jpeg((800, 600)))
    for one in (alone, shared, other):
        said(store, one, Verdict.ACCEPT)
    before = name_of(store, alone)
    for one in (alone, shared):
        said(store, one, Verdict.ACCEPT, name=NewName(PHEASANT))
    assert name_of(store, alone) not in (None, before)
    assert name_of(store, shared) is None
    for one in (alone, shared):
        said(store, one, Verdict.ACCEPT, name=NewName(NIGHT_HERON))
    assert name_of(store, alone) == before
    assert name_of(store, shared) is not None


def test_a_picture_may_be_shown_again_when_the_other_person_has_gone(
    store: Store, photos: PhotoFiles
) -> None:
    leaving = phone(store)
    exact = seen(store, photos, plain_jpeg(), device_id=leaving)
    hidden = seen(store, photos, plain_jpeg((640, 480)), PHEASANT)
    for one in (exact, hidden):
        said(store, one, Verdict.ACCEPT)
    assert name_of(store, hidden) is None
    erase(store, photos, b"secret" * 8, leaving, NOW)
    assert name_of(store, hidden) is not None
    assert name_of(store, exact) is None


def test_both_ways_to_make_the_projection_anew_agree(store: Store, photos: PhotoFiles) -> None:
    shared = seen(store, photos, plain_jpeg(), PHEASANT)
    alone = seen(store, photos, turned(), PHEASANT)
    for one in (shared, alone, seen(store, photos, plain_jpeg((640, 480)))):
        said(store, one, Verdict.ACCEPT)
    name = name_of(store, alone)
    assert name
    with store.transaction() as tx:
        tx.map._fragment("update generalised_photo set name = 'x' where name is null returning 1")
        tx.map._fragment("delete from generalised_photo where name <> 'x' returning 1")
    assert store.broken_invariants()
    rebuild(store)
    assert name_of(store, shared) is None
    again = name_of(store, alone)
    assert again and again != name
    with store.transaction() as tx:
        project(tx)
    assert (name_of(store, shared), name_of(store, alone)) == (None, again)
