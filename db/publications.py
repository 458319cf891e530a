"""Publications of waves: what is public of them, and what it was made from."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from db.ask import Room
from db.satisfaction import theme_answer
from observations.satisfaction.concern import Answered
from observations.satisfaction.dimensions import Dimension, Subtotal
from observations.satisfaction.figures.board import Asked, Change
from observations.satisfaction.figures.estimates import Estimate
from observations.satisfaction.figures.manipulation import Reason
from observations.satisfaction.figures.profiles import Profile
from observations.satisfaction.figures.ranking import RankRange
from observations.satisfaction.publication.counted import Basis, Sheet
from observations.satisfaction.publication.public import Publication, PublishedFigure
from observations.satisfaction.publication.rounding import tens
from observations.satisfaction.publication.times import Due, Kind
from observations.satisfaction.tiers import Tier
from observations.satisfaction.waves import Wave


class Publications(Room):
    """Fulfils `observations.satisfaction.publication.store`; nothing of it is ever changed."""

    name = "publications"

    def sheets(self, wave_id: str) -> list[Sheet]:
        """Every turn of a wave, each person's in their order."""
        return [
            Sheet(
                response_id, token, Profile(place, Tier(tier), age, sex, network, day, tuple(given))
            )
            for response_id, token, place, tier, age, sex, network, day, *given in self._ask(
                "sheets", wave_id=wave_id
            )
        ]

    def last(self) -> dict[str, datetime]:
        """The time of the last publication of each wave that has any."""
        return dict(self._ask("last"))

    def of_wave(self, wave_id: str) -> list[Publication]:
        """The publications of a wave without their figures, the earliest first."""
        return [
            Publication(
                Wave.named(wave_id),
                Due(Kind(kind), at, until),
                is_demo,
                speed=None if raised is None else Answered(raised, answered, days),
                publication_id=publication_id,
            )
            for publication_id, kind, at, until, is_demo, raised, answered, days in self._ask(
                "outlines", wave_id=wave_id
            )
        ]

    def whole(self, outline: Publication) -> Publication:
        """The publication with its figures, counts and answers."""
        key = outline.publication_id
        counts = Counter(self.apart(key).values())
        return replace(
            outline,
            figures=[_figure(row) for row in self._ask("figures", publication_id=key)],
            apart={reason: tens(n) for reason, n in counts.items() if tens(n)},
            answers=[theme_answer(row) for row in self._ask("answers", publication_id=key)],
        )

    def apart(self, publication_id: UUID) -> dict[UUID, Reason]:
        """The answers that were set apart for a publication."""
        rows = self._ask("apart", publication_id=publication_id)
        return {response_id: Reason(reason) for response_id, reason in rows}

    def add(self, publication: Publication, apart: Mapping[UUID, Reason]) -> None:
        """Add a publication, with what it sets apart."""
        key, speed = publication.publication_id, publication.speed
        self._ask(
            "add",
            publication_id=key,
            wave_id=publication.wave.wave_id,
            kind=str(publication.due.kind),
            published_at=publication.due.at,
            until_day=publication.due.until,
            is_demo=publication.is_demo,
            raised=speed.raised if speed else None,
            answered=speed.answered if speed else None,
            median_days=speed.median_days if speed else None,
        )
        self._ask("add_figures", publication_id=key, **_columns(publication.figures))
        self._ask(
            "add_apart",
            publication_id=key,
            response_ids=list(apart),
            rules=[str(reason) for reason in apart.values()],
        )
        answer_ids = [answer.answer_id for answer in publication.answers]
        self._ask("add_answers", publication_id=key, answer_ids=answer_ids)


def _figure(row: Sequence[Any]) -> PublishedFigure:
    scope, question, basis, as_of, people, mean, low, high, best, worst, *moved = row
    points, change_low, change_high, without, unsure = moved
    ranks = None if best is None else RankRange(best, worst)
    left_out = without.split() if without else ()
    change = None if points is None else Change(points, change_low, change_high, left_out)
    estimate = Estimate(people, mean, low, high)
    return PublishedFigure(
        scope, _asked(question), Basis(basis), as_of, estimate, ranks, change, unsure
    )


def _asked(question: str) -> Asked:
    return Subtotal(question) if question in set(Subtotal) else Dimension(question)


def _columns(figures: Sequence[PublishedFigure]) -> dict[str, list[object]]:
    """The figures as lists, one for each column."""
    estimates = [one.estimate for one in figures]
    changes = [one.change for one in figures]
    return {
        "scopes": [one.scope for one in figures],
        "questions": [str(one.question) for one in figures],
        "bases": [str(one.basis) for one in figures],
        "as_ofs": [one.as_of for one in figures],
        "peoples": [one.n for one in estimates],
        "means": [one.mean for one in estimates],
        "lows": [one.low for one in estimates],
        "highs": [one.high for one in estimates],
        "bests": [one.ranks.best if one.ranks else None for one in figures],
        "worsts": [one.ranks.worst if one.ranks else None for one in figures],
        "changes": [one.points if one else None for one in changes],
        "change_lows": [one.low if one else None for one in changes],
        "change_highs": [one.high if one else None for one in changes],
        "unsures": [one.unsure for one in figures],
        "change_withouts": [" ".join(one.left_out) if one else None for one in changes],
    }
