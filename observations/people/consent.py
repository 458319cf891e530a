"""Consent: asked before the first byte leaves the phone, stored with its version and time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

CONSENT_VERSION = "2026-11"  # a change of the text needs a new version: everyone is asked again


class PhotoLicence(StrEnum):
    """What others may do with a photo. Records themselves are CC BY 4.0."""

    CC_BY = "CC BY 4.0"
    ALL_RIGHTS_RESERVED = "all rights reserved"


@dataclass(frozen=True)
class Consent:
    """What the user of a browser agreed to; the button's text says that they are 14 or older."""

    consent_id: UUID
    device_id: UUID
    version: str
    allows_place: bool
    photo_licence: PhotoLicence
    consented_at: datetime

    @property
    def is_valid(self) -> bool:
        """Whether it still counts: consent to an earlier version does not."""
        return self.version == CONSENT_VERSION
