"""A protected or invasive species that waits stands in a line above the desk."""

from observations.base.clock import now_utc
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from pages.parts import runtime
from tests.support.sightings import phone, record, said
from tests.support.site import Site

PAGE = "desk/verify/page.py"


def test_what_is_protected_or_invasive_stands_above_the_desk_until_it_is_decided(
    site: Site,
) -> None:
    store = runtime.store()
    device_id = phone(store, now_utc())
    record(store, device_id, now_utc())
    site.sign_in()
    assert "先看" not in read(site.open(PAGE))
    pheasant = record(store, device_id, now_utc(), taxon_id=str(taxon_id_of("Syrmaticus ellioti")))
    text = read(site.open(PAGE))
    assert "先看" in text and "白颈长尾雉（国家一级保护）" in text
    assert f'href="/verify?id={pheasant}"' in text
    said(store, pheasant, Verdict.ACCEPT)
    assert "先看" not in read(site.open(PAGE))


def read(page) -> str:
    assert not page.exception, page.exception[0].message
    return " ".join(element.body for element in page.get("html"))
