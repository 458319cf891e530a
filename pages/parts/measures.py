"""What this process measures of itself, in Prometheus's form."""

from prometheus_client import CollectorRegistry, Gauge, Histogram

SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
registry = CollectorRegistry()
requests = Histogram(
    "luji_request_seconds",
    "Seconds from a request to the end of its answer.",
    ("method", "route", "status"),
    registry=registry,
    buckets=SECONDS,
)
reruns = Histogram(
    "luji_rerun_seconds",
    "Seconds in which a page was drawn, after its turn came.",
    ("page",),
    registry=registry,
    buckets=SECONDS,
)
visits = Gauge("luji_open_pages", "Pages that are open in a browser now.", registry=registry)
