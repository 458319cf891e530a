"""Importing a list of taxa by staff: what it would change (the dry run), and the change itself.

A taxon of the project's own checklist only gains names; one of an earlier list is updated, but its
sensitive category never becomes weaker. Rows with a problem are left out and reported, the others
are imported. The same list twice changes nothing.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from observations.base.wording import N_
from observations.taxa.classification import (
    RANKS,
    canonical,
    category_after,
    genus_of,
    group_of_lineage,
)
from observations.taxa.list_file import Row, TaxonList
from observations.taxa.names import (
    NameLanguage,
    NameStatus,
    TaxonName,
    fits_script,
    is_han,
    is_plain,
    taxon_name,
)
from observations.taxa.store import KnownTaxon, TaxaReads, TaxaWrites
from observations.taxa.taxon import Group, SensitiveReason, Taxon, taxon_id_of

FIRST_PLACE = 1_000_000  # in the order of the checklist: after its own taxa
BATCH = 5_000
NAME_LENGTH, REMARK_LENGTH = 120, 500
TIER, SAMPLE = 2, 8
ACCEPTED = frozenset({"", "accepted", "valid", "provisionally accepted"})
TRADITIONAL = frozenset({"zh-hant", "zh-tw", "zh-hk", "zh-mo"})
SEPARATORS = re.compile(r"[|;\uff1b\u3001]")  # the last two: ; and , in Chinese
PROTECTIONS = {"": None, "0": None, "none": None, "1": 1, "2": 2}
TRUE = frozenset({"true", "yes", "1"})


class RowProblem(StrEnum):
    """Why a row is left out."""

    SHAPE = "shape"
    NO_NAME = "no_name"
    NOT_A_SPECIES = "not_a_species"
    NO_CHINESE_NAME = "no_chinese_name"
    WRONG_SCRIPT = "wrong_script"
    TOO_LONG = "too_long"
    NO_GROUP = "no_group"
    TWICE = "twice"
    SYNONYM_OF_NOTHING = "synonym_of_nothing"
    UNKNOWN_STATUS = "unknown_status"
    UNKNOWN_PROTECTION = "unknown_protection"
    UNKNOWN_CATEGORY = "unknown_category"


PROBLEM_WORDS = {
    RowProblem.SHAPE: N_("列数和表头不一样。检查这一行有没有多出或缺少分隔符。"),
    RowProblem.NO_NAME: N_("没有学名。补上 scientificName。"),
    RowProblem.NOT_A_SPECIES: N_("学名读不出种名，或等级高于种。只收种和种以下的名字。"),
    RowProblem.NO_CHINESE_NAME: N_("没有中文名。在 vernacularName 里补上简体中文名。"),
    RowProblem.WRONG_SCRIPT: N_("名字里夹着别的文字或符号。中文名只用汉字，英文名只用拉丁字母。"),
    RowProblem.TOO_LONG: N_("有一个名字超过 120 个字符。"),
    RowProblem.NO_GROUP: N_("看不出属于哪一类。补上 kingdom 和 class。"),
    RowProblem.TWICE: N_("这个学名在前面的行里已经有了，只收第一次。"),
    RowProblem.SYNONYM_OF_NOTHING: N_("是异名，可是接受名不在这份名单里，也不在名录里。"),
    RowProblem.UNKNOWN_STATUS: N_("taxonomicStatus 读不懂。写 accepted、synonym 或 misapplied。"),
    RowProblem.UNKNOWN_PROTECTION: N_("保护级别读不懂。写 1、2，或者留空。"),
    RowProblem.UNKNOWN_CATEGORY: N_(
        "敏感类别读不懂。写 1 到 4 和原因（few_left、collected、protected、narrow_range），"
        "不敏感写 0。"
    ),
}


class _Left(Exception):
    """Raised for a row that is left out."""

    def __init__(self, reason: RowProblem) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that is left out: its last line in the file, its name, the reason."""

    line: int
    name: str
    reason: RowProblem


