"""Public names on both engines: no two alike, and staff replace them, with undo."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from db.photos import FolderOfPhotos
from db.seeding import fill_skeletons
from db.store import Store
from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import NOBODY, Person, Role
from observations.festivals.joining import join
from observations.festivals.organising import Plan, make_festival
from observations.media.store import PhotoFiles
from observations.moderation.public_name import NameKind
from observations.moderation.renaming import hide, look_for, rename, undo
from observations.people.joining import choose_nickname
from observations.places.districts import DISTRICTS
from observations.points.team_steps import make_team
from observations.points.teams import TeamKind
from observations.privacy.erasing import erase
from observations.verification.decisions import Verdict
from tests.support.cast import HE_QING
from tests.support.sightings import NOW, observer_of, phone, record, said

ALIKE = ("白堤慢走\u200b", "白\u2060堤慢走", "白堤 慢走", "\u202e白堤慢走")
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def photos(tmp_path: Path) -> PhotoFiles:
    """An empty folder of photos."""
    return FolderOfPhotos(tmp_path / "photos")


def named(store: Store, nickname: str) -> UUID:
    """A browser of an observer with that nickname."""
    device_id = phone(store)
    said(store, record(store, device_id), Verdict.ACCEPT)
    choose_nickname(store, device_id, nickname, NOW)
    return device_id


def nickname_of(store: Store, device_id: UUID) -> str:
    observer = store.people.observer_of_device(device_id)
    assert observer
    return observer.nickname


@pytest.mark.parametrize("name", ALIKE, ids=ascii)
def test_a_nickname_that_looks_like_anothers_is_taken(store: Store, name: str) -> None:
    named(store, "白堤慢走")
    with pytest.raises(Refused, match="nickname.taken"):
        named(store, name)


def test_ones_own_nickname_may_change_its_case(store: Store) -> None:
    device_id = named(store, "linxia")
    choose_nickname(store, device_id, "LinXia", NOW)
    assert nickname_of(store, device_id) == "LinXia"
    for blank in ("\u3164", "\u2800", "\u200b"):
        with pytest.raises(Refused, match="nickname.empty"):
            choose_nickname(store, device_id, blank, NOW)


def test_a_team_that_looks_like_another_is_taken(store: Store) -> None:
    make_team(store, observer_of(store, named(store, "甲")), "Lakeside", TeamKind.FAMILY, NOW)
    other = observer_of(store, named(store, "乙"))
    for name in ("lakeside", "Lаkеѕіdе", "Lake\u200bside", "ＬＡＫＥＳＩＤＥ"):
        with pytest.raises(Refused, match="team.name_taken"):
            make_team(store, other, name, TeamKind.FAMILY, NOW)
    for name in ("\u3164", "\u200d"):
        with pytest.raises(Refused, match="team.name_empty"):
            make_team(store, other, name, TeamKind.FAMILY, NOW)


def test_a_festivals_team_that_looks_like_another_is_that_team(store: Store) -> None:
    days = (day_of(NOW), day_of(NOW))
    festival = make_festival(store, HE_QING, Plan("观察节", days), DISTRICTS, NOW)
    team = join(store, festival.code, "Heron", phone(store), NOW).team
    for name in ("heron", "Herоn", " He\u200bron "):
        assert join(store, festival.code, name, phone(store), NOW).team == team
    for blank in ("\u3164", "\u200b\u200b"):
        with pytest.raises(Refused, match="festival.no_team"):
            join(store, festival.code, blank, phone(store), NOW)
    with pytest.raises(Refused, match="name.office"):
        join(store, festival.code, "管理员", phone(store), NOW)


def test_names_of_before_there_were_skeletons_are_compared_at_the_next_start(store: Store) -> None:
    named(store, "Linxia")
    with store.transaction() as tx:
        tx.map._fragment("update observer set skeleton = null where 1 = 1 returning 1")
    named(store, "Lіnхіа")  # nothing was compared yet
    assert fill_skeletons(store) == 1
    assert fill_skeletons(store) == 0
    with pytest.raises(Refused, match="nickname.taken"):
        named(store, "L1nxia")


Subject = tuple[NameKind, UUID, Callable[[], str]]


def subjects(store: Store) -> list[Subject]:
    """A nickname, a team of the boards, a team of a festival, each called 怪名."""
    device_id = named(store, "怪名")
    person = observer_of(store, device_id)
    team = make_team(store, person, "怪名", TeamKind.SCHOOL, NOW)
    days = (day_of(NOW), day_of(NOW))
    festival = make_festival(store, HE_QING, Plan("观察节", days), DISTRICTS, NOW)
    group = join(store, festival.code, "怪名", device_id, NOW).team
    assert person.observer_id

    def of_team() -> str:
        shown = store.points.team(team.team_id)
        return shown.name if shown else ""

    def of_group() -> str:
        return store.festivals.teams(festival.festival_id)[0].name

    return [
        (NameKind.NICKNAME, person.observer_id, lambda: nickname_of(store, device_id)),
        (NameKind.TEAM, team.team_id, of_team),
        (NameKind.FESTIVAL_TEAM, group.team_id, of_group),
    ]


def test_staff_rename_hide_and_put_back_every_public_name(store: Store) -> None:
    for place, (kind, subject_id, current) in enumerate(subjects(store)):
        times = [LATER + timedelta(minutes=10 * place + minute) for minute in range(4)]
        stamp = store.map.stamp()
        rename(store, HE_QING, kind, subject_id, "湖边人", times[0])
        assert current() == "湖边人"
        assert store.map.stamp() > stamp  # no answer that names it is repeated
        neutral = hide(store, HE_QING, kind, subject_id, times[1])
        assert current() == neutral and "湖边人" not in neutral
        last, first = store.moderation.changes(2)
        assert (last.can_undo, first.can_undo) == (True, False)
        with pytest.raises(Refused, match="name.unknown"):
            undo(store, HE_QING, first.name_change_id, times[2])
        undo(store, HE_QING, last.name_change_id, times[2])
        assert current() == "湖边人"
        rename(store, HE_QING, kind, subject_id, "怪名", times[3])
        assert current() == "怪名"
    assert not store.broken_invariants()
    assert {one.kind for one in look_for(store, HE_QING, "怪")} == set(NameKind)
    assert look_for(store, HE_QING, "  ") == []


@pytest.mark.parametrize(
    "person", [NOBODY, Person(observer_id=new_id())], ids=["stranger", "observer"]
)
def test_only_staff_may(store: Store, person: Person) -> None:
    for call in (
        lambda: rename(store, person, NameKind.TEAM, new_id(), "x", NOW),
        lambda: hide(store, person, NameKind.TEAM, new_id(), NOW),
        lambda: undo(store, person, new_id(), NOW),
        lambda: look_for(store, person, "x"),
    ):
        with pytest.raises(Refused, match="role.may_not"):
            call()


@pytest.mark.parametrize("role", Role)
def test_every_member_of_staff_may(store: Store, role: Role) -> None:
    staff = Person(staff_id=new_id(), role=role)
    [(kind, subject_id, current), *_rest] = subjects(store)
    hide(store, staff, kind, subject_id, NOW)
    assert current() != "怪名"


def test_what_staff_took_away_is_not_taken_again_until_it_is_put_back(store: Store) -> None:
    device_id = named(store, "怪名")
    observer = observer_of(store, device_id)
    assert observer.observer_id
    hide(store, HE_QING, NameKind.NICKNAME, observer.observer_id, LATER)
    for name in ("怪名", "怪\u200b名", "怪 名"):
        with pytest.raises(Refused, match="nickname.taken"):
            choose_nickname(store, device_id, name, LATER)
    [change] = store.moderation.changes(9)
    undo(store, HE_QING, change.name_change_id, LATER + timedelta(minutes=1))
    choose_nickname(store, device_id, "另一个", LATER)
    choose_nickname(store, device_id, "怪名", LATER)


def test_a_name_that_somebody_has_is_not_put_on_another(store: Store) -> None:
    named(store, "林夏")
    for kind, subject_id, _current in subjects(store)[:1]:
        with pytest.raises(Refused, match="name.taken"):
            rename(store, HE_QING, kind, subject_id, "林\u200b夏", LATER)
        with pytest.raises(Refused, match="name.empty"):
            rename(store, HE_QING, kind, subject_id, "\u3164", LATER)
        with pytest.raises(Refused, match="name.unknown"):
            rename(store, HE_QING, kind, new_id(), "新的名字", LATER)


def test_whoever_is_erased_leaves_no_former_name(store: Store, photos: PhotoFiles) -> None:
    device_id = named(store, "怪名")
    observer = observer_of(store, device_id)
    assert observer.observer_id
    hide(store, HE_QING, NameKind.NICKNAME, observer.observer_id, LATER)
    erase(store, photos, b"secret" * 8, device_id, LATER)
    assert store.moderation.changes(9) == []
    assert look_for(store, HE_QING, "怪名") == []
    assert not store.broken_invariants()
