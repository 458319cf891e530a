"""Names that everyone reads, and their changes by staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from observations.base.names import skeleton
from observations.base.wording import N_
from observations.festivals.festival import TEAM_LENGTH
from observations.people.joining import NICKNAME_LENGTH
from observations.points.teams import NAME_LENGTH


class NameKind(StrEnum):
    """What has a name that everyone reads."""

    NICKNAME = "nickname"
    TEAM = "team"
    FESTIVAL_TEAM = "festival_team"


KIND_NAMES: Mapping[NameKind, str] = MappingProxyType(
    {
        NameKind.NICKNAME: N_("昵称"),
        NameKind.TEAM: N_("榜上的队"),
        NameKind.FESTIVAL_TEAM: N_("观察节的队"),
    }
)
LENGTHS: Mapping[NameKind, int] = MappingProxyType(
    {
        NameKind.NICKNAME: NICKNAME_LENGTH,
        NameKind.TEAM: NAME_LENGTH,
        NameKind.FESTIVAL_TEAM: TEAM_LENGTH,
    }
)


@dataclass(frozen=True)
class PublicName:
    """A name and whose it is."""

    kind: NameKind
    subject_id: UUID
    name: str


@dataclass(frozen=True)
class NameChange:
    """A change by staff. `can_undo`: it is the last one of this name, and no undoing itself."""

    name_change_id: UUID
    kind: NameKind
    subject_id: UUID
    name_before: str
    name_after: str
    changed_at: datetime
    staff_name: str | None
    can_undo: bool


def is_like(name: str, others: list[str]) -> bool:
    """Whether a name looks like one of others."""
    own = skeleton(name)
    return any(skeleton(other) == own for other in others)