@dataclass(slots=True)
class Plan:
    """What a list would change."""

    source: str
    taxa: list[Taxon] = field(default_factory=list)
    names: list[TaxonName] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    new_taxa: int = 0
    known_taxa: int = 0
    new_names: int = 0
    changes_what_is_shown: bool = False

    @property
    def sample(self) -> list[Taxon]:
        """The first taxa of the list that are imported."""
        return self.taxa[:SAMPLE]


def plan_list(reads: TaxaReads, listed: TaxonList) -> Plan:
    """What `listed` would change in the checklist as it is now; writes nothing."""
    return _Planner(reads, listed).plan()


def write_plan(
    tx: TaxaWrites, plan: Plan, on_progress: Callable[[int, int], None] | None = None
) -> None:
    """Write the changes of the plan; `on_progress(done, total)` is called after each `BATCH`."""
    total, done = len(plan.taxa) + len(plan.names), 0
    for start in range(0, len(plan.taxa), BATCH):
        batch = plan.taxa[start : start + BATCH]
        tx.put_taxa(batch, FIRST_PLACE + start)
        done += len(batch)
        if on_progress:
            on_progress(done, total)
    for start in range(0, len(plan.names), BATCH):
        names = plan.names[start : start + BATCH]
        tx.put_names(names)
        done += len(names)
        if on_progress:
            on_progress(done, total)


class _Planner:
    """Reads a list row by row.

    Accepted names come first, since synonyms may precede them in the list.
    """

    def __init__(self, reads: TaxaReads, taxon_list: TaxonList) -> None:
        further = reads.further_names()
        self._known = {taxon.scientific_name: taxon for taxon in reads.known_taxa()}
        self._ids = {taxon.taxon_id: taxon for taxon in self._known.values()}
        # a list's own word for an everyday name, which is searched only, makes it a name
        self._names_there = {
            name.taxon_name_id for name in further if name.status != NameStatus.EVERYDAY
        }
        self._synonyms = {
            name.name: self._ids[name.taxon_id]
            for name in further
            if name.status == NameStatus.SYNONYM and name.taxon_id in self._ids
        }
        self._rows = taxon_list.rows
        self._plan = Plan(taxon_list.name)
        self._by_id: dict[str, UUID] = {}
        self._by_name: dict[str, UUID] = {}
        self._names: dict[UUID, TaxonName] = {}

    def plan(self) -> Plan:
        """Read the whole list."""
        later = []
        for row in self._rows:
            with self._left_out(row):
                if _is_synonym(row):
                    later.append(row)
                else:
                    self._accepted(row)
        for row in later:
            with self._left_out(row):
                self._synonym(row)
        plan = self._plan
        plan.names = list(self._names.values())
        plan.new_names = sum(name.taxon_name_id not in self._names_there for name in plan.names)
        plan.problems.sort(key=lambda problem: problem.line)
        return plan

    @contextmanager
    def _left_out(self, row: Row) -> Iterator[None]:
        try:
            yield
        except _Left as left:
            name = row["scientificname"][:NAME_LENGTH]
            self._plan.problems.append(Problem(row.line, name, left.reason))

    def _accepted(self, row: Row) -> None:
        name, authorship = _canonical(row)
        if name in self._by_name:
            raise _Left(RowProblem.TWICE)
        names = _vernacular_names(row)
        earlier = self._known.get(name) or self._synonyms.get(name)
        if earlier and not earlier.is_imported:
            self._take(row, name, earlier.taxon_id)
            self._plan.known_taxa += 1
            self._further(earlier.taxon_id, names, (earlier.vernacular_name, earlier.english_name))
            return
        taxon = _taxon(row, name, authorship, names, earlier, self._plan.source)
        self._take(row, name, taxon.taxon_id)
        self._count(earlier, taxon)
        self._plan.taxa.append(taxon)
        self._further(taxon.taxon_id, names, (taxon.vernacular_name, taxon.english_name))

    def _take(self, row: Row, name: str, taxon_id: UUID) -> None:
        self._by_name[name] = taxon_id
        if row["taxonid"]:
            self._by_id.setdefault(row["taxonid"], taxon_id)

    def _count(self, earlier: KnownTaxon | None, taxon: Taxon) -> None:
        if earlier is None:
            self._plan.new_taxa += 1
            return
        self._plan.known_taxa += 1
        if _shown(earlier) != _shown(taxon):
            self._plan.changes_what_is_shown = True

    def _synonym(self, row: Row) -> None:
        name, _ = _canonical(row)
        taxon_id = self._target(row)
        if taxon_id is None:
            raise _Left(RowProblem.SYNONYM_OF_NOTHING)
        if self._by_name.get(name) != taxon_id and taxon_id_of(name) != taxon_id:
            self._add(taxon_id, name, NameLanguage.LATIN, _status(row))
        self._further(taxon_id, _vernacular_names(row), ())

    def _target(self, row: Row) -> UUID | None:
        """The taxon that a synonym belongs to.

        It is found by its id in the list, else by its name there or on the checklist.
        """
        if taxon_id := self._by_id.get(row["acceptednameusageid"]):
            return taxon_id
        accepted = canonical(row["acceptednameusage"])
        if accepted is None:
            return None
        if taxon_id := self._by_name.get(accepted[0]):
            return taxon_id
        taxon = self._known.get(accepted[0]) or self._synonyms.get(accepted[0])
        return taxon.taxon_id if taxon else None

    def _further(
        self, taxon_id: UUID, names: Sequence[tuple[str, NameLanguage]], shown: Sequence[str]
    ) -> None:
        for name, language in names:
            if name not in shown:
                self._add(taxon_id, name, language, NameStatus.VERNACULAR)

    def _add(self, taxon_id: UUID, name: str, language: NameLanguage, status: NameStatus) -> None:
        made = taxon_name(taxon_id, name, language, status, self._plan.source)
        # a stored name keeps its source
        if made.taxon_name_id not in self._names_there:
            self._names.setdefault(made.taxon_name_id, made)


