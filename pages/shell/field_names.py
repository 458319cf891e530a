"""The checklist's names for the field recorder: a text a column, smaller than a list of objects."""

import base64
from collections.abc import Iterable, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from observations.taxa.name_list import ListedTaxon
from pages.api.costly import costly
from pages.api.open_data import compact_json, open_answer
from pages.api.operations import JSON
from pages.parts.taxa.checklist import names_for_phones

PATH = "/field/names.json"


@costly
def names(request: Request) -> Response:
    """The names that `/api/v1/taxa/names` has."""
    return open_answer(request, compact_json(columns(names_for_phones())), JSON)


def columns(listed: Sequence[ListedTaxon]) -> dict[str, str]:
    """Each column's values a line each; ids are in base64url, names in a line have bars between."""
    taxa = [one.taxon for one in listed]
    return {
        "ids": _lines(_short(taxon.taxon_id.bytes) for taxon in taxa),
        "chinese": _lines(taxon.vernacular_name for taxon in taxa),
        "latin": _lines(taxon.scientific_name for taxon in taxa),
        "english": _lines(taxon.english_name for taxon in taxa),
        "groups": _lines(taxon.group for taxon in taxa),
        "others": _lines("|".join(map(_plain, one.others)) for one in listed),
        "everyday": _lines("|".join(map(_plain, one.everyday)) for one in listed),
        "spellings": _lines(one.spelling for one in listed),
    }


def _lines(values: Iterable[str]) -> str:
    return "\n".join(value.replace("\n", " ") for value in values)


def _plain(name: str) -> str:
    return name.replace("|", " ")


def _short(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


ROUTES = [Route(PATH, names)]
