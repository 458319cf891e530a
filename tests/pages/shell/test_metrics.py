"""`/metrics`: figures for Prometheus, for programs of the own network and nobody else."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.browser.server import Server
from tests.pages.api.phone import Phone
from tests.support.visits import visit
from tests.support.waits import eventually

FIGURE = re.compile(r"^(\w+(?:{.*})?) ([\d.e+-]+)$", re.M)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("metrics") / "home").start()
    yield server
    server.stop()


def figures(server: Server) -> dict[str, float]:
    answer = requests.get(f"{server.url}/metrics", timeout=30)
    assert answer.status_code == 200
    return {name: float(value) for name, value in FIGURE.findall(answer.text)}


def test_requests_pages_and_the_queue_are_counted(server: Server) -> None:
    phone = Phone(server.url)
    assert phone.record().status_code == 201
    assert phone.record(name="x" * 5000).status_code == 422
    for path in ("/wp-login.php", "/.env", f"/{'a' * 40}", "/map"):
        phone.get(path, headers={"Accept": "text/html"})
    with visit(server.url) as visitor:
        visitor.open_page("about")
        assert figures(server)["luji_open_pages"] == 1
    eventually(lambda: figures(server)["luji_open_pages"] == 0)
    now = figures(server)

    def count(method: str, route: str, status: int) -> float:
        return now[
            f'luji_request_seconds_count{{method="{method}",route="{route}",status="{status}"}}'
        ]

    assert count("POST", "/api/v1/records", 201) == count("POST", "/api/v1/records", 422) == 1
    assert count("GET", "other", 404) == 3
    assert count("GET", "/map", 200) == 1
    assert now['luji_rerun_seconds_count{page="about"}'] >= 1
    assert (now["luji_store_up"], now["luji_waiting"]) == (1, 1)
    assert 0 <= now["luji_waiting_oldest_seconds"] < 600
    assert now["luji_uploads_under_way"] == 0
    assert now["process_resident_memory_bytes"] > 1e7


@pytest.mark.parametrize(
    "header", [{"X-Forwarded-For": "10.0.0.1"}, {"Forwarded": "for=127.0.0.1"}, {"X-Real-IP": ""}]
)
def test_who_comes_through_a_proxy_or_from_outside_finds_nothing(
    server: Server, header: dict[str, str]
) -> None:
    answer = requests.get(f"{server.url}/metrics", headers=header, timeout=30)
    assert answer.status_code == 404
    assert "luji" not in answer.text


def test_what_the_alerts_and_the_dashboard_ask_for_is_measured(server: Server) -> None:
    Phone(server.url)
    measured = {re.sub(r"{.*", "", name) for name in figures(server)}
    measured |= {"luji_rerun_seconds_bucket", "luji_rerun_seconds_count"}  # once a page is drawn
    measured |= {"luji_pool_pool_size", "luji_pool_requests_waiting"}  # on PostgreSQL
    for file in ("alerts.yml", "grafana.json"):
        text = (Path(__file__).parents[3] / "deploy" / file).read_text()
        assert set(re.findall(r"\b(?:luji|process)_[a-z_]+", text)) - measured == set()


def test_a_request_has_one_name_in_its_answer_and_in_the_log(server: Server) -> None:
    phone = Phone(server.url)
    name = "0123456789abcdef" * 2
    given = phone.get("/healthz", headers={"X-Request-ID": name}).headers["X-Request-ID"]
    assert given == name
    for odd in ("", "short", "x" * 32, f"{name}\u00e9", name * 500):
        answer = phone.get("/healthz", headers={"X-Request-ID": odd.encode("latin-1")})
        assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-ID"])
    refused = phone.record(name="x" * 5000)
    lines = [line for line in server.log().splitlines() if '"request.refused"' in line]
    assert json.loads(lines[-1])["request"] == refused.headers["X-Request-ID"]
