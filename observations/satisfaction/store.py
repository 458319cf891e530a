"""What satisfaction needs kept."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from observations.log.store import LogWrites
from observations.people.store import PeopleWrites
from observations.satisfaction.board import AnswerCount
from observations.satisfaction.official import OfficialScore
from observations.satisfaction.responses import Response
from observations.satisfaction.waves import Wave


class SatisfactionReads(Protocol):
    """Questions; each may raise ``StorageError``."""

    def waves(self) -> list[Wave]:
        """Quarters that have answers, the latest first."""
        ...

    def current(self, wave_id: str, person_token: str) -> Response | None:
        """A person's answer as it stands in a wave."""
        ...

    def turns(self, person_tokens: Sequence[str]) -> list[Response]:
        """Everything kept under these tokens, in the order it was answered."""
        ...

    def counts(self, wave_id: str) -> list[AnswerCount]:
        """How many people of each district gave each answer, changes counted once."""
        ...

    def has_demo(self, wave_id: str) -> bool:
        """Whether any answer of the wave is made up for demonstration."""
        ...

    def official_scores(self) -> list[OfficialScore]:
        """The province's published scores, the latest year first."""
        ...


class SatisfactionWrites(SatisfactionReads, Protocol):
    """Inside a transaction: answers are appended, never changed."""

    def open_wave(self, wave: Wave) -> None:
        """Make the row of a quarter; no-op when it is there."""
        ...

    def add(self, responses: Sequence[Response]) -> None:
        """Append answers."""
        ...

    def forget_reasons(self, person_tokens: Sequence[str]) -> None:
        """Erase what was written in words; compacting the store afterwards is the caller's."""
        ...


class Reads(Protocol):
    """A store that can be asked."""

    @property
    def satisfaction(self) -> SatisfactionReads: ...


class Transaction(Protocol):
    """The rooms that answering writes to."""

    @property
    def satisfaction(self) -> SatisfactionWrites: ...

    @property
    def people(self) -> PeopleWrites: ...

    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """A store in which a person can answer."""

    def transaction(self) -> AbstractContextManager[Transaction]: ...
