"""Uploads count while they come."""

from contextlib import ExitStack

import pytest

from observations.base.errors import Refused
from pages.parts import underway
from pages.parts.underway import OF_A_DEVICE, Underway

HERE, THERE = "203.0.113.7", "198.51.100.9"


def test_a_browser_has_a_few_open_and_another_is_not_in_its_way() -> None:
    uploads = Underway()
    with ExitStack() as open_ones:
        for _ in range(OF_A_DEVICE):
            open_ones.enter_context(uploads.one("mine", HERE))
        with pytest.raises(Refused, match="limit.too_many"), uploads.one("mine", THERE):
            pass
        with uploads.one("yours", HERE):
            pass
    with uploads.one("mine", HERE):
        pass


def test_a_network_of_many_browsers_has_so_many_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(underway, "OF_A_NETWORK", 3)
    uploads = Underway()
    with ExitStack() as open_ones:
        for device in range(3):
            open_ones.enter_context(uploads.one(device, HERE))
        with pytest.raises(Refused, match="limit.too_many"), uploads.one(4, HERE):
            pass
        with uploads.one(4, THERE):
            pass


def test_bytes_of_a_network_count_until_their_upload_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(underway, "BYTES_OF_A_NETWORK", 100)
    uploads = Underway()
    with uploads.one(1, HERE) as mine, uploads.one(2, HERE) as yours, uploads.one(3, THERE) as far:
        mine.add(60)
        yours.add(40)
        with pytest.raises(Refused, match="limit.too_many"):
            yours.add(1)
        far.add(100)
    with uploads.one(1, HERE) as mine:
        mine.add(100)
    assert len(uploads) == 0


def test_a_failed_upload_leaves_nothing_behind() -> None:
    uploads = Underway()
    with pytest.raises(RuntimeError), uploads.one(1, HERE) as mine:
        mine.add(60)
        raise RuntimeError
    assert len(uploads) == 0
