"""Teams that collect points together: families, schools, companies, villages and communities."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from observations.base.wording import N_

NAME_LENGTH = 20
CODE_LENGTH = 6
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without letters and digits that look alike


class TeamKind(StrEnum):
    """The kinds of teams."""

    FAMILY = "family"
    SCHOOL = "school"
    COMPANY = "company"
    VILLAGE = "village"


TEAM_KIND_NAMES = {
    TeamKind.FAMILY: N_("家庭"),
    TeamKind.SCHOOL: N_("学校"),
    TeamKind.COMPANY: N_("单位"),
    TeamKind.VILLAGE: N_("村社"),
}


@dataclass(frozen=True)
class Team:
    """One team. Its members know its `join_code`; a hidden team keeps its points."""

    team_id: UUID
    name: str
    kind: TeamKind
    join_code: str
    made_by: UUID | None
    made_at: datetime
    hidden_at: datetime | None
    is_demo: bool
