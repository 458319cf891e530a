"""The closing count: layers by folder, skips by name, forbidden skips fail."""

from pathlib import Path

import pytest

from tests.support import layers


def report(nodeid: str, outcome: str = "passed", *keywords: str) -> pytest.TestReport:
    longrepr = ("file", 1, "Skipped: no reason") if outcome == "skipped" else None
    return pytest.TestReport(
        nodeid, ("", 0, ""), dict.fromkeys(keywords, 1), outcome, longrepr, "call"
    )


def test_a_test_belongs_to_the_layer_of_its_folder() -> None:
    assert layers.layer_of("tests/observations/taxa/test_search.py::test_x") == "rules"
    assert layers.layer_of("tests/db/test_points.py::test_x[duckdb]") == "storage"
    assert layers.layer_of("tests/test_docs.py::test_x") == "whole-tree"


def test_what_ran_is_counted_by_layer() -> None:
    count = layers.Count()
    count.add(report("tests/db/test_a.py::test_x"))
    count.add(report("tests/db/test_a.py::test_y", "failed"))

    assert "storage 2" in count.lines()[0]


def test_a_skip_without_the_marker_is_forbidden() -> None:
    count = layers.Count()
    count.add(report("tests/db/test_a.py::test_x", "skipped"))

    assert count.forbidden == ["tests/db/test_a.py::test_x"]
    assert "skipped: tests/db/test_a.py::test_x (no reason)" in count.lines()


@pytest.mark.parametrize(("exists", "forbidden"), [(True, 1), (False, 0)])
def test_a_skip_for_want_of_the_shared_folder_is_allowed_only_without_it(
    exists: bool, forbidden: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layers, "SHARED", tmp_path if exists else tmp_path / "absent")
    count = layers.Count()
    count.add(report("tests/db/test_a.py::test_x", "skipped", "needs_shared"))

    assert len(count.forbidden) == forbidden


def test_a_module_skipped_while_collected_is_named_once_though_every_process_says_it() -> None:
    count = layers.Count()
    for _process in range(2):
        count.add_module(
            pytest.CollectReport("tests/db/test_a.py", "skipped", ("file", 1, "x"), [])
        )

    assert count.forbidden == ["tests/db/test_a.py"]


class Item:
    """The fields of a test that the order reads."""

    def __init__(self, nodeid: str, *fixturenames: str) -> None:
        self.nodeid = nodeid
        self.fixturenames = fixturenames


def test_fast_layers_come_first_and_browsers_last() -> None:
    names = ["tests/browser/b.py::x", "tests/pages/p.py::x", "tests/db/d.py::x"]
    items = [Item("tests/db/with.py::x", "playwright"), *map(Item, names)]
    items += [Item("tests/observations/o.py::x"), Item("tests/test_docs.py::x")]
    layers.pytest_collection_modifyitems(items)  # type: ignore[arg-type]

    ordered = [item.nodeid.removeprefix("tests/").split("/")[0] for item in items]
    assert ordered == ["test_docs.py::x", "observations", "db", "pages", "browser", "db"]
