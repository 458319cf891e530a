"""The demo half-year in both stores: whole, marked, and never over anyone's records."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.opening import open_store
from db.photos import open_photos
from db.store import Store
from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.commands.checking import check
from observations.demo.album import CROPS_EACH, MOST_DRAWINGS
from observations.demo.filling import fill
from observations.demo.gatherings import FESTIVAL_TEAMS
from observations.demo.half_year import HalfYear
from observations.festivals.result import result
from observations.media.store import PhotoFiles
from observations.people.demo_sign_in import DEMO_USERNAME
from observations.people.observer import Observer
from observations.points.boards import teams_board
from observations.points.periods import Period
from observations.points.teams import TeamKind
from observations.verification.decisions import Kind
from tests.support.store_rows import answer_of

NOW = datetime(2026, 5, 9, 4, 0, tzinfo=UTC)


@dataclass
class Filled:
    store: Store
    photos: PhotoFiles
    half_year: HalfYear
    shares: list[float]


@pytest.fixture(scope="module")
def filled(module_store_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """A store that holds the demo, filled once for all tests of an engine."""
    folder = tmp_path_factory.mktemp("demo")
    store, photos = open_store(module_store_url), open_photos((folder / "photos").as_uri())
    shares: list[float] = []
    half_year = fill(store, photos, NOW, report=shares.append)
    yield Filled(store, photos, half_year, shares)
    store.close()


def test_it_is_as_large_as_promised(filled: Filled) -> None:
    half_year = filled.half_year

    assert (len(half_year.sightings), len(half_year.deeds)) == (3000, 8000)
    assert filled.store.people.count_demo_observers() == len(half_year.people) == 120


def test_storage_photos_ledger_and_projection_agree(filled: Filled) -> None:
    assert filled.store.broken_invariants() == {}
    assert check(filled.store, filled.photos) == []


def test_every_photo_is_a_file_in_both_sizes_cut_from_60_drawings_at_most(filled: Filled) -> None:
    kept = list(filled.photos.names())

    assert len(kept) == 2 * len({sha256 for sha256, _ in kept}) <= 2 * CROPS_EACH * MOST_DRAWINGS


def test_every_observer_review_and_entry_is_marked_as_demo(filled: Filled) -> None:
    half_year = filled.half_year

    assert answer_of(filled.store, "select count(*) from observer where not is_demo") == 0
    assert all(case.review.is_demo for case in half_year.cases)
    assert all(deed.entry.is_demo for deed in half_year.deeds)
    assert all(posting.is_demo for posting in half_year.postings)


def test_teams_of_every_kind_and_a_festival_that_runs_are_there(filled: Filled) -> None:
    today = day_of(NOW)
    board = teams_board(filled.store, Period.ALL, today)
    assert {row.kind for row in board.rows} == set(TeamKind) and board.is_demo
    festival = filled.store.festivals.current(today)
    assert festival and festival.is_demo and festival.runs_on(today)
    rows = result(filled.store, festival, NOW).rows
    assert len(rows) == len(FESTIVAL_TEAMS) and all(row.tally.so_far for row in rows)


def test_about_four_in_five_are_accepted_and_about_forty_wait(filled: Filled) -> None:
    reviews = [c.review for c in filled.half_year.cases if c.review.kind is Kind.OCCURRENCE]
    accepted = [r for r in reviews if r.verification_status.startswith("accepted")]
    waiting = [r for r in reviews if r.is_waiting]

    assert 0.74 < len(accepted) / len(reviews) < 0.86
    assert 40 <= len(waiting) <= 60
    assert filled.store.verification.count_waiting() >= len(waiting)


def test_nothing_lies_ahead_of_now_and_nobody_acts_before_joining(filled: Filled) -> None:
    for sighting in filled.half_year.sightings:
        assert sighting.person.observer.joined_at <= sighting.report.event_date
        assert sighting.report.event_date <= sighting.submitted_at < NOW
    assert all(decision.decided_at < NOW for decision in filled.half_year.decisions)
    assert all(deed.entry.logged_at < NOW for deed in filled.half_year.deeds)


def test_the_bar_moves_from_nothing_to_all(filled: Filled) -> None:
    assert filled.shares == sorted(filled.shares)
    assert filled.shares[-1] == 1


def test_the_demo_verifier_can_sign_in_and_the_second_one_cannot(filled: Filled) -> None:
    by_name = {staff.username: staff for staff in filled.store.people.staff_list()}

    assert not by_name.pop(DEMO_USERNAME).is_disabled
    assert all(staff.is_disabled and staff.is_demo for staff in by_name.values())


def test_filling_again_is_refused(filled: Filled) -> None:
    with pytest.raises(Refused) as refused:
        fill(filled.store, filled.photos, NOW)

    assert refused.value.code == "demo.already_there"


def test_a_store_that_holds_anyones_records_is_left_alone(store: Store, tmp_path: Path) -> None:
    with store.transaction() as tx:
        someone = Observer(new_id(NOW), "断桥看花人", None, None, NOW, None, is_demo=False)
        tx.people.add_observer(someone)
    photos = open_photos(tmp_path.as_uri())

    with pytest.raises(Refused) as refused:
        fill(store, photos, NOW)

    assert refused.value.code == "demo.store_not_empty"
    assert list(photos.names()) == []
    assert store.people.count_demo_staff() == 0
