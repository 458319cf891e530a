"""What counts at a festival and what is set apart, on both engines."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from observations.base.ids import new_id
from observations.base.roles import Person
from observations.festivals.festival import FEWEST_PEOPLE
from observations.festivals.joining import join
from observations.festivals.result import firsts, result
from observations.festivals.set_apart import BURST, Suspicion
from observations.occurrences.correcting import NewTime, correct
from observations.occurrences.occurrence import Upload
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import DecisionRequest, Reason, Verdict
from tests.support.festival_days import (
    HOURS,
    NOW,
    TODAY,
    XIHU,
    counted,
    made,
    numbers,
    say,
    sighting,
)
from tests.support.sightings import NIGHT_HERON, XIXI, add_row_of_photo, phone

PHOTO, PICTURE = "a" * 64, "0123456789abcdef"
PHEASANT = taxon_id_of("Syrmaticus ellioti")


@pytest.fixture
def festival(store):
    return made(store)


def test_what_is_received_after_uploads_ended_counts_no_more_and_is_a_sighting_all_the_same(
    store, festival
):
    device = phone(store)
    join(store, festival.code, "白鹭", device, NOW)
    ends = datetime(2026, 5, 20, 16, 0, tzinfo=UTC)  # midnight after the third day
    sighting(store, device, NOW, sent=ends - timedelta(seconds=1))
    late = [
        sighting(store, device, NOW + number * HOURS, sent=ends + timedelta(days=200 * number))
        for number in range(2)
    ]
    assert numbers(store, festival) == {"白鹭": (1, 0)}
    assert all(store.verification.review(one).is_waiting for one in late)


def test_fifty_herons_in_a_minute_count_once_and_another_hour_place_species_or_person_again(
    store, festival
):
    device, other = phone(store), phone(store)
    for one in (device, other):
        join(store, festival.code, "白鹭", one, NOW)
    herd = [sighting(store, device, NOW + timedelta(seconds=number)) for number in range(50)]
    assert numbers(store, festival) == {"白鹭": (1, 0)}
    say(store, herd[-1], Verdict.ACCEPT)  # whichever of them is accepted
    assert numbers(store, festival) == {"白鹭": (1, 1)}
    sighting(store, device, NOW + timedelta(minutes=61))
    sighting(store, device, NOW, place={**XIXI, "latitude": XIXI["latitude"] + 0.002})
    sighting(store, device, NOW, taxon_id=str(taxon_id_of("Egretta garzetta")))
    sighting(store, other, NOW)
    assert numbers(store, festival) == {"白鹭": (5, 1)}


def test_teams_are_as_they_were_on_the_last_day(store, festival):
    device, other = phone(store), phone(store)
    join(store, festival.code, "白鹭", device, NOW)
    join(store, festival.code, "夜鹭", other, NOW)
    sighting(store, device, NOW)
    after = festival.freezes_at
    with store.transaction() as tx:  # no page allows it
        [team] = [team for team in tx.festivals.teams(festival.festival_id) if team.name == "夜鹭"]
        tx.festivals.join(team, device, after)
    assert numbers(store, festival) == {"白鹭": (1, 0), "夜鹭": (0, 0)}


def test_an_area_counts_what_lies_inside_it(store, festival):
    device = phone(store)
    join(store, festival.code, "白鹭", device, NOW)
    sighting(store, device, NOW)
    around = [(-1, -1), (1, -1), (1, 1), (-1, 1)]

    def drawn(centre):
        return tuple((centre[0] + x / 100, centre[1] + y / 100) for x, y in around)

    here = (XIXI["longitude"], XIXI["latitude"])
    for area, expected in ((drawn(here), 1), (drawn((here[0] + 0.1, here[1])), 0)):
        with store.transaction() as tx:
            tx.festivals.change_festival(replace(festival, area=area))
        kept = store.festivals.festival(festival.festival_id)
        assert kept.area == area
        assert numbers(store, kept) == {"白鹭": (expected, 0)}


def apart(store, festival):
    return sorted(suspicion for _, suspicion in counted(store, festival).apart)


def with_photo(store, device, sha256, moment=NOW, **changes):
    upload = Upload(new_id(NOW), device, sha256, PICTURE, "image/jpeg", 9, 9, 9, NOW)
    return sighting(store, device, moment, photos=[str(add_row_of_photo(store, upload))], **changes)


def test_a_photo_that_somebody_else_sent_is_set_apart_until_a_verifier_accepts_it(store, festival):
    mine, thief = phone(store), phone(store)
    for device in (mine, thief):
        join(store, festival.code, "白鹭", device, NOW)
    with_photo(store, mine, PHOTO)
    stolen = with_photo(store, thief, PHOTO, NOW + HOURS)
    assert numbers(store, festival) == {"白鹭": (1, 0)}
    assert apart(store, festival) == [Suspicion.SAME_PHOTO]
    say(store, stolen, Verdict.ACCEPT)
    assert numbers(store, festival) == {"白鹭": (2, 1)}
    assert apart(store, festival) == []


def test_a_photo_of_a_public_record_from_before_the_festival_is_set_apart(store, festival):
    before, device = phone(store), phone(store)
    say(
        store,
        with_photo(store, before, PHOTO, NOW - timedelta(days=30), sent=NOW),
        Verdict.ACCEPT,
    )
    join(store, festival.code, "白鹭", device, NOW)
    with_photo(store, device, PHOTO, NOW + HOURS, sent=NOW + HOURS)
    assert numbers(store, festival) == {"白鹭": (0, 0)}
    assert apart(store, festival) == [Suspicion.SAME_PHOTO]


def test_one_photo_with_many_names_is_set_apart_and_two_names_are_not(store, festival):
    device = phone(store)
    join(store, festival.code, "白鹭", device, NOW)
    names = [taxon_id_of(name) for name in ("Egretta garzetta", "Ardea cinerea", "Passer montanus")]
    for name in names[:2]:
        with_photo(store, device, PHOTO, taxon_id=str(name))
    assert apart(store, festival) == []
    with_photo(store, device, PHOTO, taxon_id=str(names[2]))
    assert apart(store, festival) == [Suspicion.MANY_NAMES] * 3
    assert numbers(store, festival) == {"白鹭": (0, 0)}


def test_a_time_corrected_into_the_days_is_set_apart(store, festival):
    device = phone(store)
    join(store, festival.code, "白鹭", device, NOW)
    old = sighting(store, device, NOW - timedelta(days=300), sent=NOW)
    observer = Person(observer_id=store.people.observer_of_device(device).observer_id)
    request = DecisionRequest(old, Verdict.CORRECT, observer, None)
    correct(store, request, NewTime(NOW, True), device, NOW)
    assert numbers(store, festival) == {"白鹭": (0, 0)}
    assert apart(store, festival) == [Suspicion.OUTSIDE_TIME]


def test_more_species_in_an_hour_than_a_newcomer_can_meet_are_set_apart(store, festival):
    taxa = [taxon for taxon in store.taxa.all_taxa() if taxon.sensitive_category is None]
    for step, expected in ((1, [Suspicion.BURST] * (BURST + 1)), (3, [])):
        device = phone(store, NOW)
        join(store, festival.code, f"{step} 队", device, NOW)
        for number, taxon in enumerate(taxa[: BURST + 1]):
            moment = NOW + timedelta(minutes=step * number)
            sighting(store, device, moment, sent=moment, taxon_id=str(taxon.taxon_id))
        teams = [e.team_id for e, _ in counted(store, festival).apart]
        own = store.festivals.membership(device, TODAY).team.team_id
        assert len([team for team in teams if team == own]) == len(expected)


def test_the_first_of_a_species_is_told_with_its_team_where_that_names_nobody(store, festival):
    devices = [phone(store) for _ in range(FEWEST_PEOPLE)]
    for device in devices:
        join(store, festival.code, "白鹭", device, NOW)
    moments = [NOW + timedelta(hours=9 - number) for number in range(FEWEST_PEOPLE)]
    for device, moment in zip(devices, moments, strict=True):
        say(store, sighting(store, device, moment), Verdict.ACCEPT)
    whole = result(store, festival, NOW)
    [first] = firsts(whole)
    assert first.event_date == min(moments)
    assert whole.team_of(first).name == "白鹭"
    alone = phone(store)
    join(store, festival.code, "独行", alone, NOW)
    say(store, sighting(store, alone, NOW), Verdict.ACCEPT)
    whole = result(store, festival, NOW)
    [first] = firsts(whole)
    assert whole.team_of(first) is None


def test_a_hidden_record_moves_no_forecast(store, festival):
    device = phone(store)
    join(store, festival.code, "白鹭", device, NOW)
    for number in range(4):
        sighting(store, device, NOW + number * HOURS)
    before = result(store, festival, NOW + timedelta(days=30)).expected
    hidden = [
        sighting(store, device, NOW, taxon_id=str(PHEASANT)),
        sighting(store, device, NOW, hide_exact_place=True),
        sighting(store, device, NOW, taxon_id=None, name="一种没见过的虫"),
    ]
    for occurrence_id in hidden:
        say(store, occurrence_id, Verdict.REJECT, reason=Reason.NOT_ENOUGH)
    assert result(store, festival, NOW + timedelta(days=30)).expected == before


def test_gaps_are_of_the_season_and_the_place_and_never_of_a_sensitive_taxon(store, festival):
    device, dock = phone(store), {**XIXI, "latitude": 29.6, "longitude": 119.04}
    egret = taxon_id_of("Egretta garzetta")
    for number in range(3):
        for changes in ({"place": dock, "taxon_id": str(egret)}, {}, {"taxon_id": str(PHEASANT)}):
            moment = NOW + number * HOURS
            say(store, sighting(store, device, moment, sent=moment, **changes), Verdict.ACCEPT)
    gaps = {gap.taxon_id: gap for gap in store.festivals.gaps([XIHU], (4, 5, 6))}
    assert (gaps[egret].in_season, gaps[egret].here, gaps[egret].last_here) == (3, 0, None)
    assert (gaps[NIGHT_HERON].here, gaps[NIGHT_HERON].last_here) == (3, TODAY)
    assert PHEASANT not in gaps
    assert store.festivals.gaps([XIHU], (11, 12, 1)) == []
    assert store.festivals.gaps([], (4, 5, 6))[0].here == 3
