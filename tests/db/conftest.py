"""What tests of storage share beside the stores: a PostgreSQL that is full."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.support.filled import fill

if TYPE_CHECKING:
    from tests.support.postgres import PostgreSQL


@pytest.fixture(scope="session")
def full_postgresql_url(postgres: "PostgreSQL", postgres_template: str) -> Iterator[str]:
    """A migrated database whose growing tables are long; its rows break the invariants."""
    url = postgres.database_url(postgres_template)
    fill(url)
    yield url
    postgres.drop(url)
