"""Poster, certificates and report of a festival, as an organiser prints them."""

import re
from uuid import UUID

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from observations.base.roles import Role
from pages.parts import runtime
from pages.shell import festival_papers
from tests.support.festival_days import filled, made
from tests.support.site import Site

PAGE = re.compile(rb"/Type /Page\n")
LARGEST = 300_000  # bytes: a paper carries its letters, not the font


def papers(site: Site, festival_id: UUID, *names: str) -> dict[str, bytes]:
    client = TestClient(Starlette(routes=festival_papers.ROUTES), cookies=site.cookies)
    answers = {}
    for name in names:
        answer = client.get(f"/staff/festivals/{festival_id}/{name}.pdf")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        assert answer.content.startswith(b"%PDF-") and len(answer.content) < LARGEST
        answers[name] = answer.content
    return answers


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_festival_has_its_papers_empty_and_full(site: Site, language: str) -> None:
    site.arrive()
    site.sign_in(Role.ORGANISER)
    site.speak(language)
    festival = made(runtime.store())
    names = ("poster", "certificates", "report")
    empty = papers(site, festival.festival_id, *names)
    assert [len(PAGE.findall(empty[name])) for name in names] == [1, 1, 1]
    filled(runtime.store(), festival)
    full = papers(site, festival.festival_id, *names)
    # of two teams with something confirmed one certificate each, and one each for a person's name
    assert len(PAGE.findall(full["certificates"])) == 4
    assert len(full["report"]) > len(empty["report"])
