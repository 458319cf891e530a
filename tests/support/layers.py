"""The order of the tests, fast layers first, and the closing count with skipped tests.

A test may be skipped for three reasons only: it is marked `needs_shared` and the folder that
LUJI_TEST_SHARED names is absent; it needs a small disk of its own and may not mount one; or it
needs nginx and the machine has none. Any other skip fails the run: it would prove nothing.
"""

import os
from collections import Counter
from pathlib import Path

import pytest

from tests.support.memory import memory_folder

ROOT = Path(__file__).resolve().parents[2]
LAYERS = {
    "tests/assets/": "scripts",
    "tests/observations/": "rules",
    "tests/db/": "storage",
    "tests/pages/": "pages",
    "tests/browser/": "browser",
}
WHOLE_TREE = "whole-tree"
NO_DISK = "no_small_disk: mounting a tmpfs is not allowed here"
NO_NGINX = "no_nginx: the machine has none, and none could be installed"
NO_REDIS = "no_redis: the machine has none, and none could be installed"
ABSENT = "needs_shared: the folder of LUJI_TEST_SHARED is absent"


def _shared_folder() -> Path:
    """The folder of the files that are not in the repository, from the project's root."""
    return (ROOT / os.environ.get("LUJI_TEST_SHARED", "../shared")).resolve()


SHARED = _shared_folder()


def layer_of(nodeid: str) -> str:
    """The layer of a test, by its folder."""
    for folder, layer in LAYERS.items():
        if nodeid.startswith(folder):
            return layer
    return WHOLE_TREE


class Count:
    """The tests that ran and those that were skipped."""

    def __init__(self) -> None:
        self.ran: Counter[str] = Counter()
        self.skipped: dict[str, str] = {}
        self.forbidden: list[str] = []

    def add(self, report: pytest.TestReport) -> None:
        """Count one phase of one test."""
        if report.skipped:
            self.skipped[report.nodeid] = _reason_of(report)
            why = self.skipped[report.nodeid]
            is_machine = any(each in why for each in (NO_DISK, NO_NGINX, NO_REDIS))
            if not is_machine and ("needs_shared" not in report.keywords or SHARED.is_dir()):
                self.forbidden.append(report.nodeid)
        elif report.when == "call":
            self.ran[layer_of(report.nodeid)] += 1

    def add_module(self, report: pytest.CollectReport) -> None:
        """Count the collection of a module; every process of a run reports it."""
        if report.skipped and report.nodeid not in self.skipped:
            self.skipped[report.nodeid] = "skipped while it was collected"
            self.forbidden.append(report.nodeid)

    def lines(self) -> list[str]:
        """The closing lines."""
        order = [*LAYERS.values(), WHOLE_TREE]
        lines = ["tests run: " + " · ".join(f"{name} {self.ran[name]}" for name in order)]
        lines += [f"skipped: {name} ({reason})" for name, reason in self.skipped.items()]
        lines += [f"not allowed to be skipped: {name}" for name in self.forbidden]
        return lines


count = Count()


def pytest_configure() -> None:
    """Put temporary folders into memory where there is room, unless the caller chose a place."""
    memory = memory_folder()
    if memory:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort tests by layer; those that drive a browser come last.

    Once Playwright runs, its event loop keeps other tests from starting theirs.
    """
    order = [WHOLE_TREE, *LAYERS.values()]
    items.sort(
        key=lambda item: (
            "playwright" in getattr(item, "fixturenames", ()),
            order.index(layer_of(item.nodeid)),
        )
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip tests that need an absent folder."""
    if item.get_closest_marker("needs_shared") and not SHARED.is_dir():
        pytest.skip(ABSENT)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count a test."""
    count.add(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Count a module that was skipped on import, which is never allowed."""
    count.add_module(report)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run after a skip that is not allowed."""
    if count.forbidden and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the count."""
    for line in count.lines():
        terminalreporter.write_line(line)


def _reason_of(report: pytest.TestReport) -> str:
    if isinstance(report.longrepr, tuple):
        return str(report.longrepr[2]).removeprefix("Skipped: ")
    return "no reason given"
