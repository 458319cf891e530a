"""The pulse: waves, answers and the province's published scores."""

from collections.abc import Sequence
from typing import Any

from db.ask import Room
from observations.satisfaction.board import AnswerCount
from observations.satisfaction.dimensions import Dimension
from observations.satisfaction.official import OfficialScore
from observations.satisfaction.responses import Questionnaire, Response
from observations.satisfaction.waves import Wave


class Satisfaction(Room):
    """Answers are appended; the last turn of a person in a wave is what counts."""

    name = "satisfaction"

    def waves(self) -> list[Wave]:
        """Quarters that have answers, the latest first."""
        return [Wave.named(wave_id) for (wave_id,) in self._ask("waves")]

    def current(self, wave_id: str, person_token: str) -> Response | None:
        """A person's answer as it stands in a wave."""
        row = self._ask("current_of", wave_id=wave_id, person_token=person_token)
        return _response(row) if row else None

    def turns(self, person_tokens: Sequence[str]) -> list[Response]:
        """Everything kept under these tokens, in the order it was answered."""
        rows = self._ask("turns_of", person_tokens=list(person_tokens))
        return [_response(row) for row in rows]

    def counts(self, wave_id: str) -> list[AnswerCount]:
        """How many people of each district gave each answer, changes counted once."""
        rows = self._ask("counts", wave_id=wave_id)
        return [AnswerCount(place, Dimension(what), x, people) for place, what, x, people in rows]

    def has_demo(self, wave_id: str) -> bool:
        """Whether any answer of the wave is made up for demonstration."""
        return bool(self._ask("has_demo", wave_id=wave_id))

    def official_scores(self) -> list[OfficialScore]:
        """The province's published scores, the latest year first."""
        return [OfficialScore(*row) for row in self._ask("official_scores")]

    def open_wave(self, wave: Wave) -> None:
        """Make the row of a quarter; no-op when it is there."""
        if self._ask("has_wave", wave_id=wave.wave_id) is None:
            self._ask(
                "open_wave",
                wave_id=wave.wave_id,
                first_day=wave.first_day,
                last_day=wave.last_day,
            )

    def add(self, responses: Sequence[Response]) -> None:
        """Append answers, all in one statement."""
        self._ask(
            "add_many",
            response_ids=[r.response_id for r in responses],
            wave_ids=[r.wave_id for r in responses],
            person_tokens=[r.person_token for r in responses],
            turns=[r.turn for r in responses],
            districts=[r.district for r in responses],
            reasons=[r.questionnaire.kept_reason for r in responses],
            days=[r.answered_on for r in responses],
            demos=[r.is_demo for r in responses],
            **{f"{dimension}s": _column(responses, dimension) for dimension in Dimension},
        )

    def forget_reasons(self, person_tokens: Sequence[str]) -> None:
        """Erase what was written in words."""
        self._ask("forget_reasons", person_tokens=list(person_tokens))

    def replace_official_scores(self, scores: Sequence[OfficialScore]) -> None:
        """Keep these published scores and no others."""
        self._ask("forget_official_scores")
        for score in scores:
            self._ask(
                "add_official_score",
                scope=score.scope,
                survey_year=score.year,
                dimension=score.dimension,
                score=score.score,
                note=score.note,
                source=score.source,
                confidence=score.confidence,
            )


def official_score(row: dict[str, str]) -> OfficialScore:
    """Read one row of ``db/seed/official_scores.csv``."""
    return OfficialScore(
        scope=row["scope"],
        year=int(row["year"]),
        dimension=row["dimension"],
        score=float(row["score"]),
        note=row["note"],
        source=row["source"],
        confidence=row["confidence"],
    )


def _column(responses: Sequence[Response], dimension: Dimension) -> list[int | None]:
    return [r.questionnaire.answers.get(dimension) for r in responses]


def _response(row: Sequence[Any]) -> Response:
    response_id, wave_id, token, turn, district, *answers, reason, day, is_demo = row
    given = dict(zip(Dimension, answers, strict=True))
    kept = {dimension: answer for dimension, answer in given.items() if answer is not None}
    form = Questionnaire(kept, reason or "")
    return Response(response_id, wave_id, token, turn, district, form, day, is_demo)
