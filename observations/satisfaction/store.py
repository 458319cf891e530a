"""The storage of satisfaction: reads and changes."""

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
from observations.satisfaction.residence_code import Code, Handout, Proof
from observations.satisfaction.responses import Response
from observations.satisfaction.waves import Step, Wave


class SatisfactionReads(Protocol):
    """Reads. Every method may raise `StorageError`."""

    def waves(self) -> list[Wave]:
        """Waves that have answers, the latest first."""
        ...

    def current(self, wave_id: str, person_token: str) -> Response | None:
        """A person's current answer in a wave."""
        ...

    def turns(self, person_tokens: Sequence[str]) -> list[Response]:
        """All answers under these tokens, in the order they were given."""
        ...

    def counts(self, wave_id: str) -> list[AnswerCount]:
        """The number of people of each district with each answer, by current answers."""
        ...

    def profiles(self, wave_id: str) -> list[Profile]:
        """The current answers of a wave; people who answered alike are one row."""
        ...

    def edition(self, wave_id: str) -> tuple[object, ...]:
        """A value that changes whenever a wave's answers do."""
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

    def restored(self, wave_id: str) -> dict[str, datetime]:
        """The names of the patterns of a wave that staff restored, each with the time."""
        ...

    def codes_of(self, batch_id: UUID) -> list[Code]:
        """The residence codes of a sheet."""
        ...

    def handouts(self) -> list[Handout]:
        """Sheets of residence codes and single ones, the latest first."""
        ...

    def proofs(self, person_token: str) -> list[Proof]:
        """A person's proofs of where they live."""
        ...

    def concern(self, wave_id: str, person_token: str) -> Concern | None:
        """A person's reason for a low score."""
        ...

    def raised(self, wave_id: str) -> list[Raised]:
        """All reasons for low scores in a wave, the latest first."""
        ...

    def answers(self, wave_id: str) -> list[ThemeAnswer]:
        """The answers of staff in a wave, the latest first."""
        ...

    def answers_to(self, wave_id: str, person_token: str) -> list[ThemeAnswer]:
        """The answers of staff to one person, the latest first."""
        ...

    def has_demo(self, wave_id: str) -> bool:
        """Whether any answer of the wave is from the demo."""
        ...

    def official_scores(self) -> list[OfficialScore]:
        """The province's published scores, the latest year first."""
        ...


class SatisfactionWrites(SatisfactionReads, Protocol):
    """Changes, inside a transaction. Answers are appended, never changed."""

    def open_wave(self, wave: Wave) -> None:
        """Add the row of a wave where it is missing."""
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

    def add_codes(
        self,
        codes: Sequence[Code],
        hashes: Sequence[str],
        batch_id: UUID | None,
        staff_id: UUID,
        at: datetime,
    ) -> None:
        """Add residence codes by their hashes: those of a sheet, or one."""
        ...

    def restore(self, wave_id: str, pattern: str, staff_id: UUID, at: datetime) -> None:
        """Record that staff restored a pattern; the same one again changes nothing."""
        ...

    def prove(self, person_token: str, proof: Proof) -> None:
        """Record that a person used a code; the same one again changes nothing."""
        ...

    def forget_proofs(self, person_token: str) -> None:
        """Delete a person's proofs."""
        ...

    def take_photo(self, upload_id: UUID, device_id: UUID) -> str | None:
        """The photo (SHA-256) that a browser sent, unlinked from it; None where unknown."""
        ...

    def put_concern(self, wave_id: str, person_token: str, concern: Concern | None) -> str | None:
        """Replace a person's reason for a low score; None deletes it. Gives the former photo."""
        ...

    def photos_of_concerns(self, person_tokens: Sequence[str]) -> list[str]:
        """The photos of a person's reasons for low scores."""
        ...

    def forget_concerns(self, person_tokens: Sequence[str]) -> None:
        """Delete a person's reasons for low scores."""
        ...

    def add_answer(
        self, answer: ThemeAnswer, wave_id: str, staff_id: UUID, person_tokens: Sequence[str]
    ) -> None:
        """Record the answer of staff to a theme, and whom it answers."""
        ...

    def import_scores(self, scores: Sequence[OfficialScore], staff_id: UUID, at: datetime) -> None:
        """Add published scores of the official survey, or replace those of the same year."""
        ...

    def forget_reasons(self, person_tokens: Sequence[str]) -> None:
        """Erase a person's words; compacting the store afterwards is left to the caller."""
        ...


class Reads(Protocol):
    """The reads of satisfaction."""

    @property
    def satisfaction(self) -> SatisfactionReads: ...


class Transaction(Protocol):
    """The writes that answering needs."""

    @property
    def satisfaction(self) -> SatisfactionWrites: ...

    @property
    def people(self) -> PeopleWrites: ...

    @property
    def media(self) -> MediaWrites: ...

    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """The reads and transactions that answering needs."""

    def transaction(self) -> AbstractContextManager[Transaction]: ...
