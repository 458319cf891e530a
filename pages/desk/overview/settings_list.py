"""The settings as this process reads them; what is secret is not shown."""

from urllib.parse import urlsplit

from markupsafe import Markup

from pages.parts import cards
from pages.parts.runtime import settings
from pages.parts.wording import _


def lines() -> Markup:
    """Names and values."""
    now = settings()
    mail = now.mail
    hours, minutes = now.session_length.total_seconds() / 3600, now.idle_length.total_seconds() / 60
    pairs = {
        "LUJI_HOME": str(now.home),
        "LUJI_DATABASE_URL": _place(now.database_url),
        "LUJI_MEDIA_URL": _place(now.media_url),
        "LUJI_SECRET": _("有，不显示"),
        "LUJI_BASEMAP": _place(now.basemap),
        "LUJI_BASEMAP_ATTRIBUTION": now.basemap_attribution,
        "LUJI_MAP_APPROVAL": now.map_approval,
        "LUJI_DEMO": _("是") if now.is_demo else "",
        "LUJI_PUBLIC_URL": _place(now.public_url),
        "LUJI_TRUSTED_PROXIES": " ".join(now.trusted_proxies),
        "LUJI_SESSION_HOURS": f"{hours:g}",
        "LUJI_IDLE_MINUTES": f"{minutes:g}",
        "LUJI_OIDC_ISSUER": _place(now.provider.issuer) if now.provider else "",
        "LUJI_SMTP_URL": _place(f"{mail.security}://{mail.host}:{mail.port}") if mail else "",
        "LUJI_SMTP_FROM": mail.sender if mail else "",
        "LUJI_SECOND_STEP": _("是") if now.requires_second_step else "",
    }
    return cards.facts([(name, value or _("没有设")) for name, value in pairs.items()])


def _place(url: str) -> str:
    """A URL without user, password, query and fragment: keys stand there; and none in its path.

    Of what is on the web the host alone is left, since providers' keys stand in paths too.
    """
    parts = urlsplit(url)
    if parts.scheme in ("file", "duckdb"):
        return f"{parts.scheme}://{parts.path}"
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    path = parts.path if parts.scheme.startswith("postgres") else ""
    return f"{parts.scheme}://{host}{port}{path}" if url else ""
