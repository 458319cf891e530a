"""Two languages through gettext, without a Streamlit session.

Chinese is the source; English lies in `assets/translations/en/*.po`, one file a subject. They are
compiled in memory at first use, so there is no build step.
"""

import functools
import io
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("zh", "en")
HTML_LANGUAGE = {"zh": "zh-CN", "en": "en"}
FOLDER = Path(__file__).resolve().parents[2] / "assets" / "translations"


def N_(text: str) -> str:  # noqa: N802 - gettext's own name, which the extractor looks for
    """Mark `text` for translation without translating it yet (module level, domain words)."""
    return text


def translate(text: str, language: str) -> str:
    """`text` in `language` ("zh" or "en"); Chinese where the language or the text is unknown."""
    return _translations(language).gettext(text) if text else ""


def read_catalogue(language: str) -> Catalog:
    """All `.po` files of `language` as one catalogue."""
    merged = Catalog(locale=language)
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    merged.add(message.id, message.string, flags=message.flags)
    return merged


@functools.cache
def _translations(language: str) -> NullTranslations:
    if language not in LANGUAGES or language == "zh":
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return GNUTranslations(compiled)
