"""Giving consent before anything is sent, and requiring it of everything that is sent."""

from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import NOBODY
from observations.log.entries import LogEntry
from observations.people.consent import CONSENT_VERSION, Consent, PhotoLicence
from observations.people.store import Store, Transaction


def give_consent(
    store: Store, device_id: UUID, version: str, allows_place: bool, licence: str, now: datetime
) -> Consent:
    """Store a consent.

    Raises `Refused`: `consent.outdated` (the text has changed meanwhile), `consent.licence` (an
    unknown licence).
    """
    if version != CONSENT_VERSION:
        raise Refused("consent.outdated")
    if licence not in list(PhotoLicence):
        raise Refused("consent.licence", "photo_licence")
    consent = Consent(new_id(now), device_id, version, allows_place, PhotoLicence(licence), now)
    with store.transaction() as tx:
        tx.people.add_consent(consent)
        tx.log.add(LogEntry("consent.given", None, NOBODY, now, {"version": version}))
    return consent


def require_consent(tx: Transaction | Store, device_id: UUID) -> Consent:
    """The valid consent. Raises `Refused("consent.missing")`."""
    consent = tx.people.consent_of(device_id)
    if consent is None or not consent.is_valid:
        raise Refused("consent.missing")
    return consent
