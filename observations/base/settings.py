"""The settings. This module reads the environment; nothing else does."""

import os
import re
import secrets
import tempfile
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from observations.base.networks import is_everyone, read_networks
from observations.base.roles import Role

SECRET_FILE = "secret"
RESTORING = "restoring"  # stands in the data folder until a restore is complete
SECRET_BYTES = 32
SECRET_LENGTH = 32  # characters
SECRETS_TOML = Path(__file__).resolve().parents[2] / ".streamlit" / "secrets.toml"


class UnsafeSetting(Exception):
    """A setting with which the server must not start; the message says which and why."""


@dataclass(frozen=True)
class Provider:
    """Where staff sign in with an account of the bureau's (OpenID Connect).

    `roles` says which role a group of theirs there stands for.
    """

    issuer: str
    client_id: str
    client_secret: str
    roles: Mapping[str, str]


@dataclass(frozen=True)
class MailServer:
    """Who takes letters to staff; `security` is "tls" (at once), "starttls" or "none"."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str


@dataclass(frozen=True)
class Settings:
    """What an operator can set, by environment variable or in `.streamlit/secrets.toml`."""

    home: Path
    database_url: str
    media_url: str
    secret: bytes
    basemap: str
    basemap_attribution: str
    map_approval: str
    is_demo: bool
    public_url: str
    trusted_proxies: tuple[str, ...]
    limits_url: str
    test_shared: Path
    terminal_language: str
    session_length: timedelta
    idle_length: timedelta
    requires_second_step: bool
    provider: Provider | None
    mail: MailServer | None


def load_settings(
    environment: Mapping[str, str] | None = None, is_restoring: bool = False
) -> Settings:
    """Read the settings, make the data folder and, once, the secret (mode 0600).

    Raises `UnsafeSetting` for a secret that is too short, a URL of an unknown kind, or a data
    folder that `restore` (`is_restoring`) left half filled.
    """
    values = {**_secrets_toml(), **(os.environ if environment is None else environment)}
    home = Path(values.get("LUJI_HOME") or "var").resolve()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (home / RESTORING).exists() and not is_restoring:
        raise UnsafeSetting(
            f"{home} is half restored: `restore` was stopped in the middle. Run it again with the "
            f"same file, or begin with another LUJI_HOME and an empty database"
        )
    return Settings(
        home=home,
        database_url=values.get("LUJI_DATABASE_URL") or f"duckdb:///{home / 'luji.duckdb'}",
        media_url=values.get("LUJI_MEDIA_URL") or f"file://{home / 'photos'}",
        secret=_secret(values.get("LUJI_SECRET", ""), home / SECRET_FILE),
        basemap=_basemap(values.get("LUJI_BASEMAP", "")),
        basemap_attribution=values.get("LUJI_BASEMAP_ATTRIBUTION", ""),
        map_approval=values.get("LUJI_MAP_APPROVAL", ""),
        is_demo=_is_on(values.get("LUJI_DEMO", "")),
        public_url=_public_url(values.get("LUJI_PUBLIC_URL", "")),
        trusted_proxies=_proxies(values.get("LUJI_TRUSTED_PROXIES", "")),
        limits_url=_limits_url(values.get("LUJI_LIMITS_URL", "")),
        test_shared=Path(values.get("LUJI_TEST_SHARED") or "../shared"),
        terminal_language=terminal_language(values),
        session_length=timedelta(hours=_number(values, "LUJI_SESSION_HOURS", 12, 24 * 30)),
        idle_length=timedelta(minutes=_number(values, "LUJI_IDLE_MINUTES", 120, 60 * 24 * 30)),
        requires_second_step=_is_on(values.get("LUJI_SECOND_STEP", "")),
        provider=_provider(values),
        mail=_mail(values),
    )


def terminal_language(environment: Mapping[str, str] | None = None) -> str:
    """The operator's language, "zh" or "en", as the terminal says it."""
    values = os.environ if environment is None else environment
    said = values.get("LC_ALL") or values.get("LC_MESSAGES") or values.get("LANG", "")
    return "zh" if said.startswith("zh") else "en"


def _secrets_toml() -> dict[str, str]:
    if not SECRETS_TOML.is_file():
        return {}
    table = tomllib.loads(SECRETS_TOML.read_text("utf-8"))
    return {key: str(value) for key, value in table.items() if key.startswith("LUJI_")}


