"""A rule that accepts easy, clean sightings without a verifier, and what it asks of one."""

from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from uuid import UUID

from observations.desk.seen import HARMLESS

ERROR_LIMIT = 0.05
MOST_REFUSED = 0.1  # of an observer's decided sightings of the group
Z = 1.96  # of a 95 % interval


@dataclass(frozen=True)
class Rule:
    """What a rule accepts: never changed, so that its error rate is that of one rule.

    `taxon_id` and `district` None: any. `least_accepted` sightings of the group by the observer
    were accepted by verifiers before; `may_flag` are the checks that may have found something.
    `ended_at`: it switched itself off then.
    """

    rule_id: UUID
    group_code: str
    taxon_id: UUID | None
    district: str | None
    least_accepted: int
    rare_too: bool
    may_flag: frozenset[str]
    error_limit: float
    is_on: bool = False
    made_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Candidate:
    """What a rule knows of a sighting when it comes.

    `is_special`: sensitive, protected or invasive. `accepted` and `refused` count what verifiers
    decided before on its observer's sightings of the group; `is_known_here`: the species was
    accepted in the district before.
    """

    subject_id: UUID
    taxon_id: UUID
    group_code: str
    district: str | None
    is_rare: bool
    is_special: bool
    has_photo: bool
    flags: frozenset[str]
    accepted: int
    refused: int
    is_known_here: bool


def covers(rule: Rule, taxon_id: UUID, group_code: str, district: str | None) -> bool:
    """Whether a rule is about sightings of this species in this district."""
    return (
        rule.group_code == group_code
        and rule.taxon_id in (None, taxon_id)
        and rule.district in (None, district)
    )


def accepts(rule: Rule, one: Candidate) -> bool:
    """Whether the rule accepts a sighting.

    As with Indicia: all checks pass, the species is easy and not special; and besides it has a
    photo, is not the first of its species here, and its observer has shown to know the group.
    """
    return (
        covers(rule, one.taxon_id, one.group_code, one.district)
        and one.has_photo
        and not one.is_special
        and (rule.rare_too or not one.is_rare)
        and one.flags <= (rule.may_flag & HARMLESS)
        and one.is_known_here
        and one.accepted >= rule.least_accepted
        and one.refused <= MOST_REFUSED * (one.accepted + one.refused)
    )


@dataclass(frozen=True)
class Rate:
    """A share of errors."""

    wrong: int
    of: int

    @property
    def share(self) -> float:
        """The share as it was counted; 0 of nothing."""
        return self.wrong / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval; all there is of nothing."""
        if not self.of:
            return 0.0, 1.0
        n, p = self.of, self.share
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Tally:
    """What a rule has done: accepted, taken back or refused by somebody since, kept for the audit.

    `audit` are the errors among those audited that are decided.
    """

    accepted: int
    overturned: int
    kept: int
    audit: Rate
