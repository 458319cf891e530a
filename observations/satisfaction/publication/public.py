"""Everything that is public of a wave: the one list. Pages and API show what stands here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from observations.base.ids import new_id
from observations.satisfaction.concern import Answered, ThemeAnswer
from observations.satisfaction.dimensions import RANKED
from observations.satisfaction.figures.board import Asked, Board, Change, DistrictRow, by_place
from observations.satisfaction.figures.estimates import Estimate
from observations.satisfaction.figures.manipulation import Reason
from observations.satisfaction.figures.ranking import RankRange
from observations.satisfaction.margins import CITY, MarginRow
from observations.satisfaction.publication.counted import Basis
from observations.satisfaction.publication.times import Due
from observations.satisfaction.waves import Wave


@dataclass(frozen=True)
class PublishedFigure:
    """A figure of a district or the city (`scope`, an adcode), as it was published.

    `as_of` (aware) is the publication since which it stands. Its number of people is in tens, and
    so is `unsure`: of the city, once the wave is closed, those without an answer to the question.
    """

    scope: str
    question: Asked
    basis: Basis
    as_of: datetime
    estimate: Estimate
    ranks: RankRange | None = None
    change: Change | None = None
    unsure: int | None = None


@dataclass(frozen=True)
class Publication:
    """All that became public of a wave at one time; it is never changed.

    `speed` is how many reasons for low scores were raised and answered, in tens; `apart` how many
    answers are set apart, in tens; `answers` what staff said to themes of ten people or more.
    """

    wave: Wave
    due: Due
    is_demo: bool
    figures: Sequence[PublishedFigure] = ()
    speed: Answered | None = None
    apart: Mapping[Reason, int] = field(default_factory=dict)
    answers: Sequence[ThemeAnswer] = ()
    publication_id: UUID = field(default_factory=new_id)

    def of(self, scope: str, basis: Basis) -> dict[Asked, Estimate]:
        """The figures of a place by question."""
        return {one.question: one.estimate for one in self._of(scope, basis)}

    def places(self, basis: Basis) -> dict[str, dict[Asked, Estimate]]:
        """The figures of each district that has any."""
        scopes = dict.fromkeys(one.scope for one in self.figures if one.scope != CITY)
        return {scope: self.of(scope, basis) for scope in scopes}

    def as_of(self, scope: str) -> datetime | None:
        """Since which publication the figure of a place that is ranked, or could be, stands."""
        known = {
            one.basis: one.as_of
            for one in self.figures
            if one.question is RANKED and one.scope == scope
        }
        return known.get(Basis.PROVEN) or known.get(Basis.ALL)

    def board(self, districts: Sequence[str], margins: Sequence[MarginRow]) -> Board:
        """The same as a board with a row for each of `districts`."""
        marked = {one.scope: one for one in self.figures if one.ranks or one.change}
        rows = [self._row(district, marked.get(district)) for district in sorted(districts)]
        city = marked.get(CITY)
        return Board(
            self.wave,
            sorted(rows, key=by_place),
            self.of(CITY, Basis.PROVEN),
            self.is_demo,
            city_change=city.change if city else None,
            city_declared=self.of(CITY, Basis.ALL),
            apart=self.apart,
            margins=margins,
            published_at=self.due.at,
            unsure={one.question: one.unsure for one in self._of(CITY, Basis.PROVEN) if one.unsure},
        )

    def _row(self, district: str, marked: PublishedFigure | None) -> DistrictRow:
        return DistrictRow(
            district,
            self.of(district, Basis.PROVEN),
            marked.ranks if marked else None,
            marked.change if marked else None,
            self.of(district, Basis.ALL),
            self.as_of(district),
        )

    def _of(self, scope: str, basis: Basis) -> Iterator[PublishedFigure]:
        return (one for one in self.figures if (one.scope, one.basis) == (scope, basis))
