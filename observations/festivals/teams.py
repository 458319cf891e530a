"""What staff do with the teams of a festival: another name, hidden, one merged into another."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from observations.base.errors import Refused
from observations.base.names import clean_name, skeleton
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.festivals.festival import TEAM_LENGTH, Festival, Team
from observations.festivals.store import Store, Transaction
from observations.log.entries import AFTER, BEFORE, LogEntry

# Words at the end of a name that only say that it is a team.
ENDINGS = Path(__file__).with_name("team_endings.csv").read_text("utf-8").splitlines()[1:]


def plain_name(name: str) -> str:
    """What two names of one team have in common, for comparing."""
    short = name.strip().casefold()
    for ending in ENDINGS:
        if short.endswith(ending) and len(short) > len(ending):
            short = short.removesuffix(ending)
            break
    return skeleton(short.strip())


def likely_same(teams: list[Team]) -> list[tuple[Team, Team]]:
    """Pairs of teams whose names differ in no more than an ending, to be offered as one."""
    first: dict[str, Team] = {}
    pairs = []
    for team in teams:
        other = first.setdefault(plain_name(team.name), team)
        if other is not team:
            pairs.append((team, other))
    return pairs


@retried
def rename_team(store: Store, person: Person, team: Team, name: str, now: datetime) -> Team:
    """Give a team another name. Raises `Refused` as `_changed`, and `team.name_taken`, `name.…`."""
    require(person, "run_festival")
    after = replace(team, name=clean_name(name, "team", TEAM_LENGTH))
    if not after.name:
        raise Refused("festival.no_team", "team")
    with store.transaction() as tx:
        others = [
            one for one in tx.festivals.teams(team.festival_id) if one.team_id != team.team_id
        ]
        if skeleton(after.name) in {skeleton(other.name) for other in others}:
            raise Refused("team.name_taken", "team")
        return _changed(tx, person, after, now)


@retried
def hide_team(store: Store, person: Person, team: Team, is_hidden: bool, now: datetime) -> Team:
    """Take a team off every board, or put it back. Raises `Refused` as `_changed`."""
    require(person, "run_festival")
    with store.transaction() as tx:
        return _changed(tx, person, replace(team, is_hidden=is_hidden), now)


@retried
def merge_teams(store: Store, person: Person, team: Team, into: Team, now: datetime) -> None:
    """Let the members of a team belong to another of its festival.

    Raises `Refused`: `role.may_not`, `festival.no_team` (they are not two teams of one festival),
    `festival.frozen`.
    """
    require(person, "run_festival")
    with store.transaction() as tx:
        _require_open(tx, team.festival_id, now)
        ids = {one.team_id for one in tx.festivals.teams(team.festival_id)}
        if team.team_id == into.team_id or not {team.team_id, into.team_id} <= ids:
            raise Refused("festival.no_team", "team")
        tx.festivals.merge_team(team.team_id, into.team_id)
        details = {BEFORE: {"team": team.name}, AFTER: {"team": into.name}}
        tx.log.add(LogEntry("festival.team_changed", team.team_id, person, now, details))


def _changed(tx: Transaction, person: Person, after: Team, now: datetime) -> Team:
    """Store a team as it shall be. Raises `festival.no_team`, `festival.frozen`."""
    _require_open(tx, after.festival_id, now)
    teams = tx.festivals.teams(after.festival_id)
    before = next((team for team in teams if team.team_id == after.team_id), None)
    if before is None:
        raise Refused("festival.no_team", "team")
    tx.festivals.change_team(after)
    details = {BEFORE: _told(before), AFTER: _told(after)}
    tx.log.add(LogEntry("festival.team_changed", after.team_id, person, now, details))
    return after


def _require_open(tx: Transaction, festival_id: UUID, now: datetime) -> Festival:
    festival = tx.festivals.festival(festival_id)
    if festival is None:
        raise Refused("festival.unknown_code")
    if festival.freezes_at <= now:
        raise Refused("festival.frozen")
    return festival


def _told(team: Team) -> dict[str, object]:
    return {"team": team.name, "is_hidden": team.is_hidden}
