"""Small festivals on both engines: who joins, and what counts for whom."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.festivals.joining import join
from observations.festivals.organising import (
    Plan,
    cancel_festival,
    make_festival,
    mend_festival,
)
from observations.festivals.result import ranked
from observations.festivals.teams import hide_team, merge_teams, rename_team
from observations.places.districts import DISTRICTS
from observations.privacy.erasing import record_erasure
from observations.surveys.case_steps import Candidate, open_case
from observations.surveys.levels import Level
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Reason, Verdict
from tests.support.festival_days import (
    HE_QING,
    HOURS,
    NOW,
    TODAY,
    XIHU,
    counted,
    made,
    numbers,
    rows,
    say,
    sighting,
)
from tests.support.sightings import NIGHT_HERON, phone

PHEASANT = taxon_id_of("Syrmaticus ellioti")
SALAMANDER = taxon_id_of("Hynobius amjiensis")


@pytest.fixture
def festival(store):
    return made(store)


def test_joining_needs_six_digits_and_a_name_and_no_account(store, festival):
    device = phone(store)
    mine = join(store, f"{festival.code[:3]} {festival.code[3:]}", " 白鹭 ", device, NOW)
    assert mine.team.name == "白鹭"
    assert store.people.observer_of_device(device) is None
    assert store.festivals.membership(device, TODAY).team == mine.team
    assert join(store, festival.code, "白鹭", phone(store), NOW).team == mine.team


def test_what_was_seen_on_its_days_in_its_districts_counts_whenever_it_is_sent(store, festival):
    device = phone(store)
    early = sighting(store, device, NOW)  # before joining
    join(store, festival.code, "白鹭", device, NOW)
    last_minute = datetime(2026, 5, 17, 15, 59, tzinfo=UTC)
    sighting(store, device, last_minute, sent=last_minute + timedelta(days=3))
    sighting(store, device, last_minute + timedelta(minutes=1))  # midnight in Hangzhou
    sighting(store, device, NOW - timedelta(days=1))
    assert numbers(store, festival) == {"白鹭": (2, 0)}
    say(store, early, Verdict.ACCEPT)
    assert numbers(store, festival) == {"白鹭": (2, 1)}
    [line] = rows(store, festival)
    assert (line.tally.people, line.tally.species) == (1, 1)


def test_another_district_does_not_count_and_the_whole_city_does(store):
    days = (TODAY, TODAY)
    binjiang = make_festival(store, HE_QING, Plan("滨江", days, ["330108"]), DISTRICTS, NOW)
    city = make_festival(store, HE_QING, Plan("全城", days), DISTRICTS, NOW)
    device = phone(store)
    for festival in (binjiang, city):
        join(store, festival.code, "白鹭", device, NOW)
    sighting(store, device, NOW)
    assert numbers(store, binjiang) == {"白鹭": (0, 0)}
    assert numbers(store, city) == {"白鹭": (1, 0)}


def test_what_is_rejected_or_taken_back_counts_no_more(store, festival):
    device = phone(store)
    join(store, festival.code, "白鹭", device, NOW)
    one, two = sighting(store, device, NOW), sighting(store, device, NOW + HOURS)
    say(store, one, Verdict.REJECT, reason=Reason.NOT_ENOUGH)
    assert numbers(store, festival) == {"白鹭": (1, 0)}
    say(store, two, Verdict.WITHDRAW)
    assert numbers(store, festival) == {"白鹭": (0, 0)}
    say(store, one, Verdict.UNDO)
    assert numbers(store, festival) == {"白鹭": (1, 0)}


def test_changing_teams_takes_ones_sightings_along(store, festival):
    device = phone(store)
    join(store, festival.code, "写错的队", device, NOW)
    sighting(store, device, NOW)
    join(store, festival.code, "白鹭", device, NOW + timedelta(minutes=1))
    assert numbers(store, festival) == {"写错的队": (0, 0), "白鹭": (1, 0)}


def test_teams_stand_in_the_order_of_their_names(store, festival):
    devices = {name: phone(store) for name in ("苍鹭", "白鹭", "Alder", "燕")}
    for name, device in devices.items():
        join(store, festival.code, name, device, NOW)
    sighting(store, devices["燕"], NOW)
    in_order = [row.team.name for row in rows(store, festival)]
    assert in_order == ["Alder", "白鹭", "苍鹭", "燕"]
    assert ranked(rows(store, festival))[0].team.name == "燕"


def waiting(store, festival):
    queue = store.verification.queue(None, 9, festival.festival_id)
    return [review.subject_id for review in queue.waiting]


def test_the_desk_can_look_at_one_festival(store, festival):
    device = phone(store)
    join(store, festival.code, "白鹭", device, NOW)
    one = sighting(store, device, NOW)
    sighting(store, phone(store), NOW)
    assert waiting(store, festival) == [one]
    say(store, one, Verdict.ACCEPT)
    assert waiting(store, festival) == []


def test_an_erased_person_leaves_the_team(store, festival):
    device = phone(store)
    join(store, festival.code, "白鹭", device, NOW)
    sighting(store, device, NOW)
    observer = store.people.observer_of_device(device)
    with store.transaction() as tx:
        record_erasure(tx, b"secret", observer.observer_id, NOW)
    assert store.festivals.membership(device, TODAY) is None
    assert numbers(store, festival) == {"白鹭": (0, 0)}


@pytest.mark.parametrize(
    ("name", "days", "districts", "word"),
    [(" ", (TODAY, TODAY), [], "festival.no_name"),
     ("节", (TODAY, TODAY - timedelta(days=1)), [], "festival.days"),
     ("节", (date(2026, 5, 1), date(2026, 5, 2)), [], "festival.days"),
     ("节", (TODAY, TODAY + timedelta(days=60)), [], "festival.days"),
     ("节", (TODAY, TODAY), ["999999"], "district.unknown")],
)  # fmt: skip
def test_a_festival_that_makes_no_sense_is_refused(store, name, days, districts, word):
    with pytest.raises(Refused, match=word):
        make_festival(store, HE_QING, Plan(name, days, districts), DISTRICTS, NOW)


def test_joining_is_refused_kindly(store, festival):
    device = phone(store)
    over = NOW + timedelta(days=3)
    for code, team, moment, word in (
        ("12", "白鹭", NOW, "festival.unknown_code"),
        (festival.code, " ", NOW, "festival.no_team"),
        (festival.code, "白鹭", over, "festival.over"),
    ):
        with pytest.raises(Refused, match=word):
            join(store, code, team, device, moment)
    with pytest.raises(Refused, match="consent.missing"):
        join(store, festival.code, "白鹭", new_id(), NOW)
    with pytest.raises(Refused, match="role.may_not"):
        verifier = replace(HE_QING, role=Role.VERIFIER)
        make_festival(store, verifier, Plan("节", (TODAY, TODAY)), DISTRICTS, NOW)


def test_the_festival_shown_is_the_one_that_runs_then_the_next_then_the_last(store, festival):
    soon = TODAY + timedelta(days=9)
    later = make_festival(store, HE_QING, Plan("后来的", (soon, soon)), DISTRICTS, NOW)
    assert store.festivals.current(TODAY) == festival
    assert store.festivals.current(TODAY + timedelta(days=5)) == later
    assert store.festivals.current(soon + timedelta(days=5)) == later


def test_what_is_hidden_moves_no_number_before_its_release_or_after(store, festival):
    """Nobody can lay a number that moved beside the square that appeared."""
    device = phone(store)
    join(store, festival.code, "白鹭", device, NOW)
    open_one = sighting(store, device, NOW)
    say(store, open_one, Verdict.ACCEPT)
    assert numbers(store, festival) == {"白鹭": (1, 1)}
    hidden = [
        sighting(store, device, NOW, taxon_id=str(PHEASANT)),
        sighting(store, device, NOW, hide_exact_place=True),
        sighting(store, device, NOW, taxon_id=None, name="一种没见过的虫"),
        sighting(store, device, NOW, taxon_id=str(SALAMANDER)),
    ]
    assert numbers(store, festival) == {"白鹭": (1, 1)}
    for occurrence_id in hidden:
        for verdict in (Verdict.ACCEPT, Verdict.WITHHOLD, Verdict.ACCEPT):
            say(store, occurrence_id, verdict)
            assert numbers(store, festival) == {"白鹭": (1, 1)}
    [line] = rows(store, festival)
    assert (line.tally.people, line.tally.species) == (1, 1)


@pytest.mark.parametrize("is_released", [True, False], ids=["released before", "waiting before"])
def test_what_is_withheld_or_sealed_counts_no_more(store, festival, is_released):
    device = phone(store)
    join(store, festival.code, "白鹭", device, NOW)
    withheld, sealed = sighting(store, device, NOW), sighting(store, device, NOW + HOURS)
    if is_released:
        for one in (withheld, sealed):
            say(store, one, Verdict.ACCEPT)
        assert numbers(store, festival) == {"白鹭": (2, 2)}
    say(store, withheld, Verdict.WITHHOLD)
    candidate = Candidate(sealed, Level.SCIENCE, "bird", "林夏", date(2026, 5, 1))
    open_case(store, HE_QING, candidate, NOW + timedelta(hours=1))
    assert numbers(store, festival) == {"白鹭": (0, 0)}
    [line] = rows(store, festival)
    assert (line.tally.people, line.tally.species) == (0, 0)


def test_a_festival_is_mended_and_keeps_its_digits_and_teams(store, festival):
    device = phone(store)
    join(store, festival.code, "白鹭", device, NOW)
    sighting(store, device, NOW)
    assert numbers(store, festival) == {"白鹭": (1, 0)}
    plan = Plan("滨江观察节", (TODAY, TODAY + timedelta(days=3)), ["330108"])
    mended = mend_festival(store, HE_QING, festival.festival_id, plan, DISTRICTS, NOW)
    assert store.festivals.by_code(festival.code) == mended
    assert (mended.name, mended.districts) == ("滨江观察节", ("330108",))
    assert numbers(store, mended) == {"白鹭": (0, 0)}  # seen in a district it no longer has


def test_of_a_festival_that_is_over_the_name_alone_changes(store, festival):
    later = NOW + timedelta(days=9)
    days = (festival.first_day, festival.last_day)

    def mend(plan):
        return mend_festival(store, HE_QING, festival.festival_id, plan, DISTRICTS, later)

    assert mend(Plan("西溪湿地观察节", days, [XIHU])).name == "西溪湿地观察节"
    for plan in (Plan("x", days), Plan("x", (TODAY, TODAY + timedelta(days=20)), [XIHU])):
        with pytest.raises(Refused, match="festival.settled"):
            mend(plan)
    with pytest.raises(Refused, match="festival.settled"):
        cancel_festival(store, HE_QING, festival.festival_id, later)
    assert store.festivals.festival(festival.festival_id).last_day == festival.last_day


def test_a_running_festival_cannot_end_before_today(store, festival):
    yesterday = NOW + timedelta(days=1)
    plan = Plan("节", (TODAY, TODAY), [XIHU])
    with pytest.raises(Refused, match="festival.days"):
        mend_festival(store, HE_QING, festival.festival_id, plan, DISTRICTS, yesterday)


def test_a_cancelled_festival_is_not_shown_or_joined_until_it_goes_ahead(store, festival):
    device = phone(store)
    join(store, festival.code, "白鹭", device, NOW)
    cancel_festival(store, HE_QING, festival.festival_id, NOW)
    assert store.festivals.current(TODAY) is None
    assert store.festivals.membership(device, TODAY) is None
    with pytest.raises(Refused, match="festival.cancelled"):
        join(store, festival.code, "夜鹭", phone(store), NOW)
    cancel_festival(store, HE_QING, festival.festival_id, NOW, is_cancelled=False)
    assert store.festivals.membership(device, TODAY).team.name == "白鹭"


def test_an_unknown_festival_and_a_verifier_change_nothing(store, festival):
    plan = Plan("节", (TODAY, TODAY))
    with pytest.raises(Refused, match="festival.unknown_code"):
        mend_festival(store, HE_QING, new_id(), plan, DISTRICTS, NOW)
    verifier = Person(staff_id=new_id(), role=Role.VERIFIER)
    for act in (
        lambda: mend_festival(store, verifier, festival.festival_id, plan, DISTRICTS, NOW),
        lambda: cancel_festival(store, verifier, festival.festival_id, NOW),
    ):
        with pytest.raises(Refused, match="role.may_not"):
            act()


def test_a_name_that_only_adds_team_is_offered_as_the_one_that_is_there(store, festival):
    join(store, festival.code, "白鹭", phone(store), NOW)
    for other in ("白鹭队", "白鹭小队"):
        with pytest.raises(Refused, match="festival.like_team") as refusal:
            join(store, festival.code, other, phone(store), NOW)
        assert refusal.value.values["team"] == "白鹭"
    assert join(store, festival.code, "队", phone(store), NOW).team.name == "队"


def test_staff_rename_hide_and_merge_teams_until_the_result_stands(store, festival):
    devices = {name: phone(store) for name in ("白鹭", "夜鹭", "苍鹭")}
    for name, device in devices.items():
        join(store, festival.code, name, device, NOW)
        sighting(store, device, NOW)
    teams = {team.name: team for team in store.festivals.teams(festival.festival_id)}
    merge_teams(store, HE_QING, teams["夜鹭"], teams["白鹭"], NOW)
    assert numbers(store, festival) == {"白鹭": (2, 0), "苍鹭": (1, 0)}
    assert store.festivals.membership(devices["夜鹭"], TODAY).team.name == "白鹭"
    merge_teams(store, HE_QING, teams["白鹭"], teams["苍鹭"], NOW)  # those merged before come too
    assert numbers(store, festival) == {"苍鹭": (3, 0)}
    renamed = rename_team(store, HE_QING, teams["苍鹭"], " 池鹭 ", NOW)
    assert numbers(store, festival) == {"池鹭": (3, 0)}
    hide_team(store, HE_QING, renamed, True, NOW)
    assert numbers(store, festival) == {}
    assert counted(store, festival).whole.so_far == 0
    hide_team(store, HE_QING, renamed, False, NOW)
    assert numbers(store, festival) == {"池鹭": (3, 0)}
    for act in (
        lambda now: merge_teams(store, HE_QING, renamed, renamed, now),
        lambda now: rename_team(store, HE_QING, teams["白鹭"], "不在了", now),
        lambda now: rename_team(store, HE_QING, renamed, " ", now),
    ):
        with pytest.raises(Refused, match="festival.no_team"):
            act(NOW)
        with pytest.raises(Refused, match=r"festival\.(frozen|no_team)"):
            act(festival.freezes_at)
    with pytest.raises(Refused, match="role.may_not"):
        hide_team(store, Person(staff_id=new_id(), role=Role.VERIFIER), renamed, True, NOW)


def test_what_an_organiser_plans_is_kept(store, festival):
    days = (festival.first_day, festival.last_day)
    area = [(120.05, 30.25), (120.08, 30.25), (120.07, 30.28)]
    plan = Plan("节", days, [XIHU], 5, 20, area, [NIGHT_HERON], "不惊扰。")
    mended = mend_festival(store, HE_QING, festival.festival_id, plan, DISTRICTS, NOW)
    assert store.festivals.by_code(festival.code) == mended
    assert (mended.area, mended.targets, mended.rules) == (tuple(area), (NIGHT_HERON,), "不惊扰。")
    assert (mended.last_upload, day_of(mended.freezes_at)) == (
        TODAY + timedelta(days=6),
        TODAY + timedelta(days=22),
    )


@pytest.mark.parametrize(
    ("changes", "word"),
    [({"upload_days": 9, "identification_days": 8}, "festival.grace"),
     ({"identification_days": 61}, "festival.grace"),
     ({"upload_days": -1}, "festival.grace"),
     ({"area": [(120.05, 30.25), (120.08, 30.25)]}, "festival.area"),
     ({"area": [(120.05, 30.25)] * 9}, "festival.area"),
     ({"area": [(120.05, 30.25), (120.08, 30.25), (116.4, 39.9)]}, "festival.area"),
     ({"targets": [new_id() for _ in range(31)]}, "festival.targets"),
     ({"rules": "规" * 601}, "text.too_long")],
)  # fmt: skip
def test_rules_that_make_no_sense_are_refused(store, changes, word):
    plan = Plan("节", (TODAY, TODAY), **changes)
    with pytest.raises(Refused, match=word):
        make_festival(store, HE_QING, plan, DISTRICTS, NOW)
