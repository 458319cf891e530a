"""The reasons for which a production server refuses to start."""

import stat
from typing import Protocol
from urllib.parse import urlsplit

from observations.base.settings import SECRET_FILE, Settings

LOOPBACK = ("localhost", "127.0.0.1", "::1")


class CountsDemo(Protocol):
    """The part of the room `people` that this module reads."""

    def count_demo_staff(self) -> int:
        """The number of staff accounts that the demo made."""
        ...

    def count_demo_observers(self) -> int:
        """The number of observers that the demo made."""
        ...


class HasPeople(Protocol):
    """The part of a store that this module reads."""

    @property
    def people(self) -> CountsDemo: ...


def why_unsafe(settings: Settings, store: HasPeople) -> str | None:
    """Why this server must not serve the public, as a sentence for the operator, or None."""
    if store.people.count_demo_staff() or store.people.count_demo_observers():
        return (
            "this store holds demo data; give production a store of its own (LUJI_HOME or "
            "LUJI_DATABASE_URL), or start the demo with LUJI_DEMO=1"
        )
    url = urlsplit(settings.public_url)
    if url.scheme == "http" and url.hostname not in LOOPBACK:
        return "LUJI_PUBLIC_URL is http://; the public needs https://"
    secret = settings.home / SECRET_FILE
    if secret.exists() and secret.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return f"{secret} can be read by others; chmod 600 it"
    if settings.home.stat().st_mode & stat.S_IWOTH:
        return f"LUJI_HOME {settings.home} can be written by everyone; chmod o-w it"
    return None
