"""The ledger of green points, its boards, and teams."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from db.ask import Room
from observations.base.ids import new_id
from observations.base.names import skeleton
from observations.points.confirmation import Confirmation
from observations.points.periods import Period
from observations.points.postings import Posting, PostingKind
from observations.points.projection import Share
from observations.points.standings import (
    DistrictPoints,
    GainRow,
    Neighbour,
    PersonRow,
    Standing,
    TeamRow,
)
from observations.points.tallies import Holder, HomeTally, Tally, home_tallies, tallies
from observations.points.teams import Team, TeamKind

REBUILT = (
    *("rebuild_empty", "rebuild", "empty_homes", "rebuild_homes", "unconfirm_all", "confirm_all"),
    *("empty_districts", "rebuild_districts"),
)
KIND = 5  # the place of the kind in the blocks' columns


class Points(Room):
    """Fulfils `observations.points.store`, reads and writes."""

    name = "points"

    def postings_of(self, cause_kind: str, cause_id: UUID) -> list[Posting]:
        """Everything posted for one cause, the earliest first."""
        rows = self._ask("postings_of", cause_kind=cause_kind, cause_id=cause_id)
        return [_posting(row) for row in rows]

    def entries_of(self, observer_id: UUID, limit: int) -> list[Posting]:
        """An observer's postings, the latest first."""
        return [
            _posting(row) for row in self._ask("entries_of", observer_id=observer_id, most=limit)
        ]

    def balance_of(self, observer_id: UUID) -> int:
        """An observer's balance: everything received less everything reversed."""
        return cast(int, self._ask("balance_of", observer_id=observer_id))

    def earned(self, observer_id: UUID, cause_kind: str, day: date) -> int:
        """What an observer earned by one kind of cause on one day (Asia/Shanghai)."""
        found = self._ask("earned", observer_id=observer_id, cause_kind=cause_kind, earned_on=day)
        return cast(int, found)

    def leaders(self, period: Period, first: date, limit: int) -> list[PersonRow]:
        """The highest of those who agreed to be named, with their rank among everybody."""
        rows = self._ask("leaders", period=period, first_day=first, most=limit)
        return [PersonRow(*row) for row in rows]

    def leading_teams(
        self, period: Period, first: date, kind: str | None, limit: int
    ) -> list[TeamRow]:
        """The highest teams, of one kind or (None) of all."""
        rows = self._ask("leading_teams", period=period, first_day=first, kind=kind, most=limit)
        return [TeamRow(*row) for row in rows]

    def most_improved(self, period: Period, first: date, limit: int) -> list[GainRow]:
        """Those who agreed to be named and gained most on their own best period of before."""
        rows = self._ask("most_improved", period=period, first_day=first, most=limit)
        return [GainRow(*row) for row in rows]

    def standing(self, observer_id: UUID, period: Period, first: date) -> Standing:
        """One observer's place among everybody."""
        points, ahead, people = self._ask(
            "standing", observer_id=observer_id, period=period, first_day=first
        )
        return Standing(points=points, rank=ahead + 1 if points else None, people=people)

    def neighbours(
        self, observer_id: UUID, period: Period, first: date, each_way: int
    ) -> list[Neighbour]:
        """An observer's row with those right above and below; none without points."""
        rows = self._ask(
            "neighbours", observer_id=observer_id, period=period, first_day=first, each_way=each_way
        )
        return [Neighbour(*row) for row in rows]

    def districts(self, period: Period, first: date) -> list[DistrictPoints]:
        """Points of confirmed people by the district they lived in; others are left out."""
        return [
            DistrictPoints(*row) for row in self._ask("districts", period=period, first_day=first)
        ]

    def waiting_of(self, observer_ids: Sequence[UUID], first: date, last: date) -> dict[UUID, int]:
        """Points of these days that wait, by person; people without any are left out."""
        if not observer_ids:
            return {}
        days = {"first_day": first, "last_day": last}
        return dict(self._ask("waiting_of", observer_ids=list(observer_ids), **days))

    def waiting_by_district(self, first: date, last: date) -> dict[str, int]:
        """Points that wait, by home district."""
        return dict(self._ask("waiting_by_district", first_day=first, last_day=last))

    def waiting_by_team(self, first: date, last: date) -> dict[UUID, int]:
        """Points that wait, by the team people are in today."""
        return dict(self._ask("waiting_by_team", first_day=first, last_day=last))

    def post(self, postings: Sequence[Posting]) -> None:
        """Append postings and update the boards' tallies."""
        self._ask(
            "post",
            posting_ids=[p.posting_id for p in postings],
            idempotency_keys=[p.idempotency_key for p in postings],
            from_accounts=[p.from_account for p in postings],
            to_accounts=[p.to_account for p in postings],
            amounts=[p.amount for p in postings],
            kinds=[str(p.kind) for p in postings],
            cause_kinds=[str(p.cause_kind) for p in postings],
            cause_ids=[p.cause_id for p in postings],
            observer_ids=[p.observer_id for p in postings],
            days=[p.earned_on for p in postings],
            posted_ats=[p.posted_at for p in postings],
            demos=[p.is_demo for p in postings],
            team_ids=[p.team_id for p in postings],
            homes=[p.home_district for p in postings],
        )
        self._add_tallies(tallies(postings))
        self._add_to_homes(home_tallies(postings))
        self._confirm(postings)

    def _add_tallies(self, changes: Sequence[Tally]) -> None:
        """Add to the holders' tallies; then people's gains, of these periods and of later ones."""
        if changes:
            self._ask(
                "add_tallies",
                holder_ids=[t.holder_id for t in changes],
                holder_kinds=[str(t.holder) for t in changes],
                periods=[str(t.period) for t in changes],
                first_days=[t.first_day for t in changes],
                points=[t.points for t in changes],
                demos=[t.is_demo for t in changes],
            )
        compared = [t for t in changes if t.holder is Holder.PERSON and t.period is not Period.ALL]
        if compared:
            self._ask(
                "renew_gains",
                holder_ids=[t.holder_id for t in compared],
                periods=[str(t.period) for t in compared],
                first_days=[t.first_day for t in compared],
            )

    def _add_to_homes(self, changes: Sequence[HomeTally]) -> None:
        """Add to what people earned where they lived, and of those confirmed to their districts."""
        if not changes:
            return
        values: dict[str, list[Any]] = {
            "observer_ids": [t.observer_id for t in changes],
            "districts": [t.district for t in changes],
            "periods": [str(t.period) for t in changes],
            "first_days": [t.first_day for t in changes],
            "points": [t.points for t in changes],
        }
        self._ask("add_to_homes", **values, demos=[t.is_demo for t in changes])
        self._ask("add_to_districts", **values)

    def _confirm(self, postings: Sequence[Posting]) -> None:
        """Count whoever the postings confirm for their districts, and nobody they no longer do."""
        people = {p.observer_id for p in postings}
        reversed_of = {p.observer_id for p in postings if p.kind is not PostingKind.AWARD}
        before = {row[0] for row in self._ask("confirmed", observer_ids=list(people))}
        unsure = list((people - before) | reversed_of)
        if not unsure:
            return
        rows = self._ask("confirmations", observer_ids=unsure)
        after = {row[0] for row in rows if Confirmation(*row[1:]).is_confirmed}
        if gone := sorted(before & reversed_of - after):
            self._ask("shares_of", observer_ids=gone, sign=-1)
            self._ask("unconfirm", observer_ids=gone)
        if new := sorted(after - before):
            self._ask("confirm", observer_ids=new)
            self._ask("shares_of", observer_ids=new, sign=1)

    def gather_districts(self) -> None:
        """Sum the rows that make up the districts' tallies into one a district and period."""
        tallies = self._ask("district_tallies")
        if self._ask("district_rows") > len(tallies):
            self._ask("empty_districts")
            self.correct_districts([tuple(row) for row in tallies])

    def erase(self, observer_id: UUID) -> None:
        """Delete an observer's account and postings; their teams lose those points."""
        postings = [_posting(row) for row in self._ask("team_postings_of", observer_id=observer_id)]
        changes = tallies(postings, [Holder.TEAM])
        self._add_tallies([replace(t, points=-t.points) for t in changes])
        self._ask("shares_of", observer_ids=[observer_id], sign=-1)
        self._ask("unconfirm", observer_ids=[observer_id])
        for block in ("erase_tallies", "erase_homes", "erase", "erase_memberships", "forget_maker"):
            self._ask(block, observer_id=observer_id)

    def rebuild_boards(self) -> None:
        """Compute the boards again from the ledger."""
        for block in REBUILT:
            self._ask(block)

    def wrong_holders(self) -> list[UUID]:
        """People and teams whose tallies are not the ledger's."""
        return [row[0] for row in self._ask("wrong_holders")]

    def district_differences(self) -> list[Share]:
        """What the districts' tallies lack, or have too much, beside their people's."""
        return [tuple(row) for row in self._ask("district_differences")]

    def compute_again(self, holder_id: UUID) -> None:
        """Compute the tallies of a person or team from the ledger."""
        for block in ("drop_tallies", "compute_tallies", "drop_homes", "compute_homes"):
            self._ask(block, holder_id=holder_id)
        self._ask("unconfirm", observer_ids=[holder_id])
        self._ask("confirm_of_ledger", holder_id=holder_id)

    def correct_districts(self, shares: Sequence[Share]) -> None:
        """Add to the districts' tallies."""
        names = ("districts", "periods", "first_days", "points", "people", "demos")
        values = {name: [share[place] for share in shares] for place, name in enumerate(names)}
        self._ask("put_districts", **values)

    def home_of(self, observer_id: UUID) -> str | None:
        """The district of the city that an observer lives in; None for another place, or unsaid."""
        return cast(str | None, self._ask("home_of", observer_id=observer_id))

    def confirmation(self, observer_id: UUID) -> Confirmation:
        """What confirms an observer so far."""
        rows = self._ask("confirmations", observer_ids=[observer_id])
        return next((Confirmation(*row[1:]) for row in rows), Confirmation())

    def team_of(self, observer_id: UUID) -> UUID | None:
        """The team an observer is in."""
        row = self._ask("team_of", observer_id=observer_id)
        return cast(UUID, row[0]) if row else None

    def team(self, team_id: UUID) -> Team | None:
        """One team."""
        return _team(self._ask("team", team_id=team_id))

    def team_by_code(self, join_code: str) -> Team | None:
        """The team with this code."""
        return _team(self._ask("team_by_code", join_code=join_code))

    def team_named(self, name: str) -> Team | None:
        """The team with this name."""
        return _team(self._ask("team_named", name=name))

    def team_name_is_taken(self, name: str) -> bool:
        """Whether a team has this name or one like it, or staff took it away."""
        values = {"name": name, "skeleton": skeleton(name)}
        return self._ask("team_name_is_taken", **values) is not None

    def teams(self, limit: int) -> list[tuple[Team, int]]:
        """The newest teams, each with its number of members."""
        rows = self._ask("teams", most=limit)
        return [(team, row[-1]) for row in rows if (team := _team(row[:-1]))]

    def people_in(self, team_id: UUID) -> int:
        """The number of members of a team."""
        return cast(int, self._ask("people_in", team_id=team_id))

    def add_team(self, team: Team) -> None:
        """Add a team."""
        values = {**team.__dict__, "kind": str(team.kind), "skeleton": skeleton(team.name)}
        del values["hidden_at"]
        self._ask("add_team", **values)

    def fill_skeletons(self, limit: int) -> int:
        """Compare team names of before there were skeletons; gives their number."""
        rows = self._ask("teams_without_skeleton", maximum=limit)
        if rows:
            skeletons = [skeleton(row[1]) for row in rows]
            self._ask("put_team_skeletons", team_ids=[row[0] for row in rows], skeletons=skeletons)
        return len(rows)

    def move_to(self, observer_id: UUID, team_id: UUID | None, now: datetime) -> None:
        """Move the observer to this team, or (None) out of theirs."""
        self._ask(
            "move_to",
            membership_id=new_id(now),
            observer_id=observer_id,
            team_id=team_id,
            since=now,
        )

    def hide_team(self, team_id: UUID, hidden_at: datetime | None) -> None:
        """Take a team's name off the boards, or (None) put it back."""
        self._ask("hide_team", team_id=team_id, hidden_at=hidden_at)


def _posting(row: Sequence[Any]) -> Posting:
    values = list(row)
    values[KIND] = PostingKind(values[KIND])
    return Posting(*values)


def _team(row: Sequence[Any] | None) -> Team | None:
    return Team(row[0], row[1], TeamKind(row[2]), *row[3:]) if row else None
