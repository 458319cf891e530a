"""Tiers: how certain it is that a person lives in the district that they answer for."""

from enum import StrEnum

from observations.base.wording import N_


class Tier(StrEnum):
    """The tiers of residence, the least certain first."""

    SELF_DECLARED = "self_declared"
    ON_SITE = "on_site"
    STAFF_VERIFIED = "staff_verified"


PROVEN = frozenset({Tier.ON_SITE, Tier.STAFF_VERIFIED})
"""Ranks rest on these alone. Each takes a code that works once and that a person was handed."""
TIER_NAMES = {
    Tier.SELF_DECLARED: N_("自己说的"),
    Tier.ON_SITE: N_("现场领的码"),
    Tier.STAFF_VERIFIED: N_("工作人员核实"),
}
TRUST = {Tier.SELF_DECLARED: 0.5, Tier.ON_SITE: 1.0, Tier.STAFF_VERIFIED: 1.0}
"""What an answer weighs before raking, in the figure of all answers. A person's word counts half,
as it does for green points: a rule of ours, not a finding."""
