"""Codes of programmes: a slip of paper works once, a poster once for each person."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from observations.base.wording import N_

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without letters and digits that look alike
TOKEN_LENGTH = 10  # 31^10: at the permitted rate of tries, guessing one takes longer than any event
TITLE_LENGTH = 40
MOST_SLIPS, MOST_USES = 500, 5000


class CodeKind(StrEnum):
    """How often a code works."""

    SLIP = "slip"
    POSTER = "poster"


CODE_KIND_NAMES = {CodeKind.SLIP: N_("纸条，一张用一次"), CodeKind.POSTER: N_("海报，一人用一次")}


@dataclass(frozen=True)
class ProgrammeCode:
    """One code: from `opens_at` to `closes_at` it logs `quantity` of an action and pays `points`.

    It pays at once. A slip has one use; a poster `max_uses`, one a person.
    """

    code_id: UUID
    token: str
    kind: CodeKind
    batch_id: UUID
    title: str
    action_code: str
    quantity: Decimal
    points: int
    opens_at: datetime
    closes_at: datetime
    max_uses: int
    made_by: UUID
    made_at: datetime
    cancelled_at: datetime | None = None

    def use_key(self, observer_id: UUID) -> str:
        """The key that is unique to a use: the slip's, or the poster's with the person's."""
        if self.kind is CodeKind.SLIP:
            return str(self.code_id)
        return f"{self.code_id}:{observer_id}"


@dataclass(frozen=True)
class Batch:
    """Codes that were made together, and how often they were used."""

    batch_id: UUID
    title: str
    kind: CodeKind
    action_code: str
    points: int
    opens_at: datetime
    closes_at: datetime
    codes: int
    is_cancelled: bool
    uses: int
