"""A residence code, and the proof that a person gets by using it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from observations.satisfaction.tiers import Tier


@dataclass(frozen=True)
class Code:
    """A code of `tier` for one district, good from `first_day` to `last_day`."""

    code_id: UUID
    tier: Tier
    district: str
    first_day: date
    last_day: date
    most_uses: int
    used: int = 0

    def is_good(self, today: date) -> bool:
        """Whether it can still be used."""
        return self.first_day <= today <= self.last_day and self.used < self.most_uses


@dataclass(frozen=True)
class Handout:
    """Codes that were made at once: a sheet (`batch_id`), or one for one person."""

    batch_id: UUID | None
    tier: Tier
    district: str
    last_day: date
    codes: int
    used: int


@dataclass(frozen=True)
class Proof:
    """The tier that a code has given a person, valid until `last_day`."""

    code_id: UUID
    tier: Tier
    district: str
    last_day: date
