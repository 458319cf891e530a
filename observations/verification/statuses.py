"""Two separate statuses, after Indicia: is a record right, and may it be shown?"""

from enum import StrEnum

from observations.base.wording import N_


class VerificationStatus(StrEnum):
    """Is it right?"""

    UNCONFIRMED = "unconfirmed"
    PLAUSIBLE = "plausible"
    ACCEPTED_CONSIDERED_CORRECT = "accepted_considered_correct"
    ACCEPTED_CORRECT = "accepted_correct"
    NOT_ACCEPTED_UNABLE_TO_VERIFY = "not_accepted_unable_to_verify"
    NOT_ACCEPTED_INCORRECT = "not_accepted_incorrect"
    QUERIED = "queried"
    ANSWERED = "answered"


class ReleaseStatus(StrEnum):
    """May it be shown?"""

    PENDING = "pending"
    RELEASED = "released"
    WITHHELD = "withheld"


STATUS_NAMES = {
    VerificationStatus.UNCONFIRMED: N_("核实中"),
    VerificationStatus.PLAUSIBLE: N_("可能"),
    VerificationStatus.ACCEPTED_CONSIDERED_CORRECT: N_("已核实"),
    VerificationStatus.ACCEPTED_CORRECT: N_("两人核实"),
    VerificationStatus.NOT_ACCEPTED_UNABLE_TO_VERIFY: N_("未采用"),
    VerificationStatus.NOT_ACCEPTED_INCORRECT: N_("未采用"),
    VerificationStatus.QUERIED: N_("想请你补充"),
    VerificationStatus.ANSWERED: N_("已答复"),
}
RELEASE_NAMES = {
    ReleaseStatus.PENDING: N_("等待公开"),
    ReleaseStatus.RELEASED: N_("已公开"),
    ReleaseStatus.WITHHELD: N_("暂不公开"),
}
