"""What staff choose for an import of survey rows, and what a dry run finds."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from observations.exchange.survey_file.problems import Problems
from observations.surveys.datasets import Dataset, SurveyOccurrence


@dataclass(frozen=True)
class ImportOptions:
    """The options that staff choose.

    `code` names the dataset for re-imports, "" takes the file's name; `skips_problems`: leave out
    the rows that cannot be imported; `replaces`: rows that the file no longer has are removed.
    """

    code: str = ""
    title: str = ""
    licence: str = ""
    rules_out_sensitive: bool = False
    skips_problems: bool = False
    replaces: bool = False
    is_demo: bool = False


@dataclass
class Findings:
    """The result of a dry run, in rows.

    `new`, `changed`, `same`, `absent` (nothing was seen: left out) and `refused` add up to all rows
    of the file; `gone` are rows of the dataset that the file lacks. Of good rows `withheld` are not
    public at all, `rough` have a generalised place, `wide` one that its source is that unsure of,
    `unlisted` a taxon that is not on the checklist; `unlisted_names` are what a vouch
    covers. In `spread` rows a cell that is not read goes over several lines.
    """

    dataset: Dataset
    is_new: bool = True
    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    absent: int = 0
    gone: int = 0
    rough: int = 0
    wide: int = 0
    withheld: int = 0
    unlisted: int = 0
    unlisted_names: Counter[str] = field(default_factory=Counter)
    by_group: Counter[str] = field(default_factory=Counter)
    by_district: Counter[str] = field(default_factory=Counter)
    first_day: date | None = None
    last_day: date | None = None
    spread: int = 0
    sample: list[SurveyOccurrence] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)

    @property
    def good(self) -> int:
        """The number of rows that can be imported."""
        return self.new + self.changed + self.same

    @property
    def refused(self) -> int:
        """The number of rows with a problem."""
        return self.rows - self.good - self.absent
