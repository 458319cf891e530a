"""What a row's names say: the taxon on the checklist, or the rank that is certain.

Both names of a row are looked up. Where they contradict each other the row has a problem; where one
of them is, or nearly is, a sensitive name, the row is as sensitive.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from observations.exchange.chinese_name import Chinese, chinese_names
from observations.exchange.scientific_name import Written, han_in, written
from observations.exchange.sensitive_names import MOST_SLIPS, SensitiveNames, slips
from observations.exchange.survey_file.problems import RowProblem
from observations.exchange.survey_file.words import folded, is_one_of, words
from observations.places.grid import SensitiveCategory
from observations.taxa.names import NameStatus
from observations.taxa.store import FurtherName
from observations.taxa.taxon import Group, Taxon
from observations.taxa.typed_name import fold

REMEMBERED = 50_000  # a survey repeats thousands of species
GENUS, FAMILY = -2, -3  # places in a taxon's lineage
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


@dataclass(frozen=True, slots=True)
class Determination:
    """What a row's names say.

    `scientific_name` is of the rank that is certain, without author; `verbatim_name` the names as
    given where that is another, else "": `vernacular_name` is then empty, if they are in doubt.
    `category` is the strictest of the sensitive names that the row's names are or resemble, besides
    its taxon's own.
    """

    taxon: Taxon | None
    scientific_name: str
    vernacular_name: str
    verbatim_name: str = ""
    category: int | None = None
    group: Group | None = None


def canonical(name: str) -> str | None:
    """A scientific name without author and rank, as far as it is certain; None: not a name."""
    reading = written(name)
    return None if reading is None or reading.provisional else reading.name or None


class Names:
    """The checklist by scientific and by Chinese name, synonyms included.

    An old name of a sensitive species is as sensitive. A name of two taxa stands for the more
    sensitive one.
    """

    def __init__(self, taxa: Iterable[Taxon], further: Iterable[FurtherName] = ()) -> None:
        listed, further = list(taxa), list(further)
        self._scientific: dict[str, Taxon] = {}
        self._chinese: dict[str, list[Taxon]] = defaultdict(list)
        self._english: dict[str, list[Taxon]] = defaultdict(list)
        self._latin: dict[Taxon, list[str]] = defaultdict(list)
        self._sensitive = SensitiveNames(listed, further)
        self._lineages: dict[str, tuple[str, ...]] = {}
        self._groups = {taxon.genus: taxon.group for taxon in listed}
        for taxon in listed:
            self._take(taxon)
        self._take_further({taxon.taxon_id: taxon for taxon in listed}, further)
        self.determine = lru_cache(REMEMBERED)(self._determine)

    def _take(self, taxon: Taxon) -> None:
        name = canonical(taxon.scientific_name) or taxon.scientific_name
        self._scientific[name] = taxon
        self._latin[taxon].append(name)
        self._chinese[_han(taxon.vernacular_name)].append(taxon)
        if taxon.english_name:
            self._english[fold(taxon.english_name)].append(taxon)
        lineage = taxon.lineage
        for place in range(1, len(lineage) - 1):
            if lineage[place]:
                self._lineages.setdefault(lineage[place], lineage[: place + 1])

    def _take_further(self, by_id: dict[object, Taxon], further: Sequence[FurtherName]) -> None:
        own = set(self._scientific)
        for name in further:
            if name.status == NameStatus.EVERYDAY:
                continue
            taxon = by_id[name.taxon_id]
            latin = canonical(name.name)
            if latin is None:
                self._chinese[_han(name.name)].append(taxon)
            elif latin not in own:
                before = self._scientific.get(latin)
                self._scientific[latin] = min(before or taxon, taxon, key=_least_shown)
                self._latin[taxon].append(latin)

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
        return next(iter(self._chinese.get(_han(name), ())), None)

    def nearest_category(self, *texts: str) -> int | None:
        """The strictest category of the sensitive names that any name in these texts is like."""
        categories: set[int | None] = set()
        for text in texts:
            latin = written(text) if text else None
            categories |= set(self._of_names(latin, latin.sure)) if latin and latin.sure else set()
            categories |= {self._sensitive.of_chinese(name) for name in chinese_names(text).names}
        return min((one for one in categories if one), default=None)

    def _determine(
        self, scientific: str, vernacular: str, qualifier: str = "", lineage: tuple[str, ...] = ()
    ) -> Determination:
        """What the cells of a row say.

        `qualifier` is Darwin Core's identificationQualifier; `lineage` the names of higher ranks,
        the lowest first. Raises `RowProblem`: `no_name`, `name_unreadable`, `name_in_doubt`,
        `names_differ`.
        """
        if self._is_swapped(scientific, vernacular):
            scientific, vernacular = vernacular, scientific
        latin = self._latin_of(scientific)
        chinese = chinese_names(vernacular)
        beside = chinese_names(han_in(scientific))
        chinese = Chinese(
            tuple(dict.fromkeys(chinese.names + beside.names)),
            chinese.is_doubtful or beside.is_doubtful,
        )
        others = self._others(chinese, vernacular)
        as_given = " ".join(part for part in (scientific, qualifier, vernacular) if part)
        if latin is None:
            return self._by_chinese_alone(chinese, others, vernacular, as_given)
        sure = _weaker(latin.sure, qualifier)
        if chinese.is_doubtful and sure == latin.sure and not latin.is_doubtful:
            sure = sure[:1] if len(sure) > 1 else sure
        is_doubtful = latin.is_doubtful or sure != latin.sure
        if not sure:
            sure = self._above(latin, lineage, scientific)
        taxon = self.by_scientific(" ".join(sure))
        if not is_doubtful:
            self._refuse_contradiction(taxon, sure, others, scientific, vernacular)
        is_slip = taxon is None and not is_doubtful and len(sure) > 1
        taxon = self._nearly(sure, others) if is_slip else taxon
        is_as_given = not is_doubtful and not (is_slip and taxon)
        return Determination(
            taxon,
            " ".join(sure),
            "" if is_doubtful else vernacular,
            "" if is_as_given else as_given,
            self._category(latin, sure, taxon, chinese, (scientific, vernacular)),
            taxon.group if taxon else self._groups.get(sure[0]),
        )

    def _is_swapped(self, scientific: str, vernacular: str) -> bool:
        """Whether a name in English or Chinese stands where the scientific one belongs."""
        if not vernacular:
            return bool(self._english_of(scientific))
        return written(scientific) is None and written(vernacular) is not None

    def _latin_of(self, scientific: str) -> Written | None:
        """The reading of a scientific name; None where there is none, or Chinese in its place."""
        latin = written(scientific) if scientific else None
        if latin is None:
            if scientific and not han_in(scientific):
                raise RowProblem("name_unreadable", value=scientific[:80])
            return None
        if latin.titled and self.by_scientific(" ".join(latin.titled)):
            return replace(latin, sure=latin.titled, mentioned=(latin.titled,))
        if latin.provisional and not self._is_known(latin.mentioned[0]):
            raise RowProblem("name_unreadable", value=scientific[:80])
        return latin

    def _is_known(self, name: Sequence[str]) -> bool:
        is_listed = self.by_scientific(" ".join(name)) is not None
        return is_listed or (len(name) == 1 and name[0] in self._lineages)

    def _others(self, chinese: Chinese, vernacular: str) -> list[Taxon]:
        """The taxa that the vernacular names are those of."""
        if chinese.names:
            return [taxon for name in chinese.names for taxon in self._chinese.get(name, ())]
        latin = written(vernacular) if vernacular else None
        taxon = self.by_scientific(latin.name) if latin else None
        return [taxon] if taxon else self._english_of(vernacular)

    def _english_of(self, name: str) -> list[Taxon]:
        folded_name = fold(name)
        singular = folded_name.removesuffix("s")
        return self._english.get(folded_name) or self._english.get(singular) or []

    def _by_chinese_alone(
        self, chinese: Chinese, others: Sequence[Taxon], vernacular: str, as_given: str
    ) -> Determination:
        if not others:
            raise RowProblem("no_name", value=vernacular or as_given or "\u2013")
        if not chinese.is_doubtful:
            taxon = others[0]
            is_own = _han(taxon.vernacular_name) in chinese.names
            more = [one.sensitive_category for one in others if one.sensitive_category]
            category = None if is_own else min(more, default=None)
            name = vernacular or as_given
            return Determination(taxon, taxon.scientific_name, name, "", category, taxon.group)
        sure = _common([taxon.lineage[:-1] for taxon in others])
        if not sure:
            raise RowProblem("name_in_doubt", value=as_given[:80])
        categories = [one.sensitive_category for one in others if one.sensitive_category]
        categories += filter(None, (self._sensitive.of_chinese(name) for name in chinese.names))
        is_one_group = len({taxon.group for taxon in others}) == 1
        group = others[0].group if is_one_group else None
        strictest = min(categories, default=None)
        return Determination(None, sure, "", as_given, strictest, group)

    def _above(self, latin: Written, lineage: tuple[str, ...], scientific: str) -> tuple[str, ...]:
        """The name of the rank above the genus that is certain."""
        genera = {name[0] for name in latin.mentioned}
        lineages = [self._lineages.get(genus, ()) for genus in genera]
        known = _common([one[:-1] for one in lineages]) if all(lineages) else ""
        above = known or next((name for name in lineage if name), "")
        if not above:
            raise RowProblem("name_in_doubt", value=scientific[:80])
        return (above,)

    def _refuse_contradiction(
        self,
        taxon: Taxon | None,
        sure: Sequence[str],
        others: Sequence[Taxon],
        scientific: str,
        vernacular: str,
    ) -> None:
        if not others:
            return
        if taxon is not None:
            species = taxon.scientific_name.split()[:2]
            is_one = any(one.scientific_name.split()[:2] == species for one in others)
        else:
            is_higher = len(sure) == 1 and sure[0] in self._lineages
            is_one = not is_higher or any(sure[0] in one.lineage for one in others)
        if not is_one:
            raise RowProblem("names_differ", value=scientific[:80], other=vernacular[:80])

    def _nearly(self, sure: Sequence[str], others: Sequence[Taxon]) -> Taxon | None:
        """The taxon of the vernacular name, where the scientific one is its own with a slip."""
        name = " ".join(sure[:2])
        for taxon in others:
            if any(slips(name, one) <= MOST_SLIPS for one in self._latin[taxon]):
                return taxon
        return None

    def _category(
        self,
        latin: Written,
        sure: Sequence[str],
        taxon: Taxon | None,
        chinese: Chinese,
        texts: tuple[str, str],
    ) -> int | None:
        if taxon is not None and not latin.is_doubtful and len(latin.mentioned) == 1:
            return None
        categories = set(self._of_names(latin, sure))
        categories |= {self._sensitive.of_chinese(name) for name in chinese.names}
        categories |= {self._sensitive.of_english(text) for text in texts if text}
        beside = written(texts[1]) if texts[1] else None
        categories |= set(self._of_names(beside, beside.sure)) if beside and beside.sure else set()
        return min((one for one in categories if one), default=None)

    def _of_names(self, latin: Written, sure: Sequence[str]) -> Iterator[int | None]:
        titled = (latin.titled,) if latin.titled else ()
        for name in dict.fromkeys((*latin.mentioned, tuple(sure), *titled)):
            taxon = self.by_scientific(" ".join(name))
            yield taxon.sensitive_category if taxon else self._sensitive.of_latin(name)


def _weaker(sure: tuple[str, ...], qualifier: str) -> tuple[str, ...]:
    """The words of a name that stay certain under an identificationQualifier."""
    said = {folded(word) for word in qualifier.replace("?", " ? ").split()}
    is_word = said & words("stop") and not said & words("uncertain") and "?" not in qualifier
    if not qualifier or is_one_of(qualifier, "sure") or is_word:
        return sure
    for place, word in enumerate(sure):
        if word.lower() in said:
            return sure[:place]
    return sure[: max(len(sure) - 1, 0)]


def _common(lineages: Sequence[Sequence[str]]) -> str:
    """The lowest name that all lineages share below the root; "" where there is none."""
    shared = ""
    for together in list(zip(*lineages, strict=False))[1:]:
        if len(set(together)) > 1:
            break
        shared = together[0] or shared
    return shared


def _han(name: str) -> str:
    return fold(name).replace(" ", "")


def _least_shown(taxon: Taxon) -> int:
    return taxon.sensitive_category or len(SensitiveCategory) + 1


@lru_cache(REMEMBERED)
def group_of_words(*names: str) -> str | None:
    """The checklist's group for a group, class or kingdom in Latin, English or Chinese."""
    for name in names:
        plain = name.strip().casefold()
        if plain in _BY_CLASS:
            return str(_BY_CLASS[plain])
        for group in Group:
            if plain and plain in (str(group), group.word):
                return str(group)
    return None
