"""Tiers: how certain it is that a person lives in the district that they answer for."""

from enum import StrEnum

from observations.base.wording import N_


class Tier(StrEnum):
    """The tiers of residence, the least certain first; they are stored and shown separately."""

    SELF_DECLARED = "self_declared"
    ON_SITE = "on_site"
    STAFF_VERIFIED = "staff_verified"


TIER_NAMES = {
    Tier.SELF_DECLARED: N_("自己说的"),
    Tier.ON_SITE: N_("现场码"),
    Tier.STAFF_VERIFIED: N_("工作人员核实"),
}
TRUST = {Tier.SELF_DECLARED: 0.5, Tier.ON_SITE: 1.0, Tier.STAFF_VERIFIED: 1.0}
"""What an answer weighs before raking. A person's word counts half, as it does for green points:
a rule of ours, not a finding; the page shows each tier's own mean beside the whole."""
