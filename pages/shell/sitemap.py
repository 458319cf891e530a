"""`/sitemap.xml`: the addresses of public pages for search engines.

Without `lastmod`, which would tell when a record was published, and records by their public ids,
which are random: neither time nor order says when somebody was where.
"""

from collections.abc import Iterator
from urllib.parse import urlencode

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from observations.base.roles import VISIT
from observations.map.exploring import Filters
from pages.api.costly import costly
from pages.parts import site
from pages.parts.runtime import settings, store
from pages.parts.taxa.checklist import found_taxa

MOST_RECORDS = 40_000  # a sitemap holds 50,000 addresses
PERSONAL = ("me", "sighting")  # of these the page without a query says nothing


def addresses() -> Iterator[str]:
    """The path and query of every public page: pages, species, places, discoveries, records."""
    for entry in site.written():
        if entry.action == VISIT and entry.path not in PERSONAL:
            yield site.address(entry, {})
    for taxon_id in sorted(found_taxa()):
        yield f"/species?{urlencode({'taxon': str(taxon_id)})}"
    for place in store().sites.all_sites():
        yield f"/places?{urlencode({'id': place.code})}"
    for record in store().surveys.new_records():
        yield f"/discoveries?{urlencode({'code': record.code})}"
    for sighting in store().map.page(Filters(), None, MOST_RECORDS):
        yield f"/sighting?{urlencode({'id': str(sighting.public_id)})}"


@costly
def sitemap(request: Request) -> Response:
    """The addresses as XML."""
    here = settings().public_url or str(request.base_url).rstrip("/")
    line = Markup("<url><loc>{}</loc></url>\n").format
    lines = Markup("").join(line(escape(f"{here}{address}")) for address in addresses())
    whole = Markup(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{}</urlset>\n'
    ).format(lines)
    return Response(whole, media_type="application/xml")


ROUTES = [Route("/sitemap.xml", sitemap)]
