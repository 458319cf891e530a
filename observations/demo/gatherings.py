"""The demo's teams and its festival: made-up names, people of the demo's crowd."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from observations.base.clock import HANGZHOU, day_of
from observations.demo.crowd import Person
from observations.demo.dice import Dice
from observations.demo.phrases import phrases
from observations.demo.store import Transaction
from observations.festivals import festival as festivals
from observations.points.postings import Posting
from observations.points.teams import CODE_LENGTH, CODE_LETTERS, Team, TeamKind

SEED = 6
TABLE = Path(__file__).with_name("clubs.csv")
FESTIVAL, FESTIVAL_TEAMS = phrases("festival")[0], phrases("festival_team")
BEGAN, STILL_RUNS = timedelta(days=4), timedelta(days=3)
ONE_IN = 2  # the share of those who were there before that joins the festival


@dataclass(frozen=True)
class DemoTeams:
    """Teams and their members."""

    teams: tuple[Team, ...]
    members: dict[UUID, UUID]

    def paid(self, postings: Sequence[Posting]) -> list[Posting]:
        """The postings, each with its observer's team, where there is one."""
        made_at = {team.team_id: team.made_at for team in self.teams}
        paid = []
        for posting in postings:
            team_id = self.members.get(posting.observer_id)
            is_in = team_id is not None and day_of(made_at[team_id]) < posting.earned_on
            paid.append(replace(posting, team_id=team_id) if is_in else posting)
        return paid


def clubs(people: Sequence[Person]) -> DemoTeams:
    """Every team, made when the last of its members had joined."""
    dice, rest = Dice(SEED), list(people)
    dice.shuffle(rest)
    teams: list[Team] = []
    members: dict[UUID, UUID] = {}
    for name, kind, size in _table():
        crew, rest = rest[:size], rest[size:]
        made_at = max(person.observer.joined_at for person in crew)
        maker = crew[0].observer.observer_id
        code = "".join(dice.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        team = Team(dice.id_at(made_at), name, kind, code, maker, made_at, None, is_demo=True)
        teams.append(team)
        members |= {person.observer.observer_id: team.team_id for person in crew}
    return DemoTeams(tuple(teams), members)


def _table() -> list[tuple[str, TeamKind, int]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [(r["name"], TeamKind(r["kind"]), int(r["people"])) for r in csv.DictReader(file)]


def write_clubs(tx: Transaction, clubs: DemoTeams) -> None:
    """Write the teams and their members."""
    made_at = {team.team_id: team.made_at for team in clubs.teams}
    for team in clubs.teams:
        tx.points.add_team(team)
    for observer_id, team_id in clubs.members.items():
        tx.points.move_to(observer_id, team_id, made_at[team_id])


def write_festival(
    tx: Transaction, people: Sequence[Person], staff_id: UUID, now: datetime
) -> None:
    """Write a festival of the whole city that runs at `now`, with four teams."""
    dice, first = Dice(SEED), day_of(now - BEGAN)
    made_at = datetime.combine(first, time(8), HANGZHOU)
    festival = festivals.Festival(
        festival_id=dice.id_at(made_at),
        name=FESTIVAL,
        code="".join(str(dice.randrange(10)) for _ in range(festivals.CODE_DIGITS)),
        first_day=first,
        last_day=day_of(now + STILL_RUNS),
        districts=(),
        made_by=staff_id,
        made_at=made_at,
        is_demo=True,
    )
    tx.festivals.add_festival(festival)
    festival_id = festival.festival_id
    teams = [festivals.Team(dice.id_at(made_at), festival_id, name) for name in FESTIVAL_TEAMS]
    for team in teams:
        tx.festivals.add_team(team, made_at)
    there = [person for person in people if person.observer.joined_at < made_at]
    for number, person in enumerate(there[::ONE_IN]):
        tx.festivals.join(teams[number % len(teams)], person.device_id, made_at)
