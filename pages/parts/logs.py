"""Structured logs: one JSON line an event on standard error, without personal data.

No device, no address, no nickname, no note, no place goes into an event. Where it cannot be written
(a log file on a full disk) it is lost: no request fails for it.
"""

import logging
import sys
from contextlib import AbstractContextManager, suppress

import structlog

_log = structlog.get_logger()


def configure() -> None:
    """Every event as one JSON line with its time in UTC."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )


def of_request(name: str) -> AbstractContextManager[None]:
    """Every event in the block, also on threads that it starts, has this `request`."""
    return structlog.contextvars.bound_contextvars(request=name)


def event(name: str, **values: object) -> None:
    """Log one event; `name` is dotted, `values` hold nothing about a person."""
    with suppress(OSError):
        _log.info(name, **values)


def warn(name: str, **values: object) -> None:
    """Log one event that somebody should look into; otherwise as `event`."""
    with suppress(OSError):
        _log.warning(name, **values)


def fail(name: str, **values: object) -> None:
    """Log one event about something that does not work; otherwise as `event`."""
    with suppress(OSError):
        _log.error(name, **values)
