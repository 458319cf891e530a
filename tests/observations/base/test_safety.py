"""What production refuses to start with."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from observations.base.safety import why_unsafe
from observations.base.settings import Settings

Make = Callable[..., Settings]


@dataclass
class Counts:
    staff: int = 0
    observers: int = 0

    def count_demo_staff(self) -> int:
        return self.staff

    def count_demo_observers(self) -> int:
        return self.observers


@dataclass
class FakeStore:
    people: Counts = field(default_factory=Counts)


def test_a_clean_store_behind_https_is_safe(settings: Make) -> None:
    assert why_unsafe(settings(public_url="https://luji.example"), FakeStore()) is None


@pytest.mark.parametrize("counts", [Counts(staff=1), Counts(observers=1)])
def test_demo_data_never_serves_the_public(settings: Make, counts: Counts) -> None:
    assert "demo" in (why_unsafe(settings(), FakeStore(counts)) or "")


def test_the_public_is_not_served_over_plain_http(settings: Make) -> None:
    assert "https" in (why_unsafe(settings(public_url="http://luji.example"), FakeStore()) or "")
    assert why_unsafe(settings(public_url="http://localhost:8501"), FakeStore()) is None


def test_a_secret_that_others_can_read_is_refused(settings: Make) -> None:
    given = settings()
    (given.home / "secret").chmod(0o644)
    assert "chmod 600" in (why_unsafe(given, FakeStore()) or "")


def test_a_data_folder_that_everyone_can_write_is_refused(settings: Make) -> None:
    given = settings()
    given.home.chmod(0o777)
    assert "LUJI_HOME" in (why_unsafe(given, FakeStore()) or "")