def _provider(values: Mapping[str, str]) -> Provider | None:
    issuer = values.get("LUJI_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return None
    is_here = urlsplit(issuer).hostname in ("localhost", "127.0.0.1", "::1")
    if not issuer.startswith("https://") and not (is_here and issuer.startswith("http://")):
        raise UnsafeSetting("LUJI_OIDC_ISSUER must start with https://")
    client_id, secret = values.get("LUJI_OIDC_CLIENT_ID"), values.get("LUJI_OIDC_CLIENT_SECRET")
    if not client_id or not secret:
        raise UnsafeSetting("LUJI_OIDC_ISSUER needs LUJI_OIDC_CLIENT_ID and _CLIENT_SECRET")
    pairs = [pair.rpartition("=") for pair in values.get("LUJI_OIDC_ROLES", "").split()]
    roles = {group: role for group, _, role in pairs}
    if not roles or not set(roles.values()) <= set(Role) or not all(roles):
        raise UnsafeSetting(
            "LUJI_OIDC_ROLES must say which group of the provider has which role, such as "
            "green-admins=admin green-desk=verifier"
        )
    return Provider(issuer, client_id, secret, roles)


def _limits_url(text: str) -> str:
    """Where several processes count together; never told, for it may hold a password."""
    parts = urlsplit(text.strip())
    try:
        is_redis = parts.scheme in ("redis", "rediss") and parts.hostname and parts.port != 0
    except ValueError:  # a port that is no number
        is_redis = False
    if text.strip() and not is_redis:
        raise UnsafeSetting("LUJI_LIMITS_URL must be redis://host:port/number or rediss://…")
    return text.strip()


def _mail(values: Mapping[str, str]) -> MailServer | None:
    """The mail server; one that is not on this machine is spoken to encrypted alone."""
    text, sender = values.get("LUJI_SMTP_URL", ""), values.get("LUJI_SMTP_FROM", "").strip()
    if not text:
        return None
    try:
        url = urlsplit(text)
        host, port = url.hostname or "", url.port
    except ValueError:
        host, port = "", None
    if not host or url.scheme not in ("smtp", "smtps") or url.path.strip("/") or url.query:
        raise UnsafeSetting(
            "LUJI_SMTP_URL must be smtps://user:password@host or smtp://user:password@host "
            "(encrypted by STARTTLS), with a port if it is not 465 or 587"
        )
    if not re.fullmatch(r"[^@\s<>,]+@[A-Za-z0-9.-]+", sender):
        raise UnsafeSetting("LUJI_SMTP_URL needs LUJI_SMTP_FROM, the address of who writes")
    if not values.get("LUJI_PUBLIC_URL"):
        raise UnsafeSetting("LUJI_SMTP_URL needs LUJI_PUBLIC_URL: letters lead to the desk")
    is_tls, is_here = url.scheme == "smtps", host in ("localhost", "127.0.0.1", "::1")
    security = "tls" if is_tls else "none" if is_here else "starttls"
    user, password = unquote(url.username or ""), unquote(url.password or "")
    if not (user + password).isascii():
        raise UnsafeSetting("LUJI_SMTP_URL: user and password can have ASCII characters only")
    return MailServer(host, port or (465 if is_tls else 587), security, user, password, sender)


def _is_on(text: str) -> bool:
    return text.strip().lower() in ("1", "true", "yes", "on")


def _number(values: Mapping[str, str], name: str, usual: int, most: int) -> int:
    """A whole number from 1 to `most`. What cannot be read is refused, not guessed at."""
    text = values.get(name, "").strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most):
        raise UnsafeSetting(f"{name} must be a whole number from 1 to {most}, not {text[:40]}")
    return int(text)


def _public_url(url: str) -> str:
    if url and not url.startswith(("https://", "http://")):
        raise UnsafeSetting("LUJI_PUBLIC_URL must start with https:// or http://")
    return url.rstrip("/")


def _proxies(text: str) -> tuple[str, ...]:
    """Addresses, networks and ranges, each one word.

    What cannot be read is refused: the proxy would not be believed, and all its visitors counted as
    one. So is everyone: then each visitor could say who they are.
    """
    words = tuple(re.sub(r"\s*-\s*", "-", text).replace(",", " ").replace(";", " ").split())
    networks = []
    for word in words:
        try:
            networks += read_networks(word)
        except ValueError:
            raise UnsafeSetting(
                f"LUJI_TRUSTED_PROXIES: {word} is no address (127.0.0.1, ::1), network "
                "(10.0.0.0/8) or range (10.0.0.1-10.0.0.9)"
            ) from None
    if is_everyone(networks):
        raise UnsafeSetting(
            "LUJI_TRUSTED_PROXIES names every address there is: anybody could then say who they "
            "are; write only those of your proxies"
        )
    return words


def _basemap(template: str) -> str:
    """The URL template of a hosted basemap, checked.

    Its host must be fixed: only the three numbers may be placeholders.
    """
    if not template:
        return ""
    host = template.split("://", 1)[-1].split("/", 1)[0]
    is_safe = template.startswith(("https://", "http://")) and "{" not in host
    if not is_safe or not all(part in template for part in ("{z}", "{x}", "{y}")):
        raise UnsafeSetting("LUJI_BASEMAP must be https://host/… with {z}, {x} and {y} in its path")
    return template


def _secret(text: str, path: Path) -> bytes:
    if text:
        return _long_enough(text.encode(), "LUJI_SECRET")
    if not path.exists():
        _make_secret(path)
    return _long_enough(path.read_bytes(), str(path))


def _make_secret(path: Path) -> None:
    """Write a new secret (mode 0600) where there is none.

    It is written to another file and linked to its name when complete: a full disk leaves no empty
    secret, and two processes that start at once both use the first one's.
    """
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_hex(SECRET_BYTES).encode())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(aside, path)
    finally:
        Path(aside).unlink()


def _long_enough(secret: bytes, source: str) -> bytes:
    """The secret, refused where it is short: whoever guesses it can sign cookies of their own."""
    if len(secret.strip()) < SECRET_LENGTH:
        raise UnsafeSetting(
            f"{source} must have at least {SECRET_LENGTH} characters; take it from a backup, or "
            "delete it and every browser starts anew"
        )
    return secret
