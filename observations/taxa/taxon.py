"""A taxon of the checklist: its names, and its sensitive category.

`sensitive_category` (GBIF's 1 to 4, see `observations.places.grid`) is editorial, a cautious first
value that staff can change; `db/seed/README.md` has its rule.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid5

from observations.base.wording import N_

# The project's own namespace: a scientific name has the same id in every store.
NAMESPACE = UUID("5d0f6a3e-3c6b-5a57-9d0d-6a1f8b0c7e21")

ROOT = "Biota"  # the classification has one root, above all kingdoms


class Group(StrEnum):
    """The checklist's groups, by their codes."""

    BIRD = "bird"
    MAMMAL = "mammal"
    AMPHIBIAN = "amphibian"
    REPTILE = "reptile"
    FISH = "fish"
    INSECT = "insect"
    OTHER_INVERTEBRATE = "other invertebrate"
    PLANT = "plant"
    FUNGUS = "fungus"

    @property
    def word(self) -> str:
        """The group's name in Chinese, to be translated when shown."""
        return _SIGNS[self].word

    @property
    def icon(self) -> str:
        """The name of the group's icon."""
        return _SIGNS[self].icon


@dataclass(frozen=True, slots=True)
class _Sign:
    word: str
    icon: str


_SIGNS = {
    Group.BIRD: _Sign(N_("鸟类"), "bird"),
    Group.MAMMAL: _Sign(N_("兽类"), "mammal"),
    Group.AMPHIBIAN: _Sign(N_("两栖动物"), "amphibian"),
    Group.REPTILE: _Sign(N_("爬行动物"), "reptile"),
    Group.FISH: _Sign(N_("鱼类"), "fish"),
    Group.INSECT: _Sign(N_("昆虫"), "insect"),
    Group.OTHER_INVERTEBRATE: _Sign(N_("其他无脊椎动物"), "aquatic"),
    Group.PLANT: _Sign(N_("植物"), "plant"),
    Group.FUNGUS: _Sign(N_("真菌"), "fungi"),
}


def group_of(code: str | None) -> Group | None:
    """The group with that code; None for a code that is none of the nine."""
    return Group(code) if code in set(Group) else None


class SensitiveReason(StrEnum):
    """Why only staff may see a taxon's exact place."""

    FEW_LEFT = "few_left"
    COLLECTED = "collected"
    PROTECTED = "protected"
    NARROW_RANGE = "narrow_range"


SENSITIVE_WORDS = {
    SensitiveReason.FEW_LEFT: N_("野外只剩很少"),
    SensitiveReason.COLLECTED: N_("有人采挖或捕捉"),
    SensitiveReason.PROTECTED: N_("国家重点保护"),
    SensitiveReason.NARROW_RANGE: N_("分布很窄"),
}
PROTECTION_WORDS = {1: N_("国家一级保护"), 2: N_("国家二级保护")}
INVASIVE_WORD = N_("重点管理外来入侵物种")


@dataclass(frozen=True, slots=True)
class Taxon:
    """One row of the checklist.

    `tier` is 1 for common taxa, 2 for rarer or harder ones. `national_protection` is 1 or 2 by the
    lists of 2021, None for neither. `english_name` and `picture` (a file of `assets/art`) may be
    empty. `confidence` and `basis` are how certain the row is and why. `scientific_name_authorship`
    is blank where no source gives it; `is_imported`: it is from a list of the staff, not from the
    project's checklist.
    """

    taxon_id: UUID
    scientific_name: str
    vernacular_name: str
    english_name: str
    kingdom: str
    phylum: str
    taxon_class: str
    taxon_order: str
    family: str
    genus: str
    group: Group
    tier: int
    national_protection: int | None
    is_invasive: bool
    sensitive_category: int | None
    sensitive_reason: SensitiveReason | None
    confidence: str
    basis: str
    notes: str
    picture: str
    scientific_name_authorship: str = ""
    is_imported: bool = False

    def name(self, language: str) -> str:
        """The name to show in "zh" or "en"; the scientific one where English has none."""
        if language == "en":
            return self.english_name or self.scientific_name
        return self.vernacular_name

    @property
    def lineage(self) -> tuple[str, ...]:
        """The Latin names from the root of the classification down to the taxon itself."""
        ranks = (self.kingdom, self.phylum, self.taxon_class, self.taxon_order, self.family)
        return (ROOT, *ranks, self.genus, self.scientific_name)

    @property
    def is_sensitive(self) -> bool:
        """Whether others see only an approximate place, or none."""
        return self.sensitive_category is not None


def taxon_id_of(scientific_name: str) -> UUID:
    """The stable id of a scientific name."""
    return uuid5(NAMESPACE, scientific_name)
