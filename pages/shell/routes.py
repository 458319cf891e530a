"""The routes of the site for programs and forms: one module and one line here for each subject."""

from starlette.routing import BaseRoute

from pages.api import (
    boards,
    consent,
    downloading,
    dwca,
    erasing,
    festivals,
    identifications,
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
    teams,
    tiles,
)
from pages.shell import (
    assets,
    basemap,
    festival_papers,
    field,
    field_names,
    ground,
    health,
    language,
    metrics,
    offline,
    oidc,
    printing,
    sitemap,
    staff,
)

MODULES = (
    assets,
    basemap,
    boards,
    consent,
    downloading,
    dwca,
    erasing,
    festival_papers,
    festivals,
    field,
    field_names,
    ground,
    health,
    identifications,
    language,
    me,
    media,
    metrics,
    occurrences,
    offline,
    oidc,
    openapi,
    photos,
    places,
    printing,
    records,
    records_check,
    satisfaction,
    sitemap,
    staff,
    taxa,
    teams,
    tiles,
)


def routes() -> list[BaseRoute]:
    """Every route, in the order of `MODULES`."""
    return [route for module in MODULES for route in module.ROUTES]
