"""What satisfaction needs kept."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol
from uuid import UUID

from observations.log.store import LogWrites
from observations.media.store import MediaWrites
from observations.people.store import PeopleWrites
from observations.satisfaction.concern import Concern, Raised, ThemeAnswer
from observations.satisfaction.figures.board import AnswerCount
from observations.satisfaction.figures.profiles import Profile
from observations.satisfaction.margins import MarginRow
from observations.satisfaction.official import OfficialScore
from observations.satisfaction.residence_code import Code, Proof
from observations.satisfaction.responses import Response
from observations.satisfaction.waves import Step, Wave


class SatisfactionReads(Protocol):
    """Questions; each may raise `StorageError`."""

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

    def profiles(self, wave_id: str) -> list[Profile]:
        """What counts in a wave, people who answered alike together."""
        ...

    def edition(self, wave_id: str) -> tuple[object, ...]:
        """What tells one state of a wave's answers from another."""
        ...

    def steps(self) -> list[Step]:
        """Every opening and closing of a wave, the latest first."""
        ...

    def margins(self, at: datetime) -> list[MarginRow]:
        """The margins in force at a time; empty where staff imported none."""
        ...

    def code(self, code_hash: str) -> Code | None:
        """A residence code by its hash."""
        ...

    def codes(self) -> list[Code]:
        """Every residence code, the latest first."""
        ...

    def proofs(self, person_token: str) -> list[Proof]:
        """What somebody has proved of where they live."""
        ...

    def concern(self, wave_id: str, person_token: str) -> Concern | None:
        """Where somebody's low score comes from."""
        ...

    def raised(self, wave_id: str) -> list[Raised]:
        """Everything said beside a low score in a wave, the latest first."""
        ...

    def answers(self, wave_id: str) -> list[ThemeAnswer]:
        """What staff answered in a wave, the latest first."""
        ...

    def answers_to(self, wave_id: str, person_token: str) -> list[ThemeAnswer]:
        """What staff answered to one person, the latest first."""
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

    def step(self, step: Step) -> None:
        """Append an opening or a closing."""
        ...

    def add_margins(
        self, set_id: UUID, rows: Sequence[MarginRow], staff_id: UUID, at: datetime
    ) -> None:
        """Add a set of margins."""
        ...

    def add_code(self, code: Code, code_hash: str, staff_id: UUID, at: datetime) -> None:
        """Keep a residence code by its hash."""
        ...

    def prove(self, person_token: str, proof: Proof) -> None:
        """Keep that somebody used a code; the same one again changes nothing."""
        ...

    def forget_proofs(self, person_token: str) -> None:
        """Somebody leaves."""
        ...

    def take_photo(self, upload_id: UUID, device_id: UUID) -> str | None:
        """The photo (SHA-256) that a browser sent, cut loose from the browser; None: unknown."""
        ...

    def put_concern(self, wave_id: str, person_token: str, concern: Concern | None) -> str | None:
        """Keep where a low score comes from in the place of what was kept (None: nothing), whose
        photo (SHA-256) is given back."""
        ...

    def photos_of_concerns(self, person_tokens: Sequence[str]) -> list[str]:
        """The photos of somebody's concerns."""
        ...

    def forget_concerns(self, person_tokens: Sequence[str]) -> None:
        """Somebody leaves."""
        ...

    def add_answer(
        self, answer: ThemeAnswer, wave_id: str, staff_id: UUID, person_tokens: Sequence[str]
    ) -> None:
        """Staff answer a theme, and whom."""
        ...

    def import_scores(self, scores: Sequence[OfficialScore], staff_id: UUID, at: datetime) -> None:
        """Keep published scores of the official survey, over those kept before."""
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
    def media(self) -> MediaWrites: ...

    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """A store in which a person can answer."""

    def transaction(self) -> AbstractContextManager[Transaction]: ...
