"""Consent: asked before the first byte leaves the phone, stored with its version and time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

CONSENT_VERSION = "2026-11"  # raise it when the words change; everyone is asked again


class PhotoLicence(StrEnum):
    """What others may do with a photo. Records themselves are CC BY 4.0."""

    CC_BY = "CC BY 4.0"
    ALL_RIGHTS_RESERVED = "all rights reserved"


@dataclass(frozen=True)
class Consent:
    """What a browser's user agreed to; "14 or older" stands in the agree button's words."""

    consent_id: UUID
    device_id: UUID
    version: str
    allows_place: bool
    photo_licence: PhotoLicence
    consented_at: datetime

    @property
    def is_valid(self) -> bool:
        """Whether it still counts: one given to older words does not."""
        return self.version == CONSENT_VERSION