def _is_synonym(row: Row) -> bool:
    """Whether a row refers to the accepted name of another row, or of another list."""
    if not row.is_whole:
        raise _Left(RowProblem.SHAPE)
    if row["taxonomicstatus"].casefold() not in ACCEPTED:
        return True
    target, own = row["acceptednameusageid"], row["taxonid"]
    if row["taxonomicstatus"] or not (target or row["acceptednameusage"]):
        return False
    if target:
        return target != own
    return canonical(row["acceptednameusage"]) != canonical(row["scientificname"])


def _status(row: Row) -> NameStatus:
    status = row["taxonomicstatus"].casefold().replace(" ", "")
    if "misappl" in status:
        return NameStatus.MISAPPLIED
    if "proparte" in status or "ambiguous" in status:
        return NameStatus.PRO_PARTE
    if "synonym" in status or not status:
        return NameStatus.SYNONYM
    raise _Left(RowProblem.UNKNOWN_STATUS)


def _canonical(row: Row) -> tuple[str, str]:
    if not row["scientificname"]:
        raise _Left(RowProblem.NO_NAME)
    parts = canonical(row["scientificname"], row["scientificnameauthorship"])
    if parts is None or (row["taxonrank"] and row["taxonrank"].casefold() not in RANKS):
        raise _Left(RowProblem.NOT_A_SPECIES)
    if max(map(len, parts)) > NAME_LENGTH:
        raise _Left(RowProblem.TOO_LONG)
    return parts


