"""`check`: compare storage, photos, ledger and boards."""

from collections.abc import Iterator, Mapping, Sequence

from db.store import Store
from observations.base.clock import now_utc
from observations.base.wording import N_, translate
from observations.exchange.survey_import import Progress, no_progress
from observations.exchange.survey_writing import QUIET
from observations.log.sealing import faults as log_faults
from observations.media.digests import Fault, compare_all
from observations.media.ownership import why_not_own
from observations.media.store import PhotoFiles
from observations.media.sweeping import LEFT_BEHIND, unknown_photos
from observations.occurrences.occurrence import public_place

Problem = tuple[str, Mapping[str, object]]  # words, and what fills them
FILE_FAULTS = {
    ("thumb", True): N_("照片 {sha256} 的小图丢了"),
    ("thumb", False): N_("照片 {sha256} 的小图坏了"),
    ("large", True): N_("照片 {sha256} 的大图丢了"),
    ("large", False): N_("照片 {sha256} 的大图坏了"),
}


def check(
    store: Store,
    photos: PhotoFiles,
    faults: Sequence[Fault] | None = None,
    language: str = "en",
) -> list[str]:
    """Every inconsistency as one line in `language`; an empty list where there is none.

    `faults` are those of the photo files, where they have been looked at already. What an engine
    says of its own pages stays in its words.
    """
    if faults is None:
        faults = photo_faults(store, photos)
    problems: list[Problem] = [
        *_invariants(store),
        *map(_file_problem, faults),
        *_photos(store, photos),
        *_public_places(store),
        *_imports(store),
        *((fault.words, fault.values) for fault in log_faults(store)),
    ]
    return [
        *store.damages(),
        *(translate(words, language).format(**values) for words, values in problems),
    ]


def photo_faults(store: Store, photos: PhotoFiles, progress: Progress = no_progress) -> list[Fault]:
    """Every photo file that is missing, or not as it was put. May raise `StorageError`."""
    faults, done, total = [], 0, store.media.count_digests()
    for count, wrong in compare_all(store, photos, now_utc()):
        faults += wrong
        done += count
        progress("compare", done, max(done, total))
    return faults


def _file_problem(fault: Fault) -> Problem:
    return FILE_FAULTS[fault.size, fault.is_missing], {"sha256": fault.sha256}


def _invariants(store: Store) -> Iterator[Problem]:
    for name, rows in store.broken_invariants().items():
        yield N_("规则 {name} 不成立：{row}"), {"name": name, "row": rows[0]}


def _photos(store: Store, photos: PhotoFiles) -> Iterator[Problem]:
    """Photos that no row names.

    Rows are read after files: a file is stored before the row that names it.
    """
    if reason := why_not_own(store, photos):
        yield "{reason}", {"reason": reason}
    names = {sha256 for sha256, _ in photos.names()}
    for sha256 in unknown_photos(store, photos, names, now_utc() - LEFT_BEHIND):
        words = N_("照片 {sha256} 没有主；服务会把它移开，photos sweep 也会")
        yield words, {"sha256": sha256}


def _public_places(store: Store) -> Iterator[Problem]:
    """Rows whose district or cells are not those of the public place, which SQL cannot compute."""
    for public_id, *point_and_place in store.occurrences.public_places():
        point, stored = point_and_place[:4], point_and_place[4:]
        place = public_place(*point)
        if [place.district, place.cell_city, place.cell_quarter] != stored:
            words = N_("遇见 {public_id} 的区或格子不是它公开地点的")
            yield words, {"public_id": public_id}


def _imports(store: Store) -> Iterator[Problem]:
    """Imports that were interrupted and not removed yet."""
    for import_id in store.datasets.imports_before(now_utc() - QUIET):
        words = N_("导入 {import_id} 中途断了；服务会清掉它的行，下一次导入也会")
        yield words, {"import_id": import_id}
