"""A festival in May at 西溪 on a real store, and what is sent to it."""

from datetime import UTC, datetime, timedelta

from observations.base.clock import day_of
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.festivals.joining import join
from observations.festivals.organising import Plan, make_festival
from observations.festivals.result import result
from observations.occurrences.deciding import decide
from observations.occurrences.recording import submit
from observations.occurrences.report import read_report
from observations.places.districts import DISTRICTS
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import DecisionRequest, Verdict
from tests.support.sightings import NIGHT_HERON, XIXI, phone

NOW = datetime(2026, 5, 16, 2, 0, tzinfo=UTC)  # ten in the morning in Hangzhou
TODAY = day_of(NOW)
HE_QING = Person(staff_id=new_id(), role=Role.ADMIN)
XIHU = "330106"
PEOPLE = 3  # of the larger team
HOURS = timedelta(hours=2)  # the same species counts again


def made(store):
    """A festival of two days in one district."""
    days = (TODAY, TODAY + timedelta(days=1))
    return make_festival(store, HE_QING, Plan("西溪观察节", days, [XIHU]), DISTRICTS, NOW)


def sighting(store, device, moment, sent=None, place=XIXI, **changes):
    """The id of a night heron at 西溪 at that moment, with `changes`."""
    fields = {"place": place, "taxon_id": str(NIGHT_HERON), "photos": [], "count": 1, "note": ""}
    sent = sent or moment
    report = read_report(
        {**fields, **changes, "id": str(new_id(sent)), "event_date": moment.isoformat()}, sent
    )
    return submit(store, report, device, sent).occurrence_id


def rows(store, festival):
    """The lines of its board."""
    return result(store, festival, NOW + timedelta(days=30)).rows


def numbers(store, festival):
    """Encounters so far and confirmed, by the name of the team."""
    return {row.team.name: (row.tally.so_far, row.tally.confirmed) for row in rows(store, festival)}


def counted(store, festival):
    """What it counts."""
    return result(store, festival, NOW + timedelta(days=30)).count


def say(store, occurrence_id, verdict, **changes):
    """Decide on a sighting, as an admin or, to withdraw it, as its observer."""
    review = store.verification.review(occurrence_id)
    person = HE_QING
    if verdict is Verdict.WITHDRAW:
        person = Person(observer_id=review.observer_id)
    request = DecisionRequest(occurrence_id, verdict, person, review.decision_id, **changes)
    decide(store, request, NOW)


def filled(store, festival):
    """Three people of one team and one of another, each with two confirmed encounters."""
    accepted = []
    for number in range(PEOPLE + 1):
        device = phone(store)
        join(store, festival.code, "白鹭" if number < PEOPLE else "独行", device, NOW)
        for taxon in ("Nycticorax nycticorax", "Egretta garzetta"):
            one = sighting(store, device, NOW + number * HOURS, taxon_id=str(taxon_id_of(taxon)))
            say(store, one, Verdict.ACCEPT)
            accepted.append(one)
    return accepted
