"""Who stands at the desk, and whose phone sent what lies on it."""

from uuid import UUID

import pytest

from observations.base.clock import now_utc
from pages.parts import runtime
from tests.support.sightings import phone
from tests.support.site import Site


@pytest.fixture
def device(site: Site) -> UUID:
    """A phone that may record."""
    return phone(runtime.store(), now_utc())


@pytest.fixture
def staff(site: Site) -> Site:
    """The site as a verifier sees it."""
    site.arrive()
    site.sign_in()
    return site