def _vernacular_names(row: Row) -> list[tuple[str, NameLanguage]]:
    """Every vernacular name with its language, recognised by its script."""
    is_traditional = row["language"].casefold() in TRADITIONAL
    han = NameLanguage.TRADITIONAL_CHINESE if is_traditional else NameLanguage.CHINESE
    names = []
    for part in (*SEPARATORS.split(row["vernacularname"]), row["englishname"]):
        name = part.strip()
        if not name:
            continue
        language = han if is_han(name) else NameLanguage.ENGLISH
        if not (is_plain(name) and fits_script(name, language)):
            raise _Left(RowProblem.WRONG_SCRIPT)
        if len(name) > NAME_LENGTH:
            raise _Left(RowProblem.TOO_LONG)
        names.append((name, language))
    return names


def _taxon(
    row: Row,
    name: str,
    authorship: str,
    names: Sequence[tuple[str, NameLanguage]],
    earlier: KnownTaxon | None,
    source: str,
) -> Taxon:
    chinese = next((text for text, language in names if language is NameLanguage.CHINESE), "")
    if not chinese:
        raise _Left(RowProblem.NO_CHINESE_NAME)
    group = group_of_lineage(row.values)
    if group is None:
        raise _Left(RowProblem.NO_GROUP)
    protection = _protection(row)
    category, reason = _stricter(earlier, *_sensitivity(row, protection, group))
    # a taxon that this list names by a synonym keeps its own scientific name
    scientific_name = earlier.scientific_name if earlier else name
    return Taxon(
        taxon_id=earlier.taxon_id if earlier else taxon_id_of(name),
        scientific_name=scientific_name,
        vernacular_name=chinese,
        english_name=next((n for n, language in names if language is NameLanguage.ENGLISH), ""),
        kingdom=row["kingdom"],
        phylum=row["phylum"],
        taxon_class=row["class"],
        taxon_order=row["order"],
        family=row["family"],
        genus=genus_of(scientific_name),
        group=group,
        tier=TIER,
        national_protection=protection,
        is_invasive=row["invasive"].casefold() in TRUE,
        sensitive_category=category,
        sensitive_reason=reason,
        confidence="as listed",
        basis=f"list of the staff: {source}",
        notes=row["taxonremarks"][:REMARK_LENGTH],
        picture="",
        scientific_name_authorship=authorship if scientific_name == name else "",
        is_imported=True,
    )


def _protection(row: Row) -> int | None:
    try:
        return PROTECTIONS[row["nationalprotection"].casefold()]
    except KeyError:
        raise _Left(RowProblem.UNKNOWN_PROTECTION) from None


def _sensitivity(
    row: Row, protection: int | None, group: Group
) -> tuple[int | None, SensitiveReason | None]:
    """The category and its reason: the list's, else by the protection."""
    level, reason = row["sensitivecategory"], row["sensitivereason"]
    if not level:
        category = category_after(protection, group)
        return category, SensitiveReason.PROTECTED if category else None
    if level == "0":
        return None, None
    if level not in ("1", "2", "3", "4") or reason not in set(SensitiveReason):
        raise _Left(RowProblem.UNKNOWN_CATEGORY)
    return int(level), SensitiveReason(reason)


def _stricter(
    earlier: KnownTaxon | None, category: int | None, reason: SensitiveReason | None
) -> tuple[int | None, SensitiveReason | None]:
    """The stricter of two categories: a list never weakens one. 1 is the strictest."""
    if earlier is None or earlier.sensitive_category is None or earlier.sensitive_reason is None:
        return category, reason
    if category is not None and category <= earlier.sensitive_category:
        return category, reason
    return earlier.sensitive_category, SensitiveReason(earlier.sensitive_reason)


def _shown(taxon: KnownTaxon | Taxon) -> tuple[object, ...]:
    """The fields of a taxon that the public view shows or depends on."""
    group = taxon.group_code if isinstance(taxon, KnownTaxon) else str(taxon.group)
    names = taxon.scientific_name, taxon.vernacular_name, taxon.english_name
    return (*names, group, taxon.sensitive_category)
