"""All rows of the demo's half-year: what people did, and what followed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from observations.actions.catalogue import Action
from observations.base import roles
from observations.base.clock import day_of
from observations.demo.album import Album
from observations.demo.crowd import Person, crowd
from observations.demo.days import HALF_YEAR, weights_of_days
from observations.demo.deeds import ActionMaker, Deed, deeds
from observations.demo.desk import Case, award_posting, case, opened
from observations.demo.dice import Dice
from observations.demo.responses import responses
from observations.demo.sightings import Nature, Sighting, SightingMaker, sightings
from observations.demo.store import Name
from observations.demo.stories import Stories, Verifiers, still_waiting
from observations.log.entries import LogEntry
from observations.occurrences.occurrence import Upload
from observations.occurrences.sighting_points import worth
from observations.points.postings import CauseKind, Posting
from observations.satisfaction.responses import Response
from observations.taxa.taxon import Taxon
from observations.verification.decisions import Decision, Kind, Verdict


@dataclass(frozen=True)
class HalfYear:
    """All rows of the demo."""

    people: list[Person]
    sightings: list[Sighting]
    names: list[Name]
    deeds: list[Deed]
    cases: list[Case]
    postings: list[Posting]
    responses: list[Response]
    log: list[LogEntry]

    @property
    def uploads(self) -> list[Upload]:
        """All photos that were sent."""
        shown = [upload for sighting in self.sightings for upload in sighting.uploads]
        return [*shown, *(deed.upload for deed in self.deeds if deed.upload)]

    @property
    def decisions(self) -> list[Decision]:
        """All decisions of the desk."""
        return [decision for case in self.cases for decision in case.decisions]


def make_half_year(
    dice: Dice,
    taxa: Sequence[Taxon],
    catalogue: Sequence[Action],
    album: Album,
    verifiers: Verifiers,
    now: datetime,
) -> HalfYear:
    """The half-year that ends at `now` (aware)."""
    start = now - HALF_YEAR
    people = crowd(dice, start, now)
    days = weights_of_days(start, now)
    all_sightings = sightings(SightingMaker(dice, Nature(taxa), album, now), people, days, dice)
    all_deeds = deeds(ActionMaker(catalogue, album, dice, now), people, days, dice)
    stories = Stories(dice, verifiers, now)
    cases_of_sightings = _cases_of_sightings(all_sightings, stories, dice)
    cases_of_deeds = [_case_of(deed, stories, dice) for deed in all_deeds if deed.upload]
    cases = [*cases_of_sightings, *cases_of_deeds]
    log = _Log(dice)
    homes = {person.observer.observer_id: person.home for person in people}
    postings = [posting for one in cases for posting in one.postings]
    postings += _self_reports(all_deeds, dice)
    return HalfYear(
        people=people,
        sightings=all_sightings,
        names=_all_names(all_sightings, cases_of_sightings, dice),
        deeds=all_deeds,
        cases=cases,
        postings=[replace(p, home_district=homes[p.observer_id]) for p in postings],
        responses=list(responses(dice, day_of(now))),
        log=[
            *map(log.of_person, people),
            *map(log.of_sighting, all_sightings),
            *map(log.of_deed, all_deeds),
            *(log.of_decision(c.review.kind, d) for c in cases for d in c.decisions),
        ],
    )


def _cases_of_sightings(sightings: list[Sighting], stories: Stories, dice: Dice) -> list[Case]:
    waiting = still_waiting(sightings, dice)
    cases, sent = [], Counter[tuple[UUID, date]]()
    for sighting in sightings:
        subject_id = sighting.report.occurrence_id
        observer_id = sighting.person.observer.observer_id
        review = opened(subject_id, Kind.OCCURRENCE, observer_id, sighting.submitted_at)
        steps = [] if subject_id in waiting else stories.of_sighting(sighting)
        day = observer_id, day_of(sighting.submitted_at)
        points = worth(sent[day] + 1) - worth(sent[day])
        sent[day] += 1
        cases.append(case(review, steps, points, dice))
    return cases


def _case_of(deed: Deed, stories: Stories, dice: Dice) -> Case:
    entry = deed.entry
    review = opened(entry.action_entry_id, Kind.ACTION, entry.observer_id, entry.logged_at)
    return case(review, stories.of_action(entry.logged_at), entry.points, dice)


def _all_names(seen: list[Sighting], cases: list[Case], dice: Dice) -> list[Name]:
    pairs = zip(seen, cases, strict=True)
    return [name for sighting, found in pairs for name in _names(sighting, found, dice)]


def _names(sighting: Sighting, outcome: Case, dice: Dice) -> list[Name]:
    """The observer's name first; then the verifier's, where the accepted one differs."""
    report, sent = sighting.report, sighting.submitted_at
    first = Name(
        identification_id=dice.id_at(sent),
        occurrence_id=report.occurrence_id,
        taxon_id=report.taxon_id,
        verbatim_name=report.verbatim_name,
        group_code=report.group,
        observer_id=sighting.person.observer.observer_id,
        staff_id=None,
        identified_at=sent,
    )
    last = outcome.decisions[-1] if outcome.decisions else None
    is_right = report.taxon_id == sighting.truth.taxon_id
    if is_right or last is None or last.verdict is not Verdict.ACCEPT:
        return [first]
    better = Name(
        identification_id=dice.id_at(last.decided_at),
        occurrence_id=report.occurrence_id,
        taxon_id=sighting.truth.taxon_id,
        verbatim_name="",
        group_code=None,
        observer_id=None,
        staff_id=last.decided_by_staff,
        identified_at=last.decided_at,
    )
    return [first, better]


def _self_reports(deeds: list[Deed], dice: Dice) -> list[Posting]:
    """The postings for actions without a photo, which are paid at once."""
    return [
        award_posting(
            deed.entry.observer_id,
            CauseKind.SELF_REPORT,
            deed.entry.action_entry_id,
            deed.entry.points,
            deed.entry.logged_at,
            dice,
        )
        for deed in deeds
        if not deed.upload
    ]


class _Log:
    """The entries of the log that the use cases would have written."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice

    def line(
        self, action: str, subject_id: UUID, who: roles.Person, at: datetime, **details: object
    ) -> LogEntry:
        return LogEntry(action, subject_id, who, at, details, self._dice.id_at(at))

    def of_person(self, person: Person) -> LogEntry:
        observer = person.observer
        return self.line("observer.joined", observer.observer_id, _by(person), observer.joined_at)

    def of_sighting(self, sighting: Sighting) -> LogEntry:
        subject_id, at = sighting.report.occurrence_id, sighting.submitted_at
        photos = len(sighting.uploads)
        return self.line(
            "occurrence.submitted", subject_id, _by(sighting.person), at, photos=photos
        )

    def of_deed(self, deed: Deed) -> LogEntry:
        entry = deed.entry
        who = roles.Person(observer_id=entry.observer_id)
        return self.line(
            "action.logged", entry.action_entry_id, who, entry.logged_at, code=entry.action_code
        )

    def of_decision(self, kind: Kind, decision: Decision) -> LogEntry:
        return self.line(
            f"{kind}.decided",
            decision.subject_id,
            roles.Person(decision.decided_by_observer, decision.decided_by_staff),
            decision.decided_at,
            verdict=decision.verdict,
            verification_status=decision.verification_status,
            release_status=decision.release_status,
            reason=decision.reason,
        )


def _by(person: Person) -> roles.Person:
    return roles.Person(observer_id=person.observer.observer_id)
