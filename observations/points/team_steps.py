"""Making a team, joining and leaving it. Points count for the team at the time they are awarded."""

import secrets
from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.names import clean_name
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.log.entries import LogEntry
from observations.points.store import TeamStore, TeamTransaction
from observations.points.teams import CODE_LENGTH, CODE_LETTERS, NAME_LENGTH, Team, TeamKind


@retried
def make_team(store: TeamStore, person: Person, name: str, kind: TeamKind, now: datetime) -> Team:
    """Add a team, with `person` in it. `now` is aware.

    Raises `Refused`: `observer.unknown`, `team.name_empty`, `team.name_taken`, `name.office`,
    `text.…`.
    """
    observer_id = _observer(person)
    chosen = clean_name(name, "name", NAME_LENGTH)
    if not chosen:
        raise Refused("team.name_empty", "name")
    with store.transaction() as tx:
        if tx.points.team_name_is_taken(chosen):
            raise Refused("team.name_taken", "name")
        team = Team(new_id(now), chosen, kind, _free_code(tx), observer_id, now, None, False)
        tx.points.add_team(team)
        tx.points.move_to(observer_id, team.team_id, now)
        tx.log.add(LogEntry("team.made", team.team_id, person, now))
        return team


@retried
def join_team(store: TeamStore, person: Person, code: str, now: datetime) -> Team:
    """Move `person` to the team with this code.

    Raises `Refused`: `observer.unknown`, `team.unknown_code`.
    """
    observer_id = _observer(person)
    with store.transaction() as tx:
        team = tx.points.team_by_code(code.strip().upper())
        if team is None:
            raise Refused("team.unknown_code", "code")
        if tx.points.team_of(observer_id) != team.team_id:
            tx.points.move_to(observer_id, team.team_id, now)
            tx.log.add(LogEntry("team.joined", team.team_id, person, now))
        return team


@retried
def leave_team(store: TeamStore, person: Person, now: datetime) -> None:
    """Take `person` out of their team, which keeps the points.

    Raises `Refused("observer.unknown")`.
    """
    observer_id = _observer(person)
    with store.transaction() as tx:
        team_id = tx.points.team_of(observer_id)
        if team_id:
            tx.points.move_to(observer_id, None, now)
            tx.log.add(LogEntry("team.left", team_id, person, now))


@retried
def show_team(
    store: TeamStore, person: Person, team_id: UUID, is_shown: bool, now: datetime
) -> None:
    """Take a team's name off the boards, or put it back; for staff.

    Raises `Refused`: `role.may_not`, `team.unknown`.
    """
    require(person, "edit_catalogue")
    with store.transaction() as tx:
        if tx.points.team(team_id) is None:
            raise Refused("team.unknown")
        tx.points.hide_team(team_id, None if is_shown else now)
        tx.log.add(LogEntry("team.shown" if is_shown else "team.hidden", team_id, person, now))


def _observer(person: Person) -> UUID:
    if person.observer_id is None:
        raise Refused("observer.unknown")
    return person.observer_id


def _free_code(tx: TeamTransaction) -> str:
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if tx.points.team_by_code(code) is None:
            return code
