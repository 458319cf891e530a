"""What maps are told of the ground under them."""

from observations.base.wording import LANGUAGES, translate
from observations.places.ground_file import current
from pages.parts.runtime import settings


def credit(language: str) -> str:
    """Whom every map names: the hosted basemap's makers where there is one, else the ground's."""
    configuration = settings()
    if configuration.basemap:
        return configuration.basemap_attribution
    return translate(current(configuration.home).metadata["attribution"], language)


def credits() -> dict[str, str]:
    """The same by language."""
    return {language: credit(language) for language in LANGUAGES}


def tiles_url() -> str:
    """The address of the ground's tiles, with {z}, {x}, {y}; it changes with them."""
    return f"/ground/{current(settings().home).version}/{{z}}/{{x}}/{{y}}.mvt"


def deepest() -> int:
    """The nearest zoom that has tiles of its own."""
    return current(settings().home).deepest
