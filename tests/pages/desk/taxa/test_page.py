"""The checklist's desk without a browser: who may open it, and what stands there."""

from observations.base.roles import Role
from tests.support.site import Site

PAGE = "desk/taxa/page.py"


def read(site: Site) -> str:
    page = site.open(PAGE)
    assert not page.exception, page.exception[0].message
    return " ".join(element.body for element in page.get("html"))


def test_an_organiser_is_told_how_a_list_is_written(site: Site) -> None:
    site.arrive()
    site.sign_in(Role.ORGANISER)

    assert "名录里现在有 775 个物种" in read(site)
    assert "scientificName" in read(site)


def test_it_speaks_english(site: Site) -> None:
    site.arrive()
    site.sign_in(Role.ADMIN)
    site.speak("en")

    assert "The checklist holds 775 taxa" in read(site)
