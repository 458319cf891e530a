"""Keeping order among those who contribute: suspensions, what is set aside, flags, appeals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from observations.base.wording import N_
from observations.verification.decisions import Kind

ACTION = "keep_order"  # the row of `may`


class SuspensionReason(StrEnum):
    """Why somebody is suspended; they read it."""

    FLOOD = "flood"
    OTHERS_PHOTOS = "others_photos"
    MADE_UP = "made_up"
    UNSUITABLE = "unsuitable"


SUSPENSION_WORDS: Mapping[SuspensionReason, str] = MappingProxyType(
    {
        SuspensionReason.FLOOD: N_("短时间里交了太多不像样的记录"),
        SuspensionReason.OTHERS_PHOTOS: N_("用了别人的照片"),
        SuspensionReason.MADE_UP: N_("记录像是编的"),
        SuspensionReason.UNSUITABLE: N_("照片或文字不合适"),
    }
)


@dataclass(frozen=True)
class Suspension:
    """Somebody may send nothing until then. `staff_name` is None where the account is gone."""

    suspension_id: UUID
    observer_id: UUID
    nickname: str
    reason: SuspensionReason
    until: datetime
    decided_at: datetime
    staff_name: str | None


@dataclass(frozen=True)
class SetAside:
    """One sender's records, withheld together. `standing` are those not decided on since."""

    set_aside_id: UUID
    nickname: str
    decided_at: datetime
    staff_name: str | None
    count: int
    standing: int


@dataclass(frozen=True)
class Waiting:
    """A record of somebody that waits for the desk."""

    subject_id: UUID
    kind: Kind
    decision_id: UUID | None


class FlagReason(StrEnum):
    """What may be wrong with a sighting."""

    PRIVATE = "private"
    NOT_OWN_PHOTO = "not_own_photo"
    GENERATED = "generated"
    UNSUITABLE = "unsuitable"
    SPAM = "spam"
    WRONG_PLACE = "wrong_place"


FLAG_WORDS: Mapping[FlagReason, str] = MappingProxyType(
    {
        FlagReason.PRIVATE: N_("拍到了人、车牌或私家地方"),
        FlagReason.NOT_OWN_PHOTO: N_("照片像是别人的"),
        FlagReason.GENERATED: N_("照片像是电脑画的"),
        FlagReason.UNSUITABLE: N_("内容让人不舒服"),
        FlagReason.SPAM: N_("是广告，或和自然无关"),
        FlagReason.WRONG_PLACE: N_("地点或时间不对"),
    }
)


@dataclass(frozen=True)
class Flagged:
    """A public sighting with the flags that staff have not answered by a decision."""

    occurrence_id: UUID
    name: str
    people: int
    reasons: Mapping[FlagReason, int]
    last_at: datetime


class AppealKind(StrEnum):
    """What somebody objects to."""

    SUSPENSION = "suspension"
    RECORD = "record"


@dataclass(frozen=True)
class Appeal:
    """An objection, and staff's answer where there is one."""

    appeal_id: UUID
    observer_id: UUID
    nickname: str
    kind: AppealKind
    subject_id: UUID
    words: str
    sent_at: datetime
    answer: str | None
    answered_at: datetime | None
