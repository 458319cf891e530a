"""The result of a festival by team: so far, confirmed, and what is expected after checking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pypinyin import lazy_pinyin

from observations.festivals.counting import Count, Tally, count
from observations.festivals.entry import Entry
from observations.festivals.festival import FEWEST_PEOPLE, Festival, Team
from observations.festivals.forecast import Expected, forecast
from observations.festivals.set_apart import Suspicion
from observations.festivals.sheet import Sheet
from observations.festivals.store import Store, Transaction


@dataclass(frozen=True)
class TeamLine:
    """A team's row on the board."""

    team: Team
    tally: Tally
    expected: Expected | None


@dataclass(frozen=True)
class Result:
    """A festival's teams, in the order of their names: it is not a competition."""

    festival: Festival
    count: Count
    rows: list[TeamLine]
    expected: Expected | None
    sheets: Sequence[Sheet] = ()

    @property
    def whole(self) -> Tally:
        """The numbers of the whole festival: of its signed result, once it is frozen."""
        return self.sheets[-1].whole if self.sheets else self.count.whole

    def team_of(self, entry: Entry) -> Team | None:
        """The team of an entry, where it is so large that this tells nobody who saw it."""
        line = next((row for row in self.rows if row.team.team_id == entry.team_id), None)
        return line.team if line and line.tally.people >= FEWEST_PEOPLE else None


def result(store: Store, festival: Festival, now: datetime) -> Result:
    """The teams by name, Chinese names by pinyin.

    Once it is frozen the numbers are those of its latest sheet, and nothing is expected any more.
    `now` bounds what is looked at of people's pasts.
    """
    of = festival.festival_id
    counted, teams = count_of(store, [festival])[of]
    sheets = store.festivals.sheets([of])
    shown = [team for team in teams if not team.is_hidden]
    if sheets:
        numbers = sheets[-1].teams
        rows = [TeamLine(team, numbers.get(team.team_id, Tally()), None) for team in shown]
        whole = None
    else:
        whole, by_team = _forecast(store, counted, now)
        rows = [
            TeamLine(team, counted.tally(team.team_id), by_team.get(team.team_id)) for team in shown
        ]
    rows.sort(key=lambda row: _spelt(row.team.name))
    return Result(festival, counted, rows, whole, sheets)


def ranked(rows: Sequence[TeamLine]) -> list[TeamLine]:
    """Rows by the number of confirmed sightings, the most first; then by that of all."""
    return sorted(rows, key=lambda row: (-row.tally.confirmed, -row.tally.so_far))


def _forecast(store: Store, counted: Count, now: datetime) -> tuple[Expected, dict[UUID, Expected]]:
    people = sorted({encounter.first.observer_id for encounter in counted.encounters})
    pasts = store.festivals.pasts(people, now) if people else {}
    return forecast(counted.encounters, pasts)


def count_of(
    store: Store | Transaction, festivals: Sequence[Festival]
) -> dict[UUID, tuple[Count, list[Team]]]:
    """What each of these festivals counts, with its teams; two statements for all of them."""
    ids = [festival.festival_id for festival in festivals]
    teams, entries = store.festivals.teams_of(ids), store.festivals.entries(ids)
    counted = {}
    for festival in festivals:
        of = festival.festival_id
        own = [team for team in teams if team.festival_id == of]
        counted[of] = count(festival, own, [one for one in entries if one.festival_id == of]), own
    return counted


@dataclass(frozen=True)
class Summary:
    """A festival in a list: its numbers, its teams, and what is set apart."""

    whole: Tally
    teams: list[Team]
    apart: Sequence[tuple[Entry, Suspicion]]


def summaries(store: Store, festivals: Sequence[Festival]) -> dict[UUID, Summary]:
    """The numbers of these festivals as their pages have them; three statements for all of them."""
    sheets = store.festivals.sheets([festival.festival_id for festival in festivals])
    frozen = {sheet.festival_id: sheet.whole for sheet in sheets}  # the latest is the last
    return {
        of: Summary(frozen.get(of, counted.whole), teams, counted.apart)
        for of, (counted, teams) in count_of(store, festivals).items()
    }


def firsts(whole: Result) -> list[Entry]:
    """The first confirmed sighting of each species, the latest discovery first.

    By the leaf rule a name of a genus alone is none once a species of the genus is there.
    """
    frozen = whole.sheets[-1].record_ids if whole.sheets else None
    first: dict[tuple[str, str | None], Entry] = {}
    for encounter in whole.count.encounters:
        entry = encounter.confirmed
        if entry and (frozen is None or str(entry.public_id) in frozen):
            first.setdefault(entry.leaf, entry)
    genera = {genus for genus, species in first if species}
    shown = [e for (genus, species), e in first.items() if species or genus not in genera]
    return sorted(shown, key=lambda entry: entry.event_date, reverse=True)


def _spelt(name: str) -> tuple[list[str], str]:
    return [syllable.casefold() for syllable in lazy_pinyin(name)], name
