"""Joining a festival's team: six digits and a name, no account."""

from datetime import datetime
from uuid import UUID

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.names import clean_name, skeleton
from observations.base.retrying import retried
from observations.base.roles import NOBODY
from observations.festivals.festival import (
    MOST_TEAMS,
    TEAM_LENGTH,
    Festival,
    Membership,
    Team,
)
from observations.festivals.store import Store, Transaction
from observations.festivals.teams import plain_name
from observations.log.entries import LogEntry
from observations.people.consenting import require_consent
from observations.people.standing import require_standing


@retried
def join(store: Store, code: str, team_name: str, device_id: UUID, now: datetime) -> Membership:
    """Move a browser to the team of this name, which is made where there is none.

    Its earlier sightings on the festival's days count too. Raises `Refused`: `consent.missing`,
    `festival.unknown_code`, `festival.over`, `festival.cancelled`, `festival.no_team`,
    `festival.like_team` (another's differs by an ending alone), `festival.many_teams`,
    `team.name_taken` (staff took it away), `name.office`, `text.…`. A name that looks like a
    team's joins that team.
    """
    name = clean_name(team_name, "team", TEAM_LENGTH)
    if not name:
        raise Refused("festival.no_team", "team")
    with store.transaction() as tx:
        require_consent(tx, device_id)
        require_standing(tx, device_id, now)
        festival = find(tx, code)
        if festival.is_cancelled:
            raise Refused("festival.cancelled", "code")
        if day_of(now) > festival.last_day:
            raise Refused("festival.over", "code")
        team = _team(tx, festival, name, now)
        today = tx.festivals.membership(device_id, day_of(now))
        if today is None or today.team.team_id != team.team_id:
            tx.festivals.join(team, device_id, now)
            tx.log.add(LogEntry("festival.joined", team.team_id, NOBODY, now))
        return Membership(festival, team)


def find(tx: Store | Transaction, code: str) -> Festival:
    """The festival of six digits. Raises `Refused("festival.unknown_code")`."""
    digits = "".join(letter for letter in code if letter.isdecimal() and letter.isascii())
    festival = tx.festivals.by_code(digits)
    if festival is None:
        raise Refused("festival.unknown_code", "code")
    return festival


def _team(tx: Transaction, festival: Festival, name: str, now: datetime) -> Team:
    teams = tx.festivals.teams(festival.festival_id)
    namesake = next((team for team in teams if skeleton(team.name) == skeleton(name)), None)
    if namesake:
        return namesake
    for team in teams:
        if plain_name(team.name) == plain_name(name):
            raise Refused("festival.like_team", "team", team=team.name)
    if tx.festivals.is_taken_away(festival.festival_id, name):
        raise Refused("team.name_taken", "team")
    if len(teams) >= MOST_TEAMS:
        raise Refused("festival.many_teams", "team", most=MOST_TEAMS)
    team = Team(new_id(now), festival.festival_id, name)
    tx.festivals.add_team(team, now)
    return team
