"""The identity of a request: browser by its signed cookie, its observer, staff by their session."""

import hashlib
import hmac
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

import streamlit as st
from itsdangerous import BadSignature, URLSafeSerializer

from observations.base.clock import now_utc
from observations.base.ids import new_id
from observations.base.roles import Person
from observations.people.consent import Consent
from observations.people.observer import Observer
from observations.people.presence import presence_of
from observations.people.signing_in import hash_token, keep_session
from observations.people.staff import Lasting, Staff
from pages.parts.once_a_run import once_a_run
from pages.parts.runtime import settings, store
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language

DEVICE_COOKIE = "luji_device"
CSRF_COOKIE = "luji_csrf"
STAFF_COOKIE = "luji_staff"
DESK_COOKIE = "luji_desk"  # an account signed in here before; kept by nobody but the browser

NOTED_OF_IDLE = 20  # a session's use is written this often in its idle time
MOST_NOTED = 5000
_used: dict[str, float] = {}
_noting = ThreadPoolExecutor(1, "sessions")  # a page does not wait for a long write


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
        """The visitor as rules see them: staff who lack a second step have no role yet."""
        staff = self.staff
        return Person(
            observer_id=self.observer.observer_id if self.observer else None,
            staff_id=staff.staff_id if staff else None,
            role=staff.role if staff and not self.lacks_second_step else None,
        )

    @property
    def lacks_second_step(self) -> bool:
        """Whether the settings ask staff for a second step, and theirs is not set up.

        Who signs in at a provider is asked for it there.
        """
        staff = self.staff if settings().requires_second_step else None
        return bool(staff and staff.password_hash and not staff.has_second_step)

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
    device_id, token = device_of(cookies), cookies.get(STAFF_COOKIE)
    presence = presence_of(store(), device_id, token, now_utc())
    if presence.staff and token:
        _stay(token)
    return Visitor(
        device_id=device_id,
        observer=presence.observer,
        staff=presence.staff,
        consent=presence.consent,
        language=chosen_language(cookies.get(LANGUAGE_COOKIE)),
    )


def lasting() -> Lasting:
    """How long a sign-in of staff lasts here."""
    return Lasting(settings().session_length, settings().idle_length)


def _stay(token: str) -> None:
    """Note now and then, beside the request, that a session is used."""
    key, now = hash_token(token), time.monotonic()
    since = _used.setdefault(key, now)
    if now - since < settings().idle_length.total_seconds() / NOTED_OF_IDLE:
        return
    _used[key] = now
    while len(_used) > MOST_NOTED:
        _used.pop(next(iter(_used)))
    _noting.submit(keep_session, store(), token, now_utc(), lasting())


def asked_of_me() -> int:
    """How many of the visitor's records a verifier asks about.

    On PostgreSQL, where other servers write too, it may be a minute old.
    """
    observer = visitor().observer
    if observer is None:
        return 0
    rooms = store()
    is_alone = rooms.engine_name == "duckdb"
    minute = 0 if is_alone else int(time.monotonic() // 60)
    return _asked_of(observer.observer_id, rooms.changes, minute)


@lru_cache(10_000)
def _asked_of(observer_id: UUID, _changes: int, _minute: int) -> int:
    """The same, read once while nobody writes: every page says it."""
    return store().verification.count_asked(observer_id)


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
