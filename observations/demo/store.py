"""The storage of the demo: many rows in a statement."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from observations.actions.catalogue import Action
from observations.actions.entries import ActionEntry
from observations.demo.crowd import Person
from observations.demo.sightings import Sighting
from observations.festivals.festival import Festival, Team
from observations.log.entries import LogEntry
from observations.log.store import LogWrites
from observations.map.projection import ProjectionWrites
from observations.media.store import MediaReads, MediaWrites
from observations.occurrences.generalised_photos import PhotosOfGeneralised
from observations.occurrences.occurrence import Upload
from observations.people.store import PeopleReads, PeopleWrites
from observations.points.store import PointsWrites
from observations.satisfaction.concern import Concern, Raised, ThemeAnswer
from observations.satisfaction.publication.store import PublicationsReads, PublicationsWrites
from observations.satisfaction.responses import Response
from observations.satisfaction.store import SatisfactionReads
from observations.satisfaction.waves import Step, Wave
from observations.taxa.store import TaxaReads
from observations.verification.decisions import Decision, Review


@dataclass(frozen=True)
class Name:
    """A name given to a sighting, by its observer or by staff."""

    identification_id: UUID
    occurrence_id: UUID
    taxon_id: UUID | None
    verbatim_name: str
    group_code: str | None
    observer_id: UUID | None
    staff_id: UUID | None
    identified_at: datetime


class DemoReads(Protocol):
    """Reads."""

    def is_untouched(self) -> bool:
        """Whether the store has no observer, consent, upload or answer."""
        ...


class DemoWrites(DemoReads, Protocol):
    """Bulk writes, each in one or a few statements."""

    def add_people(self, people: Sequence[Person]) -> None:
        """Add observers, their browsers and consents."""
        ...

    def add_uploads(self, uploads: Sequence[Upload]) -> None:
        """Add uploads whose files are stored already."""
        ...

    def add_sightings(self, sightings: Sequence[Sighting]) -> None:
        """Add events, occurrences, their photos and checks."""
        ...

    def add_names(self, names: Sequence[Name]) -> None:
        """Add names of sightings."""
        ...

    def add_reviews(self, reviews: Sequence[Review]) -> None:
        """Add the current state of each subject."""
        ...

    def add_decisions(self, decisions: Sequence[Decision]) -> None:
        """Add decisions."""
        ...

    def add_log(self, entries: Sequence[LogEntry]) -> None:
        """Add entries of the log."""
        ...


class _Actions(Protocol):
    def catalogue(self, today: date) -> list[Action]: ...


class _ActionsWrites(Protocol):
    def add(self, entries: Sequence[ActionEntry]) -> None: ...


class _Satisfaction(Protocol):
    def open_wave(self, wave: Wave) -> None: ...

    def step(self, step: Step) -> None: ...

    def put_concern(
        self, wave_id: str, person_token: str, concern: Concern | None
    ) -> str | None: ...

    def add_answer(
        self,
        answer: ThemeAnswer,
        wave_id: str,
        staff_id: UUID,
        person_tokens: Sequence[str],
    ) -> None: ...

    def raised(self, wave_id: str) -> list[Raised]: ...

    def add(self, responses: Sequence[Response]) -> None: ...


class _Festivals(Protocol):
    def add_festival(self, festival: Festival) -> None: ...

    def add_team(self, team: Team, now: datetime) -> None: ...

    def join(self, team: Team, device_id: UUID, now: datetime) -> None: ...


class Transaction(Protocol):
    """The writes that the demo needs."""

    @property
    def demo(self) -> DemoWrites: ...

    @property
    def people(self) -> PeopleWrites: ...

    @property
    def map(self) -> ProjectionWrites: ...

    @property
    def occurrences(self) -> PhotosOfGeneralised: ...

    @property
    def actions(self) -> _ActionsWrites: ...

    @property
    def points(self) -> PointsWrites: ...

    @property
    def festivals(self) -> _Festivals: ...

    @property
    def satisfaction(self) -> _Satisfaction: ...

    @property
    def publications(self) -> PublicationsWrites: ...

    @property
    def media(self) -> MediaWrites: ...

    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """The reads and transactions that the demo needs."""

    @property
    def demo(self) -> DemoReads: ...

    @property
    def people(self) -> PeopleReads: ...

    @property
    def taxa(self) -> TaxaReads: ...

    @property
    def actions(self) -> _Actions: ...

    @property
    def media(self) -> MediaReads: ...

    @property
    def satisfaction(self) -> SatisfactionReads: ...

    @property
    def publications(self) -> PublicationsReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...
