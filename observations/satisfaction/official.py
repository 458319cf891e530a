"""The province's official yearly survey, shown beside this site's satisfaction, never mixed in."""

from dataclasses import dataclass

from observations.base.wording import N_

TOTAL = "total"
PROVINCE = "330000"

DIMENSION_NAMES = {
    TOTAL: N_("总分"),
    "gain": N_("获得感"),
    "work": N_("工作满意度"),
    "awareness": N_("认知度"),
    "participation": N_("参与度"),
}


@dataclass(frozen=True)
class OfficialScore:
    """One published score, 0 to 100, as the province's survey counts it.

    The survey is done by telephone once a year; its scale and ours are not comparable.
    `scope` is the adcode it speaks of (330000 is the province), `dimension` a key of
    `DIMENSION_NAMES`, `confidence` how sure the figure is; `note` and `source` are in
    the source's own language.
    """

    scope: str
    year: int
    dimension: str
    score: float
    note: str
    source: str
    confidence: str
