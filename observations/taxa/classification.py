"""The canonical name, group and sensitive category of a taxon in a list."""

import re
from collections.abc import Mapping

from observations.taxa.taxon import Group

# Genus, epithet, and a third word with or without its rank, without the author that may follow.
CANONICAL = re.compile(
    r"(?:× ?)?[A-Z][a-zë]+(?:-[a-z]+)?(?: \([A-Z][a-zë]+\))? (?:× ?)?[a-zë][a-zë-]+"
    r"(?: (?:subsp|ssp|var|f|subvar)\. [a-zë][a-zë-]+"
    r"| (?!van\b|von\b|der\b|den\b|del\b|des\b|dos\b|zur\b)[a-zë][a-zë-]{2,}(?![a-zë.'’]))?"
)
SUBGENUS = re.compile(r" \([A-Z][a-zë]+\)")
RANKS = frozenset(
    ("species", "subspecies", "variety", "varietas", "var.", "subsp.", "ssp.")
    + ("form", "forma", "f.", "infraspecificname")
)

KINGDOMS = {"plantae": Group.PLANT, "fungi": Group.FUNGUS}
CLASSES = {
    "aves": Group.BIRD,
    "mammalia": Group.MAMMAL,
    "amphibia": Group.AMPHIBIAN,
    "insecta": Group.INSECT,
    **dict.fromkeys(("reptilia", "squamata", "testudines", "crocodylia"), Group.REPTILE),
    **dict.fromkeys(("actinopterygii", "actinopteri", "teleostei", "cladistii"), Group.FISH),
    **dict.fromkeys(("chondrostei", "chondrichthyes", "elasmobranchii"), Group.FISH),
    **dict.fromkeys(("holocephali", "petromyzonti", "cephalaspidomorphi"), Group.FISH),
    **dict.fromkeys(("myxini", "dipneusti", "leptocardii"), Group.FISH),
}
# Category by protection: the rule is in `db/seed/README.md`, the categories are GBIF's.
CLASS_ONE, CLASS_TWO, CLASS_TWO_ROAMING = 2, 2, 3
ROAMING = frozenset({Group.BIRD, Group.MAMMAL})


def canonical(text: str, authorship: str = "") -> tuple[str, str] | None:
    """The name without its author, and the author; None where it names no species or subspecies.

    A subgenus in brackets is left out.
    """
    plain = text.removesuffix(authorship).strip(" ,") if authorship else text
    match = CANONICAL.match(plain)
    if not match:
        return None
    name = SUBGENUS.sub("", match.group()).replace(" ssp. ", " subsp. ")
    return re.sub(r"× ?", "× ", name), authorship or plain[match.end() :].strip()


def genus_of(name: str) -> str:
    """The genus of a canonical name."""
    return name.removeprefix("× ").split()[0]


def group_of_lineage(values: Mapping[str, str]) -> Group | None:
    """The group by kingdom, phylum and class (Latin, in any case); None if they leave it open."""
    kingdom, phylum, taxon_class = (
        values.get(rank, "").casefold() for rank in ("kingdom", "phylum", "class")
    )
    if kingdom in KINGDOMS:
        return KINGDOMS[kingdom]
    if kingdom not in ("animalia", "metazoa"):
        return None
    if taxon_class in CLASSES:
        return CLASSES[taxon_class]
    # an arthropod without a class may be an insect; a vertebrate without one may be any
    is_unclear = phylum in ("", "chordata") or (phylum == "arthropoda" and not taxon_class)
    return None if is_unclear else Group.OTHER_INVERTEBRATE


def category_after(protection: int | None, group: Group) -> int | None:
    """The sensitive category of a protected taxon; None for one that is not protected."""
    if protection is None:
        return None
    if protection == 1:
        return CLASS_ONE
    return CLASS_TWO_ROAMING if group in ROAMING else CLASS_TWO
