"""What all tests can share is made once, by whichever process comes first."""

from pathlib import Path

import pytest

from tests.support.once import made_once, shared_folder


def test_only_the_first_who_asks_makes_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    paths: list[Path] = []

    def make(path: Path) -> None:
        paths.append(path)
        path.write_text("made")

    name = f"once-{tmp_path_factory.mktemp('own').name}"
    first = made_once(tmp_path_factory, name, make)

    assert made_once(tmp_path_factory, name, make) == first
    assert (len(paths), first.read_text()) == (1, "made")


def test_what_could_not_be_made_is_made_by_the_next(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    def fail(path: Path) -> None:
        raise OSError(path)

    name = f"again-{tmp_path_factory.mktemp('own').name}"
    with pytest.raises(OSError, match=name):
        made_once(tmp_path_factory, name, fail)

    assert made_once(tmp_path_factory, name, Path.touch).exists()


def test_processes_of_a_run_share_a_folder(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path_factory.getbasetemp()
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    assert shared_folder(tmp_path_factory) == own
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw1")

    assert shared_folder(tmp_path_factory) == own.parent
