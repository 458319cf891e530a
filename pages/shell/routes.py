"""The routes of the site for programs and forms: one module and one line here for each subject."""

from starlette.routing import BaseRoute

from pages.api import (
    boards,
    consent,
    dwca,
    erasing,
    me,
    media,
    occurrences,
    openapi,
    photos,
    places,
    records,
    records_check,
    satisfaction,
    taxa,
    tiles,
)
from pages.shell import assets, basemap, health, language, printing, staff

MODULES = (
    assets,
    basemap,
    boards,
    consent,
    dwca,
    erasing,
    health,
    language,
    me,
    media,
    occurrences,
    openapi,
    photos,
    places,
    printing,
    records,
    records_check,
    satisfaction,
    staff,
    taxa,
    tiles,
)


def routes() -> list[BaseRoute]:
    """Every route, in the order of `MODULES`."""
    return [route for module in MODULES for route in module.ROUTES]
