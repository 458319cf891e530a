"""Looking up the names of a file on the checklist."""

import re
from collections.abc import Iterable
from functools import lru_cache

from observations.places.grid import SensitiveCategory
from observations.taxa.names import NameStatus
from observations.taxa.store import FurtherName
from observations.taxa.taxon import Group, Taxon

REMEMBERED = 50_000  # a survey repeats thousands of species
# Genus, perhaps a subgenus, species, perhaps a rank and an infraspecific name.
_NAME = re.compile(
    r"^(?P<genus>[A-Z][a-z\u00eb\u00ef-]+)(?: \([A-Z][a-z-]+\))?"
    r"(?: (?:cf\.|aff\.)? ?(?P<species>[a-z\u00eb\u00ef-]{2,}))?"
    r"(?: (?:subsp\.|ssp\.|var\.|f\.)? ?(?P<below>[a-z\u00eb\u00ef-]{3,}))?"
)
_NOT_NAMES = {"sp", "spp", "cf", "aff", "ex", "et", "de", "von", "van", "der", "in"}
_SIGNS = {"\u00d7": "", "\u00a0": " ", "_": " "}
_BY_CLASS = {
    "aves": Group.BIRD,
    "mammalia": Group.MAMMAL,
    "amphibia": Group.AMPHIBIAN,
    "reptilia": Group.REPTILE,
    "actinopterygii": Group.FISH,
    "insecta": Group.INSECT,
    "arachnida": Group.OTHER_INVERTEBRATE,
    "mollusca": Group.OTHER_INVERTEBRATE,
    "plantae": Group.PLANT,
    "fungi": Group.FUNGUS,
}


@lru_cache(REMEMBERED)
def canonical(name: str) -> str | None:
    """A scientific name without author and rank, at most three words; None: not a name."""
    for sign, plain in _SIGNS.items():
        name = name.replace(sign, plain)
    match = _NAME.match(" ".join(name.split()))
    if not match:
        return None
    words = [match["genus"], match["species"], match["below"]]
    parts = []
    for word in words:
        if not word or word in _NOT_NAMES:
            break
        parts.append(word)
    return " ".join(parts)


class Names:
    """The checklist by scientific and by Chinese name, synonyms included.

    An old name of a sensitive species is as sensitive. A name of two taxa stands for the more
    sensitive one.
    """

    def __init__(self, taxa: Iterable[Taxon], further: Iterable[FurtherName] = ()) -> None:
        self._scientific: dict[str, Taxon] = {}
        self._chinese: dict[str, Taxon] = {}
        by_id = {taxon.taxon_id: taxon for taxon in taxa}
        for taxon in by_id.values():
            self._scientific[canonical(taxon.scientific_name) or taxon.scientific_name] = taxon
            self._chinese.setdefault(taxon.vernacular_name, taxon)
        own = set(self._scientific)
        for name in further:
            if name.status == NameStatus.EVERYDAY:
                continue
            taxon = by_id[name.taxon_id]
            latin = canonical(name.name)
            if latin is None:
                self._chinese.setdefault(name.name, taxon)
            elif latin not in own:
                before = self._scientific.get(latin)
                self._scientific[latin] = min(before or taxon, taxon, key=_least_shown)

    def by_scientific(self, name: str) -> Taxon | None:
        """The taxon of a canonical name.

        An infraspecific name gives its species, which may be sensitive.
        """
        words = name.split()
        for count in range(len(words), 0, -1):
            if taxon := self._scientific.get(" ".join(words[:count])):
                return taxon if count > 1 or len(words) == 1 else None
        return None

    def by_chinese(self, name: str) -> Taxon | None:
        """The taxon of a Chinese name."""
        return self._chinese.get(name)


def _least_shown(taxon: Taxon) -> int:
    return taxon.sensitive_category or len(SensitiveCategory) + 1


def group_of_words(*words: str) -> str | None:
    """The checklist's group for a group, class or kingdom in Latin, English or Chinese."""
    for word in words:
        folded = word.strip().casefold()
        if folded in _BY_CLASS:
            return str(_BY_CLASS[folded])
        for group in Group:
            if folded and folded in (str(group), group.word):
                return str(group)
    return None
