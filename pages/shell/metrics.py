"""`/metrics`: what this process measures, in Prometheus's form, for the own network alone."""

import re
import time
from collections.abc import Iterable, Sequence
from uuid import uuid4

from prometheus_client import CONTENT_TYPE_LATEST, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from observations.base.errors import StorageError
from observations.base.networks import read_address
from pages.parts import measures
from pages.parts.connections import visitor
from pages.parts.logs import of_request
from pages.parts.runtime import known_now, store
from pages.parts.underway import underway
from pages.shell.paths import STREAMLIT, is_page_path, nothing

FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")
REQUEST_ID, HEXADECIMAL = "X-Request-ID", re.compile("[0-9a-f]{32}")
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")


class State(Collector):
    """What is read when somebody asks: the store, the queue, uploads."""

    def collect(self) -> Iterable[Metric]:
        """The gauges; of a store that does not answer, `luji_store_up` alone."""
        yield GaugeMetricFamily(
            "luji_uploads_under_way", "Photos that are coming in.", underway.count
        )
        try:
            waiting = store().verification.count_waiting()
            since = store().verification.first_waiting_since()
        except StorageError:
            yield GaugeMetricFamily("luji_store_up", "Whether the store answers.", 0)
            return
        yield GaugeMetricFamily("luji_store_up", "Whether the store answers.", 1)
        age = (known_now() - since).total_seconds() if since else 0.0
        yield GaugeMetricFamily("luji_waiting", "Records and actions that wait for staff.", waiting)
        yield GaugeMetricFamily(
            "luji_waiting_oldest_seconds", "For how long the oldest of them has waited.", age
        )
        for name, value in store().connections().items():
            words = "PostgreSQL's connections, as psycopg_pool counts them."
            yield GaugeMetricFamily(f"luji_pool_{name}", words, value)


ProcessCollector(registry=measures.registry)
measures.registry.register(State())


class Measured:
    """Measures requests and open pages; names each request in its answer and in the log."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self._app, self._routes = app, routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            with measures.visits.track_inprogress():
                await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name, status, start = name_of(scope), 500, time.monotonic()

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = name
            await send(message)

        try:
            with of_request(name):
                await self._app(scope, receive, sent)
        finally:
            method = scope["method"] if scope["method"] in METHODS else "other"
            one = measures.requests.labels(method, route_of(scope, self._routes), status)
            one.observe(time.monotonic() - start)


def name_of(scope: Scope) -> str:
    """The proxy's name of a request, 32 hexadecimal digits as nginx's; else a new one."""
    name = Headers(scope=scope).get(REQUEST_ID, "")
    return name if HEXADECIMAL.fullmatch(name) else uuid4().hex


def route_of(scope: Scope, routes: Sequence[BaseRoute]) -> str:
    """What a request asked for, as one of a few names: no stranger makes a new one."""
    for route in routes:
        if isinstance(route, Route) and route.matches(scope)[0] is not Match.NONE:
            return route.path
    path = scope["path"]
    if path.startswith(STREAMLIT):
        return "streamlit"
    return path if is_page_path(path) else "other"


async def metrics(request: Request) -> Response:
    """The figures; 404 to what comes from outside or through a proxy."""
    if not is_inside(request):
        return nothing(request)
    text = await run_in_threadpool(generate_latest, measures.registry)
    return Response(text, headers={"Content-Type": CONTENT_TYPE_LATEST})


def is_inside(request: Request) -> bool:
    """Whether a program of the own network asks, and none for somebody else."""
    came_by = visitor()
    address = read_address(came_by.peer) if came_by else None
    is_near = address is not None and (address.is_private or address.is_loopback)
    return is_near and not any(name in request.headers for name in FORWARDED)


ROUTES = [Route("/metrics", metrics)]
