"""The identity of a request: browser by its signed cookie, its observer, staff by their session."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import streamlit as st
from itsdangerous import BadSignature, URLSafeSerializer

from observations.base.clock import now_utc
from observations.base.ids import new_id
from observations.base.roles import Person
from observations.people.consent import Consent
from observations.people.observer import Observer
from observations.people.presence import presence_of
from observations.people.staff import Staff
from pages.parts.once_a_run import once_a_run
from pages.parts.runtime import settings, store
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language

DEVICE_COOKIE = "luji_device"
CSRF_COOKIE = "luji_csrf"
STAFF_COOKIE = "luji_staff"
DESK_COOKIE = "luji_desk"  # an account signed in here before; kept by nobody but the browser


@dataclass(frozen=True)
class Visitor:
    """Who is looking at a page or calling a route; `device_id` None: no valid cookie yet."""

    device_id: UUID | None
    observer: Observer | None
    staff: Staff | None
    consent: Consent | None
    language: str

    @property
    def person(self) -> Person:
        """The visitor as rules see them."""
        return Person(
            observer_id=self.observer.observer_id if self.observer else None,
            staff_id=self.staff.staff_id if self.staff else None,
            role=self.staff.role if self.staff else None,
        )

    @property
    def consented(self) -> bool:
        """Whether a valid consent was given from this browser."""
        return self.consent is not None


@once_a_run
def visitor() -> Visitor:
    """The visitor of this page."""
    return identify(st.context.cookies)


def identify(cookies: Mapping[str, str]) -> Visitor:
    """The visitor to whom these cookies belong."""
    device_id = device_of(cookies)
    presence = presence_of(store(), device_id, cookies.get(STAFF_COOKIE), now_utc())
    return Visitor(
        device_id=device_id,
        observer=presence.observer,
        staff=presence.staff,
        consent=presence.consent,
        language=chosen_language(cookies.get(LANGUAGE_COOKIE)),
    )


def device_of(cookies: Mapping[str, str]) -> UUID | None:
    """The browser's id in its signed cookie; None where there is no cookie, or a forged one."""
    try:
        return UUID(_signer().loads(cookies.get(DEVICE_COOKIE, "")))
    except (BadSignature, ValueError, TypeError):
        return None


def device_cookies(cookies: Mapping[str, str]) -> list[tuple[str, str, bool]]:
    """The cookies a page sends: (name, value, HttpOnly).

    The browser's id is kept nowhere until its user consents; a known one is sent again, so that it
    lasts.
    """
    return cookies_for(device_of(cookies) or new_id())


def cookies_for(device_id: UUID) -> list[tuple[str, str, bool]]:
    """The cookies of one browser: its id, signed, and what a page sends back with every POST."""
    return [
        (DEVICE_COOKIE, str(_signer().dumps(device_id.hex)), True),
        (CSRF_COOKIE, csrf_token(device_id), False),
    ]


def csrf_token(device_id: UUID) -> str:
    """The token that our pages send with every POST.

    Pages of other sites can neither read nor compute it.
    """
    return hmac.new(settings().secret, b"csrf" + device_id.bytes, hashlib.sha256).hexdigest()[:32]


def is_csrf_token(device_id: UUID | None, token: str) -> bool:
    """Whether `token` is the one of this browser."""
    return device_id is not None and _same(csrf_token(device_id), token)


def desk_token(device_id: UUID, username: str) -> str:
    """What a browser keeps of having signed in to this account. It opens nothing.

    With it nobody waits for the wrong tries of strangers who know the name.
    """
    whose = b"desk" + device_id.bytes + username.encode("utf-8", "replace")
    return hmac.new(settings().secret, whose, hashlib.sha256).hexdigest()[:32]


def is_desk_of(cookies: Mapping[str, str], username: str) -> bool:
    """Whether this account signed in from this browser before."""
    device_id, token = device_of(cookies), cookies.get(DESK_COOKIE, "")
    return device_id is not None and _same(desk_token(device_id, username), token)


def _same(token: str, other: str) -> bool:
    """Whether they are equal; of texts `compare_digest` takes ASCII alone, and raises otherwise."""
    return hmac.compare_digest(token.encode(), other.encode("utf-8", "replace"))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings().secret, salt="device")
