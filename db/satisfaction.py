"""Satisfaction: waves, answers and the province's published scores."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from db.ask import Room
from observations.satisfaction.concern import Concern, Raised, Status, ThemeAnswer
from observations.satisfaction.dimensions import Dimension
from observations.satisfaction.figures.board import AnswerCount
from observations.satisfaction.figures.profiles import Profile
from observations.satisfaction.margins import MarginRow
from observations.satisfaction.official import OfficialScore
from observations.satisfaction.residence_code import Code, Handout, Proof
from observations.satisfaction.responses import Circumstances, Questionnaire, Response
from observations.satisfaction.tiers import Tier
from observations.satisfaction.waves import Step, StepKind, Wave


class Satisfaction(Room):
    """Fulfils `observations.satisfaction.store`; a person's last answer in a wave counts."""

    name = "satisfaction"

    def waves(self) -> list[Wave]:
        """Waves that have answers, the latest first."""
        return [Wave.named(wave_id) for (wave_id,) in self._ask("waves")]

    def current(self, wave_id: str, person_token: str) -> Response | None:
        """A person's current answer in a wave."""
        row = self._ask("current_of", wave_id=wave_id, person_token=person_token)
        return _response(row) if row else None

    def turns(self, person_tokens: Sequence[str]) -> list[Response]:
        """All answers under these tokens, in the order they were given."""
        rows = self._ask("turns_of", person_tokens=list(person_tokens))
        return [_response(row) for row in rows]

    def counts(self, wave_id: str) -> list[AnswerCount]:
        """The number of people of each district with each answer, by current answers."""
        rows = self._ask("counts", wave_id=wave_id)
        return [AnswerCount(place, Dimension(what), x, people) for place, what, x, people in rows]

    def profiles(self, wave_id: str) -> list[Profile]:
        """The current answers of a wave; people who answered alike are one row."""
        return [
            Profile(place, Tier(tier), age, sex, network, day, tuple(given), people)
            for place, tier, age, sex, network, day, *given, people in self._ask(
                "profiles", wave_id=wave_id
            )
        ]

    def edition(self, wave_id: str) -> tuple[object, ...]:
        """The number of rows of a wave, the last id, and the sum of all turns."""
        return tuple(self._ask("edition", wave_id=wave_id))

    def steps(self) -> list[Step]:
        """Every opening and closing of a wave, the latest first."""
        return [
            Step(wave_id, StepKind(kind), version, staff_id, at)
            for wave_id, kind, version, staff_id, at in self._ask("steps")
        ]

    def step(self, step: Step) -> None:
        """Append an opening or a closing."""
        self._ask(
            "add_step",
            step_id=step.step_id,
            wave_id=step.wave_id,
            step=str(step.kind),
            questionnaire=step.version,
            staff_id=step.staff_id,
            stepped_at=step.stepped_at,
        )

    def margins(self, at: datetime) -> list[MarginRow]:
        """The margins in force at a time; empty where staff imported none."""
        return [MarginRow(*row) for row in self._ask("margins", at=at)]

    def add_margins(
        self, set_id: UUID, rows: Sequence[MarginRow], staff_id: UUID, at: datetime
    ) -> None:
        """Add a set of margins, in one statement."""
        self._ask(
            "add_margins",
            set_id=set_id,
            positions=list(range(len(rows))),
            scopes=[row.scope for row in rows],
            variables=[row.variable for row in rows],
            categories=[row.category for row in rows],
            peoples=[row.people for row in rows],
            sources=[row.source for row in rows],
            source_years=[row.source_year for row in rows],
            staff_id=staff_id,
            imported_at=at,
        )

    def code(self, code_hash: str) -> Code | None:
        """A residence code by its hash."""
        row = self._ask("code", code_hash=code_hash)
        return _code(row) if row else None

    def restored(self, wave_id: str) -> dict[str, datetime]:
        """The names of the patterns of a wave that staff restored, each with the time."""
        return dict(self._ask("restored", wave_id=wave_id))

    def restore(self, wave_id: str, pattern: str, staff_id: UUID, at: datetime) -> None:
        """Record that staff restored a pattern; the same one again changes nothing."""
        self._ask("restore", wave_id=wave_id, pattern=pattern, staff_id=staff_id, restored_at=at)

    def codes_of(self, batch_id: UUID) -> list[Code]:
        """The residence codes of a sheet."""
        return [_code(row) for row in self._ask("codes_of", batch_id=batch_id)]

    def handouts(self) -> list[Handout]:
        """Sheets of residence codes and single ones, the latest first."""
        return [
            Handout(batch_id, Tier(tier), district, last_day, codes, used)
            for batch_id, tier, district, last_day, codes, used in self._ask("handouts")
        ]

    def add_codes(
        self,
        codes: Sequence[Code],
        hashes: Sequence[str],
        batch_id: UUID | None,
        staff_id: UUID,
        at: datetime,
    ) -> None:
        """Add residence codes by their hashes: those of a sheet, or one."""
        self._ask(
            "add_codes",
            code_ids=[code.code_id for code in codes],
            hashes=list(hashes),
            batch_id=batch_id,
            tiers=[str(code.tier) for code in codes],
            districts=[code.district for code in codes],
            first_days=[code.first_day for code in codes],
            last_days=[code.last_day for code in codes],
            uses=[code.most_uses for code in codes],
            staff_id=staff_id,
            made_at=at,
        )

    def proofs(self, person_token: str) -> list[Proof]:
        """A person's proofs of where they live."""
        rows = self._ask("proofs_of", person_token=person_token)
        return [Proof(code_id, Tier(tier), place, last) for code_id, tier, place, last in rows]

    def prove(self, person_token: str, proof: Proof) -> None:
        """Record that a person used a code; the same one again changes nothing."""
        self._ask(
            "add_proof",
            person_token=person_token,
            code_id=proof.code_id,
            tier=str(proof.tier),
            district=proof.district,
            last_day=proof.last_day,
        )

    def forget_proofs(self, person_token: str) -> None:
        """Delete a person's proofs."""
        self._ask("forget_proofs", person_token=person_token)

    def take_photo(self, upload_id: UUID, device_id: UUID) -> str | None:
        """The photo (SHA-256) that a browser sent, unlinked from it; None where unknown."""
        sha256 = self._ask("photo_of_device", upload_id=upload_id, device_id=device_id)
        if sha256 is None:
            return None
        self._ask("cut_photo_loose", sha256=sha256, device_id=device_id)
        return str(sha256)

    def concern(self, wave_id: str, person_token: str) -> Concern | None:
        """A person's reason for a low score."""
        row = self._ask("concern_of", wave_id=wave_id, person_token=person_token)
        return Concern(Dimension(row[0]), *row[1:]) if row else None

    def put_concern(self, wave_id: str, person_token: str, concern: Concern | None) -> str | None:
        """Replace a person's reason for a low score; None deletes it. Gives the former photo."""
        photo = self._ask("forget_concern", wave_id=wave_id, person_token=person_token)
        if concern:
            self._ask(
                "add_concern",
                wave_id=wave_id,
                person_token=person_token,
                dimension=str(concern.dimension),
                place_name=concern.place_name,
                latitude=concern.latitude,
                longitude=concern.longitude,
                photo=concern.photo,
            )
        return str(photo) if photo else None

    def photos_of_concerns(self, person_tokens: Sequence[str]) -> list[str]:
        """The photos of a person's reasons for low scores."""
        rows = self._ask("photos_of_concerns", person_tokens=list(person_tokens))
        return [row[0] for row in rows]

    def forget_concerns(self, person_tokens: Sequence[str]) -> None:
        """Delete a person's reasons for low scores."""
        self._ask("forget_concerns", person_tokens=list(person_tokens))

    def raised(self, wave_id: str) -> list[Raised]:
        """All reasons for low scores in a wave, the latest first."""
        return [_raised(row) for row in self._ask("raised", wave_id=wave_id)]

    def add_answer(
        self, answer: ThemeAnswer, wave_id: str, staff_id: UUID, person_tokens: Sequence[str]
    ) -> None:
        """Record the answer of staff to a theme, and whom it answers."""
        self._ask(
            "add_answer",
            answer_id=answer.answer_id,
            wave_id=wave_id,
            district=answer.district,
            dimension=str(answer.dimension),
            status=str(answer.status),
            words=answer.words,
            staff_id=staff_id,
            answered_at=answer.answered_at,
            is_demo=answer.is_demo,
        )
        self._ask(
            "add_answered",
            wave_id=wave_id,
            person_tokens=list(person_tokens),
            answer_id=answer.answer_id,
        )

    def answers(self, wave_id: str) -> list[ThemeAnswer]:
        """The answers of staff in a wave, the latest first."""
        return [theme_answer(row) for row in self._ask("answers", wave_id=wave_id)]

    def answers_to(self, wave_id: str, person_token: str) -> list[ThemeAnswer]:
        """The answers of staff to one person, the latest first."""
        rows = self._ask("answers_to", wave_id=wave_id, person_token=person_token)
        return [theme_answer(row) for row in rows]

    def has_demo(self, wave_id: str) -> bool:
        """Whether any answer of the wave is from the demo."""
        return bool(self._ask("has_demo", wave_id=wave_id))

    def official_scores(self) -> list[OfficialScore]:
        """The province's published scores, the latest year first."""
        return [OfficialScore(*row) for row in self._ask("official_scores")]

    def open_wave(self, wave: Wave) -> None:
        """Add the row of a wave where it is missing."""
        if self._ask("has_wave", wave_id=wave.wave_id) is None:
            self._ask(
                "open_wave",
                wave_id=wave.wave_id,
                first_day=wave.first_day,
                last_day=wave.last_day,
            )

    def add(self, responses: Sequence[Response]) -> None:
        """Append answers in one statement."""
        self._ask(
            "add_many",
            response_ids=[r.response_id for r in responses],
            wave_ids=[r.wave_id for r in responses],
            person_tokens=[r.person_token for r in responses],
            turns=[r.turn for r in responses],
            districts=[r.district for r in responses],
            reasons=[r.questionnaire.kept_reason for r in responses],
            questionnaires=[r.circumstances.version for r in responses],
            tiers=[str(r.circumstances.tier) for r in responses],
            age_groups=[r.circumstances.age_group for r in responses],
            sexes=[r.circumstances.sex for r in responses],
            networks=[r.circumstances.network for r in responses],
            days=[r.answered_on for r in responses],
            demos=[r.is_demo for r in responses],
            **{f"{dimension}s": _column(responses, dimension) for dimension in Dimension},
        )

    def forget_reasons(self, person_tokens: Sequence[str]) -> None:
        """Erase a person's words."""
        self._ask("forget_reasons", person_tokens=list(person_tokens))

    def import_scores(self, scores: Sequence[OfficialScore], staff_id: UUID, at: datetime) -> None:
        """Add published scores of the official survey, or replace those of the same year."""
        for score in scores:
            key = {
                "scope": score.scope,
                "survey_year": score.year,
                "dimension": score.dimension,
            }
            self._ask("forget_imported_score", **key)
            self._ask(
                "add_imported_score",
                **key,
                score=score.score,
                note=score.note,
                source=score.source,
                confidence=score.confidence,
                staff_id=staff_id,
                imported_at=at,
            )

    def replace_official_scores(self, scores: Sequence[OfficialScore]) -> None:
        """Replace all published scores by these."""
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
    """The score of a row of `db/seed/official_scores.csv`."""
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
    response_id, wave_id, token, turn, district, *rest = row
    *answers, reason, version, tier, age, sex, network, day, is_demo = rest
    form = Questionnaire(_given(answers), reason or "")
    beside = Circumstances(version, Tier(tier), age, sex, network)
    return Response(response_id, wave_id, token, turn, district, form, day, is_demo, beside)


def _given(answers: Sequence[int | None]) -> dict[Dimension, int]:
    pairs = zip(Dimension, answers, strict=True)
    return {dimension: answer for dimension, answer in pairs if answer is not None}


def _code(row: Sequence[Any]) -> Code:
    code_id, tier, district, first_day, last_day, most_uses, used = row
    return Code(code_id, Tier(tier), district, first_day, last_day, most_uses, used)


def theme_answer(row: Sequence[Any]) -> ThemeAnswer:
    """The answer of staff in a row."""
    district, dimension, status, *rest = row
    return ThemeAnswer(district, Dimension(dimension), Status(status), *rest)


def _raised(row: Sequence[Any]) -> Raised:
    token, district, dimension, words, place, latitude, longitude, photo, day, *rest = row
    *answers, first_answered, status, is_demo = rest
    about = Dimension(dimension) if dimension else Questionnaire(_given(answers)).lowest
    concern = Concern(about or Dimension.OVERALL, place or "", latitude, longitude, photo)
    known = Status(status) if status else None
    return Raised(token, district, concern, words or "", day, first_answered, known, is_demo)
