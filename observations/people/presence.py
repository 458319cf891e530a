"""Presence: the observer, the consent and the staff sign-in of one browser."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observations.people.consent import Consent
from observations.people.observer import Observer
from observations.people.signing_in import hash_token
from observations.people.staff import Staff
from observations.people.store import Store


@dataclass(frozen=True)
class Presence:
    """Who uses a browser; each field is None where there is none, or it is no longer valid."""

    observer: Observer | None = None
    consent: Consent | None = None
    staff: Staff | None = None


def presence_of(store: Store, device_id: UUID | None, token: str | None, now: datetime) -> Presence:
    """Who uses the browser `device_id` with the staff token `token`, read in one statement.

    Consent to an earlier version counts as none.
    """
    if device_id is None and token is None:
        return Presence()
    observer, consent, staff = store.people.presence(
        device_id, hash_token(token) if token else None, now
    )
    return Presence(observer, consent if consent and consent.is_valid else None, staff)
