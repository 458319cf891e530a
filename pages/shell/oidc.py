"""`/staff/oidc`: signing in at the bureau's provider (OpenID Connect, code flow with PKCE).

What must come back unchanged waits in a signed cookie for ten minutes; the answer's token is
checked by its signature, issuer, audience, time and nonce. Nothing of the provider is kept but who
somebody is there.
"""

import secrets
import time
from collections import OrderedDict
from functools import lru_cache
from typing import Any

import requests
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from itsdangerous import BadSignature, URLSafeTimedSerializer
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from observations.base.errors import Refused, StorageError
from observations.base.settings import Provider
from observations.people.provider import Identity, role_of, sign_in_by_provider
from pages.parts.limits import allow, network_of
from pages.parts.logs import event, warn
from pages.parts.runtime import known_now, settings, store
from pages.parts.session import device_of, lasting
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language, sentence
from pages.shell.staff import LONGEST_WAY, sign_in_form, signed_in

COOKIE = "luji_oidc"
WAITS_S = 600
PATIENCE_S = 10
CLOCK_DIFFERS_S = 30
MOST_STATES = 10_000
DISCOVERY = "/.well-known/openid-configuration"
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
_used: OrderedDict[str, float] = OrderedDict()  # states that have come back


async def leave(request: Request) -> Response:
    """A redirect to the provider."""
    return await run_in_threadpool(_leave, request)


def _leave(request: Request) -> Response:
    provider, way_back = settings().provider, request.query_params.get("next", "")[:LONGEST_WAY]
    if provider is None:
        return RedirectResponse("/staff/login", 303)
    waiting = {name: secrets.token_urlsafe(32) for name in ("nonce", "verifier")}
    try:
        with _session(request, provider) as session:
            address, state = session.create_authorization_url(
                _found(provider.issuer, _hour())["authorization_endpoint"],
                nonce=waiting["nonce"],
                code_verifier=waiting["verifier"],
            )
    except (requests.RequestException, KeyError, ValueError) as error:
        warn("oidc.unreachable", reason=str(error)[:200])
        return _refused(request, Refused("staff.provider_away"), way_back)
    response = RedirectResponse(address, 303)
    ticket = _tickets().dumps({**waiting, "state": state, "next": way_back})
    response.set_cookie(
        COOKIE, str(ticket), max_age=WAITS_S, httponly=True, samesite="lax", path="/staff/oidc"
    )
    return response


async def come_back(request: Request) -> Response:
    """A redirect to where one was, with the cookie of a session; or the form with the error."""
    return await run_in_threadpool(_come_back, request)


def _come_back(request: Request) -> Response:
    way_back = ""
    if settings().provider is None:
        return RedirectResponse("/staff/login", 303)
    try:
        allow("sign_in", device_of(request.cookies), network_of(request))
        waiting = _waiting(request)
        way_back = waiting["next"]
        identity = _identity(request, waiting)
        device_id = device_of(request.cookies)
        token = sign_in_by_provider(store(), identity, device_id, known_now(), lasting())
    except Refused as refused:
        return _refused(request, refused, way_back)
    except StorageError:
        return _refused(request, Refused("storage.unavailable"), way_back)
    event("staff.signed_in")
    response = signed_in(request, token, "", way_back)
    response.delete_cookie(COOKIE, path="/staff/oidc")
    return response


def _waiting(request: Request) -> dict[str, str]:
    """What this browser left with. Raises `Refused("staff.oidc_refused")` for anything else."""
    try:
        waiting = _tickets().loads(request.cookies.get(COOKIE, ""), max_age=WAITS_S)
    except BadSignature:
        raise Refused("staff.oidc_refused") from None
    state = request.query_params.get("state", "")
    if not secrets.compare_digest(waiting["state"].encode(), state.encode()) or state in _used:
        raise Refused("staff.oidc_refused")
    _used[state] = time.monotonic()
    while len(_used) > MOST_STATES:
        _used.popitem(last=False)
    return dict(waiting)


def _identity(request: Request, waiting: dict[str, str]) -> Identity:
    """Who the provider says it is.

    Raises `Refused`: `staff.oidc_refused`, `staff.provider_away`, `staff.no_role`.
    """
    provider = settings().provider
    assert provider is not None
    try:
        claims = _claims(request, provider, waiting)
    except (OAuthError, JoseError, KeyError, ValueError) as error:
        warn("oidc.refused", reason=str(error)[:200])
        raise Refused("staff.oidc_refused") from None
    except requests.RequestException as error:
        warn("oidc.unreachable", reason=str(error)[:200])
        raise Refused("staff.provider_away") from None
    groups = [*_words(claims.get("groups")), *_words(claims.get("roles"))]
    subject = str(claims["sub"])
    name = str(claims.get("preferred_username") or claims.get("name") or subject)
    return Identity(provider.issuer, subject, name, role_of(groups, provider.roles))


def _claims(request: Request, provider: Provider, waiting: dict[str, str]) -> dict[str, Any]:
    addresses = _found(provider.issuer, _hour())
    with _session(request, provider) as session:
        answer = session.fetch_token(
            addresses["token_endpoint"],
            code=request.query_params.get("code", ""),
            code_verifier=waiting["verifier"],
            timeout=PATIENCE_S,
        )
    jwks: Any = _json(addresses["jwks_uri"])
    keys = KeySet.import_key_set(jwks)
    token = jwt.decode(str(answer["id_token"]), keys, algorithms=ALGORITHMS)
    jwt.JWTClaimsRegistry(
        leeway=CLOCK_DIFFERS_S,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": waiting["nonce"]},
    ).validate(token.claims)
    if token.claims.get("azp", provider.client_id) != provider.client_id:
        raise ValueError("the token is for another program")
    return token.claims


def _words(claim: object) -> list[str]:
    """The groups in a claim: a list, or words with blanks between."""
    if isinstance(claim, str):
        return claim.split()
    return [str(one) for one in claim] if isinstance(claim, list) else []


def _session(request: Request, provider: Provider) -> OAuth2Session:
    base = settings().public_url or str(request.base_url).rstrip("/")
    return OAuth2Session(
        provider.client_id,
        provider.client_secret,
        scope="openid profile",
        redirect_uri=f"{base}/staff/oidc/back",
        code_challenge_method="S256",
    )


@lru_cache(4)
def _found(issuer: str, hour: int) -> dict[str, str]:
    """The provider's addresses, asked for once an hour. May raise `ValueError`."""
    found = _json(issuer + DISCOVERY)
    if str(found.get("issuer", "")).rstrip("/") != issuer:
        raise ValueError("the provider calls itself by another name")
    return found


def _hour() -> int:
    return int(time.monotonic() // 3600)


def _json(address: str) -> dict[str, Any]:
    answer = requests.get(address, timeout=PATIENCE_S)
    answer.raise_for_status()
    return dict(answer.json())


def _tickets() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().secret, salt="oidc")


def _refused(request: Request, refused: Refused, way_back: str) -> Response:
    language = chosen_language(request.cookies.get(LANGUAGE_COOKIE))
    status = 503 if refused.code in ("storage.unavailable", "staff.provider_away") else 401
    response = sign_in_form(request, sentence(refused, language), status, way_back=way_back)
    response.delete_cookie(COOKIE, path="/staff/oidc")
    return response


ROUTES = [
    Route("/staff/oidc", leave, methods=["GET"]),
    Route("/staff/oidc/back", come_back, methods=["GET"]),
]
