"""Consent: asked before the first byte leaves the phone, kept with its version and time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from observations.log.entries import LogEntry
from observations.log.errors import Refused
from observations.log.ids import new_id
from observations.log.roles import NOBODY
from observations.people.store import Store, Transaction

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


def give_consent(
    store: Store, device_id: UUID, version: str, allows_place: bool, licence: str, now: datetime
) -> Consent:
    """Keep a consent. Raises `Refused`: `consent.outdated` (the words have changed meanwhile),
    `consent.licence` (an unknown licence)."""
    if version != CONSENT_VERSION:
        raise Refused("consent.outdated")
    if licence not in list(PhotoLicence):
        raise Refused("consent.licence", "photo_licence")
    consent = Consent(new_id(now), device_id, version, allows_place, PhotoLicence(licence), now)
    with store.transaction() as tx:
        tx.people.add_consent(consent)
        tx.log.add(LogEntry("consent.given", None, NOBODY, now, {"version": version}))
    return consent


def consent_of(store: Store, device_id: UUID | None) -> Consent | None:
    """The valid consent of a browser; one given to older words counts no longer."""
    consent = store.people.consent_of(device_id) if device_id else None
    return consent if consent and consent.version == CONSENT_VERSION else None


def require_consent(tx: Transaction | Store, device_id: UUID) -> Consent:
    """The valid consent. Raises `Refused("consent.missing")`."""
    consent = tx.people.consent_of(device_id)
    if consent is None or consent.version != CONSENT_VERSION:
        raise Refused("consent.missing")
    return consent
